"""The methods, a file a context of the specification."""
