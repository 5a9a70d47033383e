"""Hashing a password of staff takes long on purpose, and the other requests of its worker go on meanwhile."""

import subprocess
import sys

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import time, gevent
from django.conf import settings
settings.configure()
from netledger.server.hashing import BesideRequests

slowest = 0.0
def look():
    global slowest
    before = time.monotonic()
    while True:
        gevent.sleep(0.001)
        now = time.monotonic()
        slowest, before = max(slowest, now - before), now

gevent.spawn(look)
gevent.sleep(0.01)
begun = time.monotonic()
encoded = BesideRequests().encode("secret", "salt", iterations=3_000_000)
took = time.monotonic() - begun
assert BesideRequests().verify("secret", encoded)
print(slowest / took)
"""


def test_others_are_served_while_a_hash_is_made() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)

    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout) < 0.5
