"""What netledger's speed is measured with; see README.md here, and `make bench`."""
