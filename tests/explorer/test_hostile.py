"""What a hostile page or program may try with a server that listens: floods, nonsense, random requests."""

from __future__ import annotations

import json
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck, settings
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from demerit.explorer.app import create_app
from demerit.explorer.live import Live
from demerit.explorer.serving import server_settings, shelf_for


@pytest.fixture(scope="module")
def address(hamlet: Any) -> Iterator[str]:
    """Serve a run on a free port, as `demerit serve` does."""
    live = Live("hamlet", people=200, years=1, workers=1)
    app = create_app(shelf_for((hamlet.folder,)), live=live)
    server = uvicorn.Server(server_settings(app, port=0))
    serving = threading.Thread(target=server.run)
    serving.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"127.0.0.1:{port}"
    server.should_exit = True
    serving.join()


def call(socket: Any, message: Any) -> dict[str, Any]:
    """Send a message and return the first answer that is not about an older request."""
    socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
    while True:
        answer: dict[str, Any] = json.loads(socket.recv(timeout=20))
        if answer["kind"] not in ("dropped", "year", "effects"):
            return answer


def socket_to(address: str, **given: Any) -> Any:
    return connect(f"ws://{address}/api/live", **given)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_socket_of_another_page_is_refused(address: str, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"), socket_to(address, origin=origin):
        pass
    with socket_to(address, origin=f"http://{address}") as socket:
        assert call(socket, {"regime": "nobody"})["kind"] == "refused"


def test_a_socket_by_another_name_is_refused(address: str) -> None:
    port = address.rpartition(":")[2]
    uri, here = f"ws://evil.example:{port}/api/live", ("127.0.0.1", int(port))
    with pytest.raises(InvalidStatus, match="403"), connect(uri, address=here):
        pass


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 5000,
        {"values": {"detection.mismatch": "many"}},
        {"values": {"detection.mismatch": 1e400}},
        {"values": {"nowhere": 1}},
        {"values": {"detection.mismatch": -1}},
        {"values": {f"a{number}": 1 for number in range(40)}},
        {"regime": "../../etc/passwd"},
        {"seeds": 10**12},
        {"people": 10**12},
        {"values": {"society.population": 1e12}},
        "x" * 9000,
    ],
)
def test_nonsense_is_refused_and_the_socket_goes_on(address: str, message: Any) -> None:
    with socket_to(address) as socket:
        answer = call(socket, message)
        assert answer["kind"] == "refused"
        assert answer["error"]
        assert "Traceback" not in answer["error"]
        assert call(socket, {"regime": "essay"})["kind"] == "words"


def test_a_message_that_is_far_too_large_ends_the_socket(address: str) -> None:
    with socket_to(address) as socket:
        socket.send("x" * 100_000)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=20)


def test_bytes_are_no_message(address: str) -> None:
    with socket_to(address) as socket:
        assert call(socket, b"\x00\xff")["kind"] == "refused"


def test_a_flood_is_shut_out_and_the_server_goes_on(address: str) -> None:
    with socket_to(address) as socket, pytest.raises(ConnectionClosed):  # noqa: PT012 - it ends somewhere within
        for _ in range(500):
            socket.send('{"cancel": true}')
        while True:
            socket.recv(timeout=20)
    assert httpx.get(f"http://{address}/api/studies").status_code == 200


def test_few_pages_at_a_time(address: str) -> None:
    time.sleep(0.2)  # those of other tests are gone
    with ExitStack() as pages:
        sockets = [pages.enter_context(socket_to(address)) for _ in range(5)]
        with pytest.raises(ConnectionClosed, match="too many"):
            sockets[-1].recv(timeout=20)


def test_malformed_bodies_are_refused(address: str) -> None:
    place = f"http://{address}/api/regimes/essay/reform"
    for body in (
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"values": 3}',
        b'{"people": 1000000000000}',
        b"[" * 20_000,
    ):
        answer = httpx.post(place, content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422), body[:20]
        assert answer.json()["error"]
    assert httpx.post(place, content=b"x" * 100_000).status_code == 413

    def slowly() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 8192

    assert httpx.post(place, content=slowly()).status_code == 413


def test_random_requests_by_the_schema_never_break_the_server(address: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis

        schema = schemathesis.openapi.from_url(f"http://{address}/api/openapi.json")
        operations = [one.ok() for one in schema.get_all_operations()]
        assert len(operations) > 8
        for operation in operations:

            @settings(
                max_examples=3, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            def holds(case: Any) -> None:
                answer = case.call()
                assert answer.status_code < 500, (case.method, case.path, answer.text[:300])
                assert answer.status_code != 403, (case.method, case.path)

            from hypothesis import given

            given(operation.as_strategy())(holds)()
