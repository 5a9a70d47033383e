"""Hashing staff's passwords, which takes a good part of a second, beside the requests of a web worker.

A worker serves all its requests in one thread (gevent): what computes there holds up payments.
"""

from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from gevent import get_hub
from gevent.monkey import is_module_patched


class BesideRequests(PBKDF2PasswordHasher):
    """PBKDF2, computed in a thread of gevent's pool where requests are served, and in place elsewhere."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """The hash as it is stored."""
        if not is_module_patched("threading"):
            return super().encode(password, salt, iterations)
        encoded: Any = get_hub().threadpool.apply(super().encode, (password, salt, iterations))
        return str(encoded)
