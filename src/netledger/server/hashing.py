"""Hashing staff's passwords, which takes a good part of a second, beside the requests of a web worker.

A worker serves all its requests in one thread (gevent): what computes there holds up payments. So would many hashes at
once, and requests that keep a connection of the database's pool meanwhile.
"""

from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from gevent import get_hub
from gevent.lock import BoundedSemaphore
from gevent.monkey import is_module_patched

_one_at_a_time = BoundedSemaphore(1)


class BesideRequests(PBKDF2PasswordHasher):
    """PBKDF2, one at a time in a thread beside where requests are served, and in place elsewhere."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """The hash as it is stored."""
        if not is_module_patched("threading"):
            return super().encode(password, salt, iterations)
        if not connection.in_atomic_block:
            connection.close()  # back into the pool: others need it while this one computes
        with _one_at_a_time:
            encoded: Any = get_hub().threadpool.apply(super().encode, (password, salt, iterations))
        return str(encoded)
