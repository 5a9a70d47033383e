"""Tables of the room network."""
