"""Plans, their dated versions and speeds; who has which, from when."""
