"""The main job on real input: the sample's 20 records, of which 16 count, 334 credits."""

from pathlib import Path

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import CHECK, USAGE, FakeRelay, charge

SAMPLE_WINDOW = "from=2025-08-25T13:00:00Z&to=2025-08-25T14:00:00Z"
LAST_ID = 11_048_661


@pytest.mark.usefixtures("sample")
async def test_the_sample_is_polled_streamed_stored_and_there_after_a_kill(
    relay: FakeRelay, program: Program, api: Api, session: aiohttp.ClientSession, data_dir: Path
) -> None:
    page = Page()
    async with page.follow(program.url):
        await page.until(lambda page: page.cursor)
        assert page.records == {}
        await api.switch_on()
        await page.until(lambda page: len(page.records) == 16)
        await page.until(lambda page: page.status["usage"]["records"] == 16)
    assert sum(record["creditsUsed"] for record in page.records.values()) == 334
    assert page.status["task"]["state"] == "polling"
    newest = page.records[LAST_ID]
    assert list(newest) == ["id", "model", "creditsUsed", "createdAt", "time"]
    assert newest["createdAt"] == "2025-08-25T13:39:44.230Z"
    assert newest["time"] == "2025-08-25 13:39:44"  # the machine's zone is UTC unless TZ says otherwise

    await program.kill()
    relay.records.insert(0, charge(LAST_ID + 1, credits="0.5", at="2025-08-25T13:40:00.000Z"))
    async with running(data_dir=data_dir, upstream=relay.url) as again:
        api = Api(session, again.url)
        status = await api.get("/api/status")
        assert status["task"]["enabled"] is True
        async with page.follow(again.url):
            await page.until(lambda page: len(page.records) == 17)
        assert page.doubled == []
        usage = await api.get(f"/api/usage?{SAMPLE_WINDOW}")
        assert [record["id"] for record in usage["records"]] == sorted(page.records)
        assert {record["id"]: record for record in usage["records"]} == page.records
        (total,) = usage["models"]
        assert (total["credits"], total["requests"], total["latestAt"]) == (334.5, 17, "2025-08-25T13:40:00.000Z")
        assert usage["cursor"] == page.cursor
        assert usage["gaps"] == []


@pytest.mark.usefixtures("sample")
async def test_a_refresh_counts_what_it_brought_with_the_switch_off(relay: FakeRelay, api: Api) -> None:
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    first = await api.do("POST", "/api/refresh")
    assert (first["fetched"], first["matched"], first["new"]) == (20, 16, 16)
    relay.records[0]["creditsUsed"] = 10
    second = await api.do("POST", "/api/refresh")
    assert (second["fetched"], second["matched"], second["new"]) == (20, 16, 0)
    assert second["polledAt"] > first["polledAt"]
    usage = await api.get(f"/api/usage?{SAMPLE_WINDOW}&bucket=auto")
    assert sum(point[1] for series in usage["series"] for point in series["points"]) == 335
    assert (await api.get("/api/status"))["task"]["state"] == "off"


async def test_nothing_is_sent_upstream_before_somebody_asks(relay: FakeRelay, api: Api) -> None:
    await api.get("/api/status")
    status, answer = await api.call("POST", "/api/refresh")
    assert (status, answer["code"]) == (409, "cookie_missing")
    status, answer = await api.call("PUT", "/api/task", {"enabled": True})
    assert (status, answer["code"]) == (409, "cookie_missing")
    assert relay.requests == []


async def test_the_switch_checks_then_polls_at_once(relay: FakeRelay, api: Api) -> None:
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    await api.do("PUT", "/api/task", {"enabled": True})
    await relay.wait_for_requests(1, USAGE)
    checks = [request.path for request in relay.requests]
    assert checks == [CHECK, CHECK, USAGE]
    assert {request.cookie for request in relay.requests} == {"session=good"}


