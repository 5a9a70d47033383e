"""Migrations of staff, sessions and the audit."""
