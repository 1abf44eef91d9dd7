import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from domain.zones import utc_text, zone
from poller.demo import DEMO_COOKIE, DemoRelay
from poller.parse import read_answer

NOW_MS: Final = int(datetime(2025, 8, 24, 19, 30, tzinfo=UTC).timestamp() * 1000)  # a Monday before dawn in Shanghai
SAMPLE: Final = Path(__file__).parent.parent / "samples" / "usage.json"

Row = dict[str, Any]


class TurnedClock:
    """A clock that stands where a test turns it."""

    def __init__(self) -> None:
        self.ms = NOW_MS

    def wall_ms(self) -> int:
        return self.ms

    def monotonic_s(self) -> float:
        return self.ms / 1000

    async def wait(self, event: asyncio.Event, timeout_s: float) -> None:
        raise NotImplementedError


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
async def relay(clock: TurnedClock) -> AsyncIterator[DemoRelay]:
    async with DemoRelay(clock, zone("Asia/Shanghai")) as relay:
        yield relay


async def get(relay: DemoRelay, path: str, cookie: str | None = DEMO_COOKIE) -> tuple[int, bytes, str]:
    headers = {} if cookie is None else {"Cookie": cookie}
    async with aiohttp.ClientSession() as session, session.get(relay.url + path, headers=headers) as answer:
        return answer.status, await answer.read(), answer.content_type


async def usage(relay: DemoRelay) -> list[Row]:
    status, body, content_type = await get(relay, "/api/user/usage")
    assert (status, content_type) == (200, "application/json")
    rows = json.loads(body)
    assert isinstance(rows, list)
    return rows


def ids(rows: list[Row]) -> list[int]:
    return [row["id"] for row in rows]


async def test_it_listens_on_a_loopback_port_of_its_own(relay: DemoRelay) -> None:
    assert relay.url.startswith("http://127.0.0.1:")
    async with DemoRelay(TurnedClock(), zone("UTC")) as other:
        assert other.url != relay.url


async def test_it_answers_in_the_shape_of_the_sample(relay: DemoRelay) -> None:
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    shape = {key: type(value) for key, value in sample[0].items()}
    rows = await usage(relay)
    assert all({key: type(value) for key, value in row.items()} == shape for row in rows)
    assert {(row["type"], row["statusCode"]) for row in rows} == {("USAGE", 200)}
    assert {row["endpoint"] for row in rows} == {row["endpoint"] for row in sample}


async def test_its_answer_is_read_as_the_real_one_is(relay: DemoRelay) -> None:
    _, body, _ = await get(relay, "/api/user/usage")
    answer = read_answer(body)
    assert answer.malformed == 0
    assert answer.fetched == len(json.loads(body)) > answer.matched > 1000
    assert all(record.micros > 0 for record in answer.records)


async def test_its_answer_is_newest_first(relay: DemoRelay) -> None:
    rows = await usage(relay)
    assert [row["createdAt"] for row in rows] == sorted((row["createdAt"] for row in rows), reverse=True)
    assert ids(rows) == sorted(set(ids(rows)), reverse=True)


async def test_the_first_answer_goes_back_thirty_days_and_to_the_last_minutes(relay: DemoRelay) -> None:
    rows = await usage(relay)
    oldest, newest = rows[-1]["createdAt"], rows[0]["createdAt"]
    assert oldest < "2025-07-29T"
    assert "2025-08-24T19:28" < newest < "2025-08-24T19:30"
    assert sum(row["createdAt"] > "2025-08-24T18:30" for row in rows) > 50


async def test_an_answer_soon_after_holds_the_newest_twenty(relay: DemoRelay, clock: TurnedClock) -> None:
    first = await usage(relay)
    clock.ms += 60_000
    second = await usage(relay)
    assert len(second) == 20
    assert set(ids(second)) & set(ids(first))
    assert set(ids(second)) - set(ids(first))
    clock.ms += 1
    assert len(await usage(relay)) == 20


@pytest.mark.parametrize("pause_ms", [600_000, 3_600_000, 3 * 86_400_000])
async def test_however_long_nobody_asked_nothing_is_missed(relay: DemoRelay, clock: TurnedClock, pause_ms: int) -> None:
    first = await usage(relay)
    clock.ms += pause_ms
    late = await usage(relay)
    assert len(late) > 20
    assert first[0] == late[-1]


async def test_records_stay_what_they_were(relay: DemoRelay, clock: TurnedClock) -> None:
    known: dict[int, Row] = {}
    for _ in range(20):
        for row in await usage(relay):
            assert known.setdefault(row["id"], row) == row
        clock.ms += 45_000


@pytest.mark.parametrize("hours", [1, 8, 50])
async def test_a_clock_that_goes_back_finds_what_was_newest_then(
    relay: DemoRelay, clock: TurnedClock, hours: int
) -> None:
    first = await usage(relay)
    clock.ms -= hours * 3_600_000
    rows = await usage(relay)
    assert rows == [row for row in first if row["createdAt"] < utc_text(clock.ms)][:20]


@pytest.mark.parametrize("path", ["/api/user/usage", "/api/user/usage/chart"])
async def test_a_cookie_is_accepted(relay: DemoRelay, path: str) -> None:
    for cookie in (DEMO_COOKIE, "anything=else"):
        assert (await get(relay, path, cookie))[0] == 200


@pytest.mark.parametrize("path", ["/api/user/usage", "/api/user/usage/chart"])
@pytest.mark.parametrize("cookie", [None, "", "session=expired", "a=1; Expired=2"])
async def test_an_expired_cookie_or_none_is_refused_as_the_real_one_does(
    relay: DemoRelay, path: str, cookie: str | None
) -> None:
    status, body, content_type = await get(relay, path, cookie)
    assert (status, content_type) == (401, "application/json")
    assert json.loads(body) == {"error": "Unauthorized"}


async def test_a_refused_call_does_not_count_as_told(relay: DemoRelay) -> None:
    await get(relay, "/api/user/usage", "session=expired")
    assert len(await usage(relay)) > 1000


async def test_it_stops_listening_when_it_is_left(clock: TurnedClock) -> None:
    async with DemoRelay(clock, zone("UTC")) as relay:
        await usage(relay)
    with pytest.raises(aiohttp.ClientConnectionError):
        await get(relay, "/api/user/usage")
