"""A relay that lies, stalls, redirects and truncates is not an expired cookie, and costs nothing that was known."""

import json

import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, Program
from tests.fakes import relay as fakes
from tests.fakes.relay import CHECK, USAGE, Behaviour, FakeRelay, charge


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (fakes.status(500), "upstream_unavailable"),
        (fakes.status(503), "upstream_unavailable"),
        (fakes.truncated, "upstream_unavailable"),
        (fakes.truncated_chunks, "upstream_unavailable"),
        (fakes.garbage, "upstream_unexpected"),
        (fakes.endless_body, "upstream_unexpected"),
        (fakes.gzip_bomb, "upstream_unexpected"),
        (fakes.other_page, "upstream_unexpected"),
        (fakes.answer_with(b"not json"), "upstream_unexpected"),
        (fakes.answer_with(b'{"code":500,"data":[]}'), "upstream_unexpected"),
        (fakes.answer_with(b"[" * 100_000), "upstream_unexpected"),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__qualname__", "?"),
)
async def test_a_relay_in_trouble_is_retried_and_what_was_shown_stays(
    behaviour: Behaviour, code: str, relay: FakeRelay, program: Program, api: Api
) -> None:
    relay.records = [charge(1)]
    page = Page()
    async with page.follow(program.url):
        await api.switch_on()
        await page.until(lambda page: 1 in page.records)
        relay.behave(USAGE, behaviour)
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (502, code)
        await page.until(lambda page: page.status["task"]["state"] == "retrying")
        task = page.status["task"]
        assert (task["failures"], task["error"]["code"]) == (1, code)
        assert page.status["cookie"]["valid"] is True
        relay.behave(USAGE, fakes.normal)
        relay.records.insert(0, charge(2))
        await api.do("POST", "/api/refresh")
        await page.until(lambda page: page.status["task"]["state"] == "polling")
        assert page.status["task"]["error"] is None
    assert sorted(page.records) == [1, 2]


@pytest.mark.parametrize(
    "behaviour",
    [
        fakes.status(401, body=b'{"error":"Unauthorized"}'),
        fakes.status(403),
        fakes.redirect("/login"),
        fakes.login_page,
        fakes.other_page,
        fakes.answer_with(b'{"code":401,"message":"Unauthorized"}'),
    ],
)
async def test_a_refusal_on_both_sides_is_a_dead_cookie(
    behaviour: Behaviour, relay: FakeRelay, program: Program, api: Api
) -> None:
    page = Page()
    async with page.follow(program.url):
        await api.switch_on()
        await page.until(lambda page: page.status and page.status["task"]["lastSuccessAt"])
        relay.behave(USAGE, behaviour)
        relay.behave(CHECK, fakes.status(401))
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (409, "cookie_invalid")
        await page.until(lambda page: page.status["task"]["state"] == "cookie_invalid")
    assert not relay.requests_to("/login")


async def test_a_refusal_that_the_check_contradicts_is_a_confused_relay(relay: FakeRelay, api: Api) -> None:
    await api.switch_on()
    relay.behave(USAGE, fakes.status(403))
    status, answer = await api.call("POST", "/api/refresh")
    assert (status, answer["code"]) == (502, "upstream_unexpected")
    assert (await api.get("/api/status"))["cookie"]["valid"] is True


async def test_the_relays_wish_to_be_left_alone_is_obeyed(relay: FakeRelay, program: Program, api: Api) -> None:
    page = Page()
    async with page.follow(program.url):
        await api.do("PATCH", "/api/config", {"intervalSeconds": 10})
        await api.switch_on()
        await page.until(lambda page: page.status and page.status["task"]["lastSuccessAt"])
        relay.behave(USAGE, fakes.status(429, {"Retry-After": "3600"}))
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (502, "upstream_unavailable")
        await page.until(lambda page: page.status["task"]["state"] == "retrying")
        task = page.status["task"]
        assert task["nextPollAt"][:13] > task["lastPollAt"][:13]  # the hour


async def test_a_relay_that_is_down_keeps_its_pages_and_comes_back(
    relay: FakeRelay, program: Program, api: Api
) -> None:
    relay.records = [charge(1)]
    page = Page()
    async with page.follow(program.url):
        await api.switch_on()
        await page.until(lambda page: 1 in page.records)
        await relay.go_down()
        assert (await api.call("POST", "/api/refresh"))[0] == 502
        await page.until(lambda page: page.status["task"]["error"])
        await relay.come_back()
        relay.records.insert(0, charge(2))
        await api.do("POST", "/api/refresh")
        await page.until(lambda page: 2 in page.records)


async def test_a_malformed_record_costs_nobody_else(relay: FakeRelay, api: Api) -> None:
    relay.records = [
        charge(1),
        charge(2, credits="many"),
        charge(3, at="yesterday"),
        charge(4, model=None),
        charge(5, credits=[]),
        {"id": 6},
        charge(7, credits="12.5"),
        charge(8, credits=0.25),
    ]
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    answer = await api.do("POST", "/api/refresh")
    assert (answer["fetched"], answer["matched"], answer["new"]) == (8, 3, 3)
    usage = await api.get("/api/usage?from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z")
    assert [(record["id"], record["creditsUsed"]) for record in usage["records"]] == [(1, 9), (7, 12.5), (8, 0.25)]


async def test_an_answer_of_a_hundred_thousand_records_is_taken_whole(relay: FakeRelay, api: Api) -> None:
    records = [charge(number, credits=1) for number in range(100_000, 0, -1)]
    relay.behave(USAGE, fakes.answer_with(json.dumps(records, separators=(",", ":")).encode()))
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    answer = await api.do("POST", "/api/refresh")
    assert (answer["fetched"], answer["matched"], answer["new"]) == (100_000, 100_000, 100_000)
    usage = await api.get("/api/usage?from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z&bucket=60")
    assert [(total["credits"], total["requests"]) for total in usage["models"]] == [(100_000, 100_000)]
