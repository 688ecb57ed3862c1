"""The bad proxy does to an answer what a test asks of it, and nothing else."""

import threading
from collections.abc import Iterator

import httpx2
import pytest

from bad_proxy import BadProxy, Fault
from several_machines.stub import Exchange, Stub

LIMIT = 10  # seconds within which anything here happens


class Speaker:
    """Answers a GET with a first piece at once and the second when it is allowed to."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, exchange: Exchange) -> None:
        if exchange.command == "POST":
            exchange.send(exchange.body)
            return
        piece = exchange.send_in_pieces()
        piece(b"first")
        self.go_on.wait(LIMIT)
        piece(b"second")
        piece(b"")


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def proxy(speaker: Speaker) -> Iterator[BadProxy]:
    with Stub(speaker) as stub, BadProxy(stub.port) as proxy:
        yield proxy
        speaker.go_on.set()


def read(proxy: BadProxy, speaker: Speaker, *, wait: bool = True) -> bytes:
    """What arrives of the answer, the second piece being sent once the first is here."""
    got = bytearray()
    try:
        with httpx2.stream("GET", proxy.url, timeout=LIMIT) as response:
            for data in response.iter_raw():
                got += data
                if wait:
                    speaker.go_on.set()
    except httpx2.TransportError:
        got += b"|cut"
    return bytes(got)


def test_without_a_fault_everything_arrives_as_it_is_sent(
    proxy: BadProxy, speaker: Speaker
) -> None:
    assert read(proxy, speaker) == b"firstsecond"
    body = b"x" * 100_000
    assert httpx2.post(proxy.url, content=body, timeout=LIMIT).content == body
    assert proxy.cuts == 0


def test_it_cuts_after_so_many_bytes(proxy: BadProxy, speaker: Speaker) -> None:
    # On the wire the first chunk is "5\r\nfirst\r\n".
    for count, arrived in ((3, b"|cut"), (6, b"fir|cut"), (10, b"first|cut")):
        proxy.fault = Fault(cut_after_bytes=count)
        speaker.go_on.clear()
        assert read(proxy, speaker) == arrived, count
    assert proxy.cuts == 3


def test_it_cuts_after_so_many_seconds(proxy: BadProxy, speaker: Speaker) -> None:
    proxy.fault = Fault(cut_after_seconds=0.2)
    assert read(proxy, speaker, wait=False) == b"first|cut"
    assert proxy.cuts == 1


def test_it_holds_everything_back_until_the_end(proxy: BadProxy, speaker: Speaker) -> None:
    proxy.fault = Fault(hold=True)
    with pytest.raises(httpx2.ReadTimeout):
        httpx2.get(proxy.url, timeout=httpx2.Timeout(LIMIT, read=0.3))
    speaker.go_on.set()
    assert read(proxy, speaker, wait=False) == b"firstsecond"
    assert proxy.cuts == 0


def test_a_fault_may_be_for_some_requests_only(proxy: BadProxy, speaker: Speaker) -> None:
    proxy.fault = Fault(cut_after_bytes=1, only=b"POST ")
    assert read(proxy, speaker) == b"firstsecond"
    with pytest.raises(httpx2.TransportError):
        httpx2.post(proxy.url, content=b"hello", timeout=LIMIT)
    proxy.fault = None
    assert httpx2.post(proxy.url, content=b"hello", timeout=LIMIT).content == b"hello"
    assert proxy.cuts == 1


def test_a_reader_who_leaves_is_told_to_the_server(speaker: Speaker) -> None:
    left = threading.Event()

    def speak(exchange: Exchange) -> None:
        exchange.send_in_pieces()(b"first")
        if exchange.connection.recv(1) == b"":
            left.set()
        exchange.hang_up()

    with Stub(speak) as stub, BadProxy(stub.port) as proxy:
        with httpx2.stream("GET", proxy.url, timeout=LIMIT) as response:
            assert next(response.iter_raw()) == b"first"
        assert left.wait(LIMIT)
    assert proxy.cuts == 0
