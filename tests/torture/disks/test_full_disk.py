"""A disk that is full while the real program writes: it says so, loses nothing, and goes on once there is room."""

import time
from typing import Any, Final

import aiohttp
import pytest

from domain.settings import Config
from storage import files
from storage.store import opened
from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay, RelayRecord, charge
from tests.torture.disks.disk import Disk
from tests.torture.kills.agreement import charges_of, moment_text

ROOM: Final = pytest.mark.parametrize("but_bytes", [0, 4096, 16_384])
LARGE_CONFIG: Final = {"hiddenModels": [f"{number:0190d}" for number in range(900)]}
LONG_COOKIE: Final = "session=long-canary-" + "y" * 14_000
NOW_MS: Final = time.time_ns() // 1_000_000


def charges(numbers: range, **other: Any) -> list[RelayRecord]:  # noqa: ANN401 - as the relay's
    return [charge(n, at=moment_text(NOW_MS - 3_600_000 + n * 100), **other) for n in reversed(numbers)]


async def error_code(api: Api) -> str | None:
    error = (await api.get("/api/status"))["task"]["error"]
    return error and str(error["code"])


async def stored(api: Api) -> list[dict[str, Any]]:
    return list((await api.get("/api/usage?range=600"))["records"])


async def refused_as_full(api: Api, method: str, path: str, body: object = None) -> None:
    status, answer = await api.call(method, path, body)
    assert (status, answer["code"]) == (507, "storage_full"), answer


async def ended_well(program: Program) -> None:
    assert await program.stop() == 0
    assert "Traceback" not in program.errors


@ROOM
@pytest.mark.parametrize("corrected", [False, True], ids=["new", "corrected"])
async def test_charges_wait_for_room(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk, but_bytes: int, corrected: bool
) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        relay.records = charges(range(1, 5000 if corrected else 20))
        await api.switch_on()
        await api.do("POST", "/api/refresh")
        before = await stored(api)
        page = Page()
        async with page.follow(program.url):
            disk.fill(but_bytes=but_bytes)
            relay.records = charges(range(1, 5000), credits=10)
            await refused_as_full(api, "POST", "/api/refresh")
            await page.until(lambda page: page.status["task"]["error"])
            assert page.status["task"]["error"]["code"] == "storage_full"
            assert page.status["task"]["state"] == "retrying"
            assert await stored(api) == before
            disk.make_room()
            await api.do("POST", "/api/refresh")
            assert await error_code(api) is None
            after = await stored(api)
            assert charges_of(after) == charges_of(relay.records)
            await page.until(lambda page: len(page.records) == len(after))
        await ended_well(program)


async def test_polling_goes_on_by_itself_once_there_is_room(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk
) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PATCH", "/api/config", {"intervalSeconds": 10})
        await api.switch_on()
        page = Page()
        async with page.follow(program.url):
            await page.until(lambda page: page.status and page.status["task"]["lastSuccessAt"])
            disk.fill()
            relay.records = charges(range(1, 5000))
            await refused_as_full(api, "POST", "/api/refresh")
            disk.make_room()
            await page.until(lambda page: len(page.records) == len(relay.records))
            await page.until(lambda page: page.status["task"]["error"] is None)
        await ended_well(program)


@ROOM
async def test_settings_stay_as_they_are(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk, but_bytes: int
) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        before = await api.get("/api/config")
        disk.fill(but_bytes=but_bytes)
        await refused_as_full(api, "PATCH", "/api/config", LARGE_CONFIG)
        assert await api.get("/api/config") == before
        disk.make_room()
        after = await api.do("PATCH", "/api/config", LARGE_CONFIG)
        assert after == before | LARGE_CONFIG
        await ended_well(program)


async def test_the_switch_is_where_it_is_said_to_be(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk
) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
        disk.fill()
        said = False
        for enabled in (True, False, True, False, True):
            status, answer = await api.call("PUT", "/api/task", {"enabled": enabled})
            assert (status, answer.get("code")) in ((200, None), (507, "storage_full"))
            said = enabled if status == 200 else said
        disk.make_room()
        await program.kill()
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        assert (await Api(session, program.url).get("/api/status"))["task"]["enabled"] is said
        await ended_well(program)


