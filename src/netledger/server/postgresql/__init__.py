"""Django's backend for PostgreSQL, with a quicker look at whether a connection of the pool is alive."""
