"""Staff's pages, asked as a browser asks them, on the real database."""
