"""What staff does to one subscriber on his card: each act with its form, its preview and its doing."""