async def test_a_dead_cookie_stops_everything_until_a_new_one_comes(
    relay: FakeRelay, program: Program, api: Api
) -> None:
    relay.cookies = {"session=good", "session=better"}
    page = Page()
    async with page.follow(program.url):
        await api.switch_on()
        await page.until(lambda page: page.status and page.status["task"]["lastSuccessAt"])
        relay.cookies = {"session=better"}
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (409, "cookie_invalid")
        await page.until(lambda page: page.status["task"]["state"] == "cookie_invalid")
        assert page.status["cookie"]["valid"] is False
        sent = len(relay.requests)
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (409, "cookie_invalid")
        status, answer = await api.call("PUT", "/api/task", {"enabled": True})
        assert (status, answer["code"]) == (409, "cookie_invalid")
        assert len(relay.requests_to(USAGE)) == len([r for r in relay.requests[:sent] if r.path == USAGE])
        relay.records = [charge(1, at="2025-08-25T13:39:44.230Z")]
        cookie = await api.do("PUT", "/api/cookie", {"cookie": "session=better"})
        assert (cookie["valid"], cookie["names"]) == (True, ["session"])
        await page.until(lambda page: 1 in page.records and page.status["task"]["state"] == "polling")


async def test_deleting_the_cookie_forgets_it_and_stops_polling(program: Program, api: Api, data_dir: Path) -> None:
    page = Page()
    async with page.follow(program.url):
        await api.switch_on("session=to-be-forgotten")
        await page.until(lambda page: page.status["task"]["state"] == "polling")
        await api.call("DELETE", "/api/cookie")
        await page.until(lambda page: page.status["task"]["state"] == "cookie_missing")
    assert page.status["cookie"] == {"present": False, "valid": None, "checkedAt": None, "names": []}
    assert not [path for path in data_dir.iterdir() if b"to-be-forgotten" in path.read_bytes()]


async def test_rotated_cookies_are_sent_from_then_on_and_survive_a_restart(
    relay: FakeRelay, program: Program, api: Api, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    relay.set_cookies = ["session=second; Path=/; HttpOnly", "extra=1; Path=/"]
    await api.do("PUT", "/api/cookie", {"cookie": "a=%7B%22x%22; session=first; b=c=="})
    await api.do("POST", "/api/refresh")
    assert relay.requests[-1].cookie == "a=%7B%22x%22; session=second; b=c==; extra=1"
    assert await program.stop() == 0
    async with running(data_dir=data_dir, upstream=relay.url) as again:
        await Api(session, again.url).do("POST", "/api/refresh")
    assert relay.requests[-1].cookie == "a=%7B%22x%22; session=second; b=c==; extra=1"


async def test_a_gap_is_kept_and_told(relay: FakeRelay, program: Program, api: Api) -> None:
    page = Page()
    async with page.follow(program.url):
        relay.records = [charge(1, at="2025-08-25T10:00:00.000Z")]
        await api.switch_on()
        await page.until(lambda page: 1 in page.records)
        relay.records = [charge(9, at="2025-08-25T12:00:00.000Z")]
        await api.do("POST", "/api/refresh")
        gap = {"from": "2025-08-25T10:00:00.000Z", "to": "2025-08-25T12:00:00.000Z"}
        await page.until(lambda page: page.status["usage"]["gaps"] == [gap])
    usage = await api.get("/api/usage?from=2025-08-25T11:00:00Z&to=2025-08-25T11:30:00Z")
    assert usage["gaps"] == [gap]


async def test_settings_are_told_to_every_page_and_survive_a_restart(
    relay: FakeRelay, program: Program, api: Api, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    page = Page()
    async with page.follow(program.url):
        config = await api.do("PATCH", "/api/config", {"timeZone": "Asia/Kolkata", "intervalSeconds": 300})
        await page.until(lambda page: page.config == config)
    assert await program.stop() == 0
    async with running(data_dir=data_dir, upstream=relay.url) as again:
        assert await Api(session, again.url).get("/api/config") == config