@ROOM
async def test_a_cookie_that_finds_no_room_leaves_the_one_before_and_no_trace(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk, but_bytes: int
) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": "session=kept"})
        disk.fill(but_bytes=but_bytes)
        await refused_as_full(api, "PUT", "/api/cookie", {"cookie": LONG_COOKIE})
        assert not [path for path in disk.data_dir.iterdir() if b"long-canary" in path.read_bytes()]
        await api.do("POST", "/api/cookie/check")
        assert relay.requests[-1].cookie == "session=kept"
        disk.make_room()
        await api.do("PUT", "/api/cookie", {"cookie": LONG_COOKIE})
        assert relay.requests[-1].cookie == LONG_COOKIE
        await ended_well(program)


async def test_a_cookie_can_be_forgotten(relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": "session=canary"})
        disk.fill()
        await api.do("DELETE", "/api/cookie")
        assert not [path for path in disk.data_dir.iterdir() if b"session=canary" in path.read_bytes()]
        await ended_well(program)


async def test_a_cookie_that_the_relay_renews_is_used_at_once_and_kept_once_there_is_room(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk
) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.switch_on("session=old")
        await api.do("POST", "/api/refresh")
        disk.fill()
        relay.set_cookies = ["session=new"]
        await api.do("POST", "/api/refresh")
        assert await error_code(api) == "storage_full"
        relay.set_cookies, relay.cookies = [], {"session=new"}
        await api.do("POST", "/api/refresh")
        assert await error_code(api) == "storage_full"
        disk.make_room()
        await api.do("POST", "/api/refresh")
        assert await error_code(api) is None
        await program.kill()
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        await Api(session, program.url).do("POST", "/api/cookie/check")
        assert relay.requests[-1].cookie == "session=new"
        await ended_well(program)


async def test_old_records_that_cannot_go_are_told_of_and_go_once_there_is_room(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk
) -> None:
    newest = charge(20_001, at=moment_text(NOW_MS))  # by it, the relay has told what time it is
    old = [charge(n, at=moment_text(NOW_MS - 5 * 86_400_000 + n * 100)) for n in range(20_000, 0, -1)]
    relay.records = [newest, *old]
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
        await api.do("POST", "/api/refresh")
        await program.stop()
    with opened(disk.data_dir) as store:
        await store.settings.save_config(Config(retention_days=1))
    disk.fill()
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        page = Page()
        async with page.follow(program.url):
            await page.until(lambda page: page.status and page.status["task"]["error"])
            assert page.status["task"]["error"]["code"] == "storage_full"
            assert page.status["usage"]["records"] > 1
            disk.make_room()
            # It tries again every minute, and when the configuration changes.
            await Api(session, program.url).do("PATCH", "/api/config", {"rangeMinutes": 61})
            await page.until(lambda page: page.status["usage"]["records"] == 1)
            await page.until(lambda page: page.status["task"]["error"] is None)
        await ended_well(program)


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_it_starts_on_a_full_disk_and_shows_what_there_is(
    relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk, end: str
) -> None:
    relay.records = charges(range(1, 100))
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.switch_on()
        await api.do("POST", "/api/refresh")
        disk.fill()
        await (ended_well(program) if end == "stop" else program.kill())
    (disk.data_dir / files.CLEAN_END).unlink(missing_ok=True)
    (disk.data_dir / files.INSTANCE).unlink(missing_ok=True)
    disk.fill()
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        assert charges_of(await stored(api)) == charges_of(relay.records)
        assert "A second start will not find this one" in program.errors
        relay.records = charges(range(1, 3000))
        await refused_as_full(api, "POST", "/api/refresh")
        disk.make_room()
        await api.do("POST", "/api/refresh")
        assert charges_of(await stored(api)) == charges_of(relay.records)
        await ended_well(program)


@pytest.mark.parametrize("lost", ["history.mdb-lock", "history.mdb"])
async def test_a_start_that_needs_room_and_has_none_says_so(relay: FakeRelay, disk: Disk, lost: str) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        await ended_well(program)
    (disk.data_dir / lost).unlink()
    (disk.data_dir / files.CLEAN_END).unlink()
    disk.fill()
    program = await Program.started("--port", "0", "--upstream", relay.url, data_dir=disk.data_dir)
    assert await program.ended() == 1
    assert program.errors.count("\n") == 1
    assert "The disk is full" in program.errors
    disk.make_room()
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        await ended_well(program)
