"""The System API's own rules: what a call may look like, and what is answered before any query."""
