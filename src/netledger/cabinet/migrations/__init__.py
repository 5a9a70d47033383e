"""Tables of the room cabinet."""
