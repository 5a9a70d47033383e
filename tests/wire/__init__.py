"""The calls of the specification, as the System API answers them over a real billing."""
