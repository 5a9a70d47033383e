"""Tables, guards and functions of the room subscribers."""
