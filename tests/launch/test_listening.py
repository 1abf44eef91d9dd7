import socket
from collections.abc import Iterator

import pytest

from domain.errors import PortTakenError
from launch import listening
from launch.listening import address_of, listening_socket


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with listening_socket("127.0.0.1", 0) as listener:
        yield listener


def test_zero_takes_a_free_port_and_tells_it(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    assert port > 0
    assert address_of(taken) == f"http://127.0.0.1:{port}"
    with socket.create_connection(("127.0.0.1", port)):
        pass


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(taken: socket.socket) -> None:
    with pytest.raises(PortTakenError, match="--port"):
        listening_socket("127.0.0.1", taken.getsockname()[1])


def test_the_next_free_default_port_is_taken(taken: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening_socket("127.0.0.1", 0) as other:
        free = other.getsockname()[1]
    monkeypatch.setattr(listening, "_DEFAULT_PORTS", (taken.getsockname()[1], free))
    with listening_socket("127.0.0.1", None) as listener:
        assert listener.getsockname()[1] == free


def test_no_free_default_port_is_an_error(taken: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_DEFAULT_PORTS", (taken.getsockname()[1],))
    with pytest.raises(PortTakenError, match="--port"):
        listening_socket("127.0.0.1", None)


def test_an_address_that_is_not_of_this_machine_is_an_error() -> None:
    with pytest.raises(PortTakenError, match="cannot listen"):
        listening_socket("192.0.2.1", 0)


def test_an_ipv6_address_is_told_in_brackets() -> None:
    try:
        listener = listening_socket("::1", 0)
    except PortTakenError:
        pytest.skip("this machine has no IPv6")
    with listener:
        assert address_of(listener) == f"http://[::1]:{listener.getsockname()[1]}"


@pytest.mark.parametrize(("host", "told"), [("0.0.0.0", "127.0.0.1"), ("::", "[::1]")])  # noqa: S104 - what is meant
def test_all_addresses_are_told_by_one_that_can_be_opened(host: str, told: str) -> None:
    with listened(host) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener) == f"http://{told}:{port}"
        with socket.create_connection((told.strip("[]"), port)):
            pass


def test_all_addresses_of_ipv6_are_those_of_ipv4_too() -> None:
    with listened("::") as listener, socket.create_connection(("127.0.0.1", listener.getsockname()[1])):
        pass


def listened(host: str) -> socket.socket:
    try:
        return listening_socket(host, 0)
    except PortTakenError:
        pytest.skip(f"this machine has no {host}")
