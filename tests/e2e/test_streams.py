import asyncio
import socket
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes import relay as fakes
from tests.fakes.relay import CHECK, USAGE, FakeRelay, charge


async def test_twenty_refreshes_at_once_share_one_poll(relay: FakeRelay, api: Api) -> None:
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    relay.records = [charge(1)]
    answers = await asyncio.gather(*(api.do("POST", "/api/refresh") for _ in range(20)))
    assert len({answer["polledAt"] for answer in answers}) == len(relay.requests_to(USAGE))
    assert len(relay.requests_to(USAGE)) < 20
    assert sum(answer["new"] for answer in {answer["polledAt"]: answer for answer in answers}.values()) == 1


async def test_a_reader_that_never_reads_holds_nobody_up(relay: FakeRelay, program: Program, api: Api) -> None:
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    address = urlsplit(program.url)
    page = Page()
    with socket.create_connection((address.hostname, address.port)) as deaf:
        deaf.sendall(f"GET /api/events HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        async with page.follow(program.url):
            await page.until(lambda page: page.cursor)
            relay.limit = 400
            for poll in range(30):
                relay.records = [charge(n, model=f"{'m' * 150}-{n % 9}") for n in range(poll * 400, poll * 400 + 400)]
                await api.do("POST", "/api/refresh")
            await page.until(lambda page: len(page.records) == 30 * 400)
    assert page.doubled == []


async def test_a_page_that_comes_back_gets_just_what_it_missed(relay: FakeRelay, program: Program, api: Api) -> None:
    page = Page()
    relay.records = [charge(1)]
    await api.switch_on()
    async with page.follow(program.url):
        await page.until(lambda page: page.status.get("usage", {}).get("records") == 1)
        cursor = page.status["usage"]["cursor"]
    page.cursor = cursor
    page.told = []
    relay.records.insert(0, charge(2))
    await api.do("POST", "/api/refresh")
    async with page.follow(program.url):
        await page.until(lambda page: 2 in page.records)
    (event,) = [data for name, data in page.told if name == "usage"]
    assert event["reset"] is False
    assert [record["id"] for record in event["records"]] == [2]


async def test_a_summed_window_is_followed_live_from_its_cursor(relay: FakeRelay, program: Program, api: Api) -> None:
    relay.records = [charge(1)]
    await api.switch_on()
    await api.do("POST", "/api/refresh")
    usage = await api.get("/api/usage?range=527040&bucket=auto")
    relay.records.insert(0, charge(2))
    await api.do("POST", "/api/refresh")
    page = Page()
    async with page.follow(program.url, f"lastEventId={usage['cursor']}"):
        await page.until(lambda page: page.cursor)
    assert list(page.records) == [2]


async def test_an_unknown_cursor_starts_anew(relay: FakeRelay, program: Program, api: Api) -> None:
    relay.records = [charge(1)]
    await api.switch_on()
    page = Page()
    page.cursor = "of-another-store-7"
    async with page.follow(program.url):
        await page.until(lambda page: any(name == "usage" for name, _ in page.told))
    assert next(data for name, data in page.told if name == "usage")["reset"] is True


async def test_a_stop_ends_open_streams_and_a_hanging_call_within_three_seconds(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
        relay.behave(USAGE, fakes.hang)
        relay.behave(CHECK, fakes.drip_headers())
        pages = [asyncio.create_task(page.read(program.url)) for page in (Page(), Page(), Page())]
        hanging = asyncio.create_task(api.call("POST", "/api/refresh"))
        await relay.wait_for_requests(1, USAGE)
        # The contract's own promise: three seconds, open streams included.
        async with asyncio.timeout(3):
            assert await program.stop() == 0
        await asyncio.gather(hanging, *pages, return_exceptions=True)
    assert "Traceback" not in program.errors


@pytest.mark.parametrize("path", ["/api/status", "/api/usage?range=60"])
async def test_a_hanging_relay_holds_up_nobody_who_reads(path: str, relay: FakeRelay, api: Api) -> None:
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    relay.behave(USAGE, fakes.hang)
    hanging = asyncio.create_task(api.call("POST", "/api/refresh"))
    await relay.wait_for_requests(1, USAGE)
    await api.get(path)
    assert not hanging.done()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
