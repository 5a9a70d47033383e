"""What is owed: how a price is spread over days, and who is charged for what from when."""
