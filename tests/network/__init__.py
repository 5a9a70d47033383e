"""The tests of the room network."""
