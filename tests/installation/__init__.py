"""The room installation: the home, its configuration, its keys and its cluster."""
