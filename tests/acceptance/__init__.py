"""Each test starts netledger as a user does, speaks to it over a raw socket and stops it with a real signal."""
