"""The subscriber's own: who has signed in to the cabinet, how many tries it takes, and what is shown."""
