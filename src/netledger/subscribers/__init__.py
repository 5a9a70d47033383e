"""The contract: the tree of groups, the subscriber, and the names he is found by."""
