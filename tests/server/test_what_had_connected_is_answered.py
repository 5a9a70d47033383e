"""When all is stopped, who had connected before is answered, though nobody had taken the connection yet."""

import os
import signal
import socket
import time
from contextlib import ExitStack

from server.running import Service
from server.wire import receive

CALLERS = 60


def test_to_the_last_one(own_service: Service) -> None:
    """The web processes stand still while the callers connect, and hear of the end before they see any of them."""
    webs = own_service.processes("netledger.server.web")
    for pid in webs:
        os.kill(pid, signal.SIGSTOP)
    with ExitStack() as stack:
        callers = [
            stack.enter_context(socket.create_connection(("127.0.0.1", own_service.port), timeout=20))
            for _ in range(CALLERS)
        ]
        for caller in callers:
            caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        own_service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        for pid in webs:
            os.kill(pid, signal.SIGCONT)
        answers = [receive(caller) for caller in callers]

    assert own_service.process.wait(timeout=30) == 0
    assert [answer.status for answer in answers] == [200] * CALLERS
