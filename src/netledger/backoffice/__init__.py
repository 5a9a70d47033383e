"""Staff: who they are, what each may do, what they did, and every page of theirs."""
