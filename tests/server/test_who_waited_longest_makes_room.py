"""When too many connections wait for their request, the oldest of them is answered why it has to go, and at once."""

import socket
from contextlib import ExitStack

import pytest

from server.conftest import Toy
from server.toy import WAITING_MAX
from server.wire import receive

SENTENCE = "Соединений без запроса слишком много"


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHo",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
    ids=["nothing", "line", "headers", "body", "chunks"],
)
def test_however_far_its_request_came(toy: Toy, begun: bytes) -> None:
    with ExitStack() as stack:
        oldest = stack.enter_context(_connected(toy, begun))
        for _ in range(WAITING_MAX):
            stack.enter_context(_connected(toy, b""))
        answer = receive(oldest)

    assert (answer.status, answer.ended_well) == (408, True)
    assert SENTENCE in answer.body.decode()


def _connected(toy: Toy, begun: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", toy.port), timeout=10)
    connection.sendall(begun)
    return connection
