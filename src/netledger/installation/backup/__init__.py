"""Backups of the embedded PostgreSQL: base backups, the WAL kept beside them, and restoring to a moment."""
