"""A call ends: at its deadline, when it is given up, when nobody waits for it, when the program ends."""

import asyncio
import os
import socket
import subprocess
import sys
import threading

import pytest

from domain.errors import UpstreamUnavailableError
from poller import exchange
from poller.calls import Calls
from poller.client import RelayClient
from poller.line import Line
from tests.fakes.relay import CHECK, USAGE, Behaviour, FakeRelay, drip_body, drip_headers, hang, normal


@pytest.mark.parametrize("behaviour", [hang, drip_headers(), drip_body()])
async def test_a_relay_that_is_slow_in_any_way_is_given_up(
    relay: FakeRelay, hasty_client: RelayClient, behaviour: Behaviour
) -> None:
    relay.behave(USAGE, behaviour)
    error = (await hasty_client.usage("a=1")).error
    assert isinstance(error, UpstreamUnavailableError)
    assert str(error) == "The relay did not answer within 2 seconds."
    await relay.wait_for_quiet()


async def test_a_tls_handshake_that_hangs_is_given_up(relay: FakeRelay) -> None:
    client = RelayClient(relay.url.replace("http:", "https:"), deadline_s=0.3)
    assert isinstance((await client.check("a=1")).error, UpstreamUnavailableError)
    await relay.wait_for_quiet()


async def test_a_relay_that_accepts_no_connection_is_given_up() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        client = RelayClient(f"http://127.0.0.1:{full.getsockname()[1]}", deadline_s=0.5)
        assert isinstance((await client.check("a=1")).error, UpstreamUnavailableError)


async def test_cookies_set_before_the_body_drips_are_told(relay: FakeRelay, hasty_client: RelayClient) -> None:
    relay.set_cookies = ["a=2"]
    relay.behave(USAGE, drip_body())
    assert (await hasty_client.usage("a=1")).set_cookies == ["a=2"]


async def test_the_call_after_one_that_was_given_up_works(relay: FakeRelay, hasty_client: RelayClient) -> None:
    relay.behave(USAGE, hang)
    await hasty_client.usage("a=1")
    relay.behave(USAGE, normal)
    assert (await hasty_client.usage("a=1")).error is None


@pytest.mark.parametrize("behaviour", [hang, drip_headers(), drip_body()])
async def test_closing_ends_a_call_that_hangs(relay: FakeRelay, client: RelayClient, behaviour: Behaviour) -> None:
    relay.behave(USAGE, behaviour)
    call = asyncio.create_task(client.usage("a=1"))
    await relay.wait_for_requests(1)
    await client.close()
    assert str((await call).error) == "CCurve is stopping."
    assert str((await client.check("a=1")).error) == "CCurve is stopping."
    await relay.wait_for_quiet()
    assert relay.requests_to(CHECK) == []


async def test_a_call_that_is_given_up_tells_why(relay: FakeRelay, client: RelayClient) -> None:
    relay.behave(USAGE, hang)
    call = asyncio.create_task(client.usage("a=1"))
    await relay.wait_for_requests(1)
    client.give_up("Enough.")
    assert str((await call).error) == "Enough."


async def test_a_call_that_nobody_waits_for_ends(relay: FakeRelay, client: RelayClient) -> None:
    relay.behave(USAGE, hang)
    call = asyncio.create_task(client.usage("a=1"))
    await relay.wait_for_requests(1)
    call.cancel()
    await relay.wait_for_quiet()
    assert (await client.check("a=1")).error is None


async def test_giving_up_while_nothing_is_under_way_harms_nothing(client: RelayClient) -> None:
    client.give_up("Enough.")
    assert (await client.check("a=1")).error is None


async def test_a_thread_that_nothing_can_end_is_not_waited_for_and_lets_no_other_begin() -> None:
    stuck = threading.Event()
    calls = Calls(0.1)
    with pytest.raises(UpstreamUnavailableError, match="did not answer"):
        await calls.run(lambda _: stuck.wait())
    with pytest.raises(UpstreamUnavailableError, match="An earlier call"):
        await calls.run(lambda _: True)
    stuck.set()
    async with asyncio.timeout(10):
        while True:
            try:
                assert await calls.run(lambda _: True)
                break
            except UpstreamUnavailableError:
                continue


async def test_a_thread_that_nothing_can_end_is_given_up_long_before_its_deadline() -> None:
    stuck, begun, calls = threading.Event(), asyncio.Event(), Calls(600)
    loop = asyncio.get_running_loop()

    def hang_for_ever(_: Line) -> None:
        loop.call_soon_threadsafe(begun.set)
        stuck.wait()

    call = asyncio.create_task(calls.run(hang_for_ever))
    await begun.wait()
    calls.give_up("Enough.")
    with pytest.raises(UpstreamUnavailableError, match="Enough"):
        await call
    stuck.set()


@pytest.mark.parametrize("error", [ConnectionResetError, BrokenPipeError, ConnectionRefusedError, TimeoutError])
def test_a_connection_that_fails_in_any_way_is_an_unavailable_relay(error: type[OSError]) -> None:
    class DeadLine(Line):
        def connect(self, *_: object, **__: object) -> socket.socket:
            raise error

    for url in ("http://127.0.0.1:1/", "https://127.0.0.1:1/"):
        with pytest.raises(UpstreamUnavailableError):
            exchange.get(url, "a=1", DeadLine(), timeout_s=1, wanted=lambda *_: 0)


async def test_what_breaks_on_the_thread_breaks_where_it_is_awaited() -> None:
    def fail(_: Line) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Calls(10).run(fail)


def _python(code: str) -> str:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stderr == ""
    return run.stdout


def test_a_thread_that_hangs_does_not_keep_the_program_from_ending() -> None:
    _python(
        """if True:
        import asyncio, threading
        from poller.calls import Calls

        async def main():
            call = asyncio.create_task(Calls(60).run(lambda line: threading.Event().wait()))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            call.cancel()

        asyncio.run(main())
        """
    )


def test_requests_is_loaded_by_the_first_call_or_on_demand_only() -> None:
    out = _python(
        """if True:
        import asyncio, sys
        from poller.client import RelayClient
        from poller.loop import Poller

        client = RelayClient("https://127.0.0.1:1")
        print("requests" in sys.modules)
        asyncio.run(client.preload())
        print("requests" in sys.modules)
        """
    )
    assert out.split() == ["False", "True"]


async def test_without_a_library_that_guesses_encodings_the_relay_is_asked_and_nothing_is_said(
    relay: FakeRelay,
) -> None:
    out = await asyncio.to_thread(
        _python,
        f"""if True:
        import asyncio, sys
        from poller.client import RelayClient

        sys.modules["charset_normalizer"] = sys.modules["chardet"] = None
        reply = asyncio.run(RelayClient({relay.url!r}).usage("a=1"))
        print(reply.error, reply.answer.fetched)
        """,
    )
    assert out.split() == ["None", "0"]
