"""The cookie's value is searched for after a day's life in miniature: it is in its own file, and nowhere else."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from storage import files
from tests.e2e.page import Page
from tests.fakes import relay as fakes
from tests.fakes.authority import server_context
from tests.fakes.http_proxy import HttpProxy
from tests.fakes.proxy import say
from tests.fakes.relay import CHECK, USAGE, FakeRelay, charge
from tests.fakes.socks_proxy import SocksProxy
from tests.torture.day import Day, living, traces
from tests.torture.parrot import PARROTS
from tests.torture.pastes import ASIDE, RIGHT, WRONG
from tests.torture.traces import Canary, holders

LEVELS: Final = ("debug", "info", "warning", "error")


@pytest.fixture
def relay(relay: FakeRelay) -> FakeRelay:
    relay.records = [charge(number) for number in range(1, 4)]
    return relay


@pytest.mark.parametrize("level", LEVELS)
async def test_after_a_day_the_cookie_is_in_its_own_file_alone_and_nowhere_once_it_is_deleted(
    tmp_path: Path,
    relay: FakeRelay,
    level: str,
    pytestconfig: pytest.Config,
    figure: Callable[[str, object], None],
) -> None:
    thorough = level == "debug" or pytestconfig.getoption("--full")
    canaries: list[Canary] = []

    def canary() -> str:
        canaries.append(Canary())
        return canaries[-1].value

    # Python's development mode says more than it otherwise would.
    environment = {"PYTHONDEVMODE": "1", "PYTHONFAULTHANDLER": "1"} if level == "debug" else {}
    async with living(tmp_path, relay, "--log-level", level, **environment) as day:
        forms = RIGHT if thorough else dict(list(RIGHT.items())[:2])
        for form, write in forms.items():
            assert await day.ask("PUT", "/api/cookie", {"cookie": write(canary())}, note=form) == 200
            assert relay.requests[-1].cookie is not None
            assert canaries[-1].value in relay.requests[-1].cookie  # else nothing was put in
        assert await day.ask("PUT", "/api/task", {"enabled": True}) == 200
        for fault, wrong in WRONG.items():
            assert await day.ask_with("PUT", "/api/cookie", {}, wrong(canary()), note=fault) in range(400, 500)
        for place, aside in ASIDE.items():
            status = await day.ask_with(*aside(canary()), note=place)
            assert status in range(200, 500)
        await meet_parrots(day, PARROTS)
        await rotate(day, canary)
        await lose_relay(day)
        await day.look_around()
        day.look_at_processes()
        assert holders(day.data_dir, canaries) == [files.COOKIE]
        assert holders(day.data_dir, canaries[:-1]) == []  # but for the last one they are history
        assert await day.ask("DELETE", "/api/cookie") == 200
        assert holders(tmp_path, canaries) == []
        await day.end()
    assert traces(day, canaries) == []
    assert holders(tmp_path, canaries) == []
    assert (tmp_path / "temporary" / "opened").exists()
    assert "Traceback" not in day.program.errors
    figure(f"canaries found, of {len(canaries)} hidden in a day at {level}, {len(day.said)} places", 0)


async def meet_parrots(day: Day, parrots: dict[str, fakes.Behaviour]) -> None:
    """Poll and check while the relay says the cookie back in one place after the other."""
    page = Page()
    async with page.follow(day.program.url):
        for place, parrot in parrots.items():
            for path in (USAGE, CHECK):
                day.relay.behave(path, parrot)
            assert await day.ask("POST", "/api/cookie/check", note=f"{place}, check") == 200
            assert await day.ask("POST", "/api/refresh", note=f"{place}, poll") in {200, 409, 502}
            # A refused cookie is tried no more until it is checked again.
            for path in (USAGE, CHECK):
                day.relay.behave(path, fakes.normal)
            await day.ask("POST", "/api/cookie/check")


async def rotate(day: Day, canary: Callable[[], str]) -> None:
    """Have the relay replace the cookie's value, its name's chunks too, on good answers and bad ones."""
    for line in ("session={}; Path=/; HttpOnly", "session.0={}", "session={}; Max-Age=600"):
        day.relay.set_cookies = [line.format(canary())]
        assert await day.ask("POST", "/api/refresh", note="a rotation") == 200
    day.relay.behave(USAGE, fakes.status(500))
    day.relay.set_cookies = [f"session={canary()}"]
    assert await day.ask("POST", "/api/refresh", note="a rotation with an error") == 502
    day.relay.set_cookies = []
    day.relay.behave(USAGE, fakes.normal)


async def lose_relay(day: Day) -> None:
    """Have the relay hang until somebody replaces the cookie, then be gone, then come back."""
    day.relay.behave(USAGE, fakes.hang)
    known = len(day.relay.requests_to(USAGE))
    waiting = asyncio.create_task(day.ask("POST", "/api/refresh", note="a relay that hangs"))
    await day.relay.wait_for_requests(known + 1, USAGE)
    cookie = day.relay.requests[-1].cookie
    assert await day.ask("PUT", "/api/cookie", {"cookie": cookie}, note="a change amid a call") == 200
    day.relay.behave(USAGE, fakes.normal)
    await waiting
    await day.relay.go_down()
    assert await day.ask("POST", "/api/refresh", note="a relay that is down") == 502
    await day.relay.come_back()
    assert await day.ask("POST", "/api/refresh", note="a relay that is back") == 200


@pytest.mark.parametrize("kind", ["http", "socks5h", "stranger", "no proxy"])
async def test_what_lies_between_us_and_the_relay_has_nothing_to_tell(
    tmp_path: Path, relay: FakeRelay, kind: str
) -> None:
    canary, password = Canary(), Canary()
    cookie = {"cookie": f"session={canary.value}"}
    async with FakeRelay(server_context()) as stranger, HttpProxy(relay.url) as http, SocksProxy(relay.url) as socks:
        http.instead = say(b'HTTP/1.1 502 who\r\nContent-Length: 9\r\n\r\n{"error":"' + canary.value.encode() + b'"}')
        socks.instead = say(f"\x05\x00{canary.value}".encode())
        upstream, environment = {
            "http": ("http://relay.invalid", {"http_proxy": f"http://me:{password.value}@{http.address}"}),
            "socks5h": ("http://relay.invalid", {"all_proxy": f"socks5h://me:{password.value}@{socks.address}"}),
            "stranger": (stranger.url, {}),
            "no proxy": ("http://relay.invalid", {"http_proxy": f"http://me:{password.value}@["}),
        }[kind]
        arguments = ("--log-level", "debug", "--upstream", upstream)
        async with living(tmp_path, relay, *arguments, **environment) as day:
            assert await day.ask("PUT", "/api/cookie", cookie) == 200
            assert await day.ask("POST", "/api/refresh") == 502
            await day.look_around()
            await day.end()
    assert traces(day, [canary, password]) == []
    assert holders(tmp_path, [canary]) == [f"data/{files.COOKIE}"]
