"""Passwords that are made up for people: told once, and copied by hand from paper perhaps."""

import secrets

ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without what looks alike: l, o, 0, O, 1, I."""
LENGTH = 12


def made_up_password() -> str:
    """One that nobody knows yet."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
