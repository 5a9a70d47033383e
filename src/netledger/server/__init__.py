"""Wiring: Django's settings, processes, logs without secrets, health."""
