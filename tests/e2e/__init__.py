"""What people do in a browser, in Debian's Chromium: `make e2e`."""
