"""May this subscriber pass: blocks, the stored decision with its reason, and its history."""
