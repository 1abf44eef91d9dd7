import asyncio
import random
from contextlib import AsyncExitStack
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from domain.errors import StorageError
from domain.records import Record, Stored
from storage.history import History
from tests.web.raw import send
from tests.web.site import Site, Wish, open_site, until
from tests.web.stand_ins import GatedUsage, charge
from tests.web.stream_reader import Event, StreamReader, stalled
from web.catchup import PAGE_RECORDS
from web.hub import LIVE_RECORDS

LAST = 1_000
"""The record that ends a test's polls."""


def ids(event: Event) -> list[int]:
    return [record["id"] for record in event.data["records"]]


async def test_a_stream_starts_with_status_configuration_and_the_window(site: Site) -> None:
    cursor = await site.poller.poll(charge(1, ago_ms=61 * 60_000), charge(2, ago_ms=60_000), charge(3, ago_ms=-5_000))
    async with StreamReader.on(site.port, "?range=60") as stream:
        events = [await stream.next() for _ in range(3)]
    assert "Content-Type: text/event-stream\r\n" in stream.head
    assert "Cache-Control: no-store\r\n" in stream.head
    assert [event.name for event in events] == ["status", "config", "usage"]
    assert stream.retry == 1_000
    assert events[0].data == (await site.get("/api/status")).json
    assert events[1].data == (await site.get("/api/config")).json
    assert (events[0].id, events[1].id, events[2].id) == (None, None, cursor)
    assert events[2].data["reset"] is True
    assert ids(events[2]) == [2, 3]
    assert events[2].data["records"] == (await site.get("/api/usage?range=60")).json["records"]


async def test_without_a_range_the_configured_one_counts(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"rangeMinutes": 527_040})
    await site.poller.poll(charge(1, ago_ms=86_400_001), charge(2, ago_ms=86_400_000))
    async with StreamReader.on(site.port) as stream:
        assert ids(await stream.usage()) == [2]


async def test_news_is_told_to_all_as_it_is_stored(site: Site) -> None:
    async with AsyncExitStack() as stack:
        streams = [await stack.enter_async_context(StreamReader.on(site.port)) for _ in range(5)]
        for stream in streams:
            await stream.usage()
        cursor = await site.poller.poll(charge(2, ago_ms=0), charge(1))
        for stream in streams:
            event = await stream.next()
            assert (event.name, event.id, event.data["reset"], ids(event)) == ("usage", cursor, False, [1, 2])
            status = await stream.next()
            assert (status.name, status.data["usage"]["records"]) == ("status", 2)


async def test_a_corrected_amount_is_told_again(site: Site) -> None:
    await site.poller.poll(charge(1, micros=1_000_000), charge(2))
    async with StreamReader.on(site.port) as stream:
        await stream.usage()
        await site.poller.poll(charge(1, micros=2_500_000), charge(2))
        event = await stream.usage()
    assert [(record["id"], record["creditsUsed"]) for record in event.data["records"]] == [(1, 2.5)]


async def test_a_changed_configuration_is_told(site: Site) -> None:
    async with StreamReader.on(site.port) as stream:
        await stream.usage()
        await site.ask("PATCH", "/api/config", body={"theme": "dark"})
        assert (await stream.next()).data["theme"] == "dark"


async def test_a_changed_status_is_told(site: Site) -> None:
    async with StreamReader.on(site.port) as stream:
        await stream.usage()
        await site.ask("PUT", "/api/task", body={"enabled": True})
        event = await stream.next()
        assert (event.name, event.data["task"]["state"]) == ("status", "polling")


@pytest.mark.parametrize("by_header", [True, False])
async def test_who_comes_back_gets_just_what_was_stored_since(site: Site, *, by_header: bool) -> None:
    cursor = await site.poller.poll(charge(1), charge(2))
    await site.poller.poll(charge(2, micros=1), charge(4, ago_ms=0), charge(3, ago_ms=90 * 60_000))
    query, headers = ("?range=60", [f"Last-Event-ID: {cursor}"]) if by_header else (f"?lastEventId={cursor}", [])
    async with StreamReader.on(site.port, query, *headers) as stream:
        event = await stream.usage()
    assert event.data["reset"] is False
    assert ids(event) == [3, 2, 4]
    assert event.id == site.store.history.summary().cursor


async def test_the_header_is_newer_than_the_address(site: Site) -> None:
    old = await site.poller.poll(charge(1))
    new = await site.poller.poll(charge(2))
    async with StreamReader.on(site.port, f"?lastEventId={old}", f"Last-Event-ID: {new}") as stream:
        assert (await stream.usage()).data == {"reset": False, "records": []}


async def test_who_comes_back_to_nothing_new_is_told_so_with_a_cursor(site: Site) -> None:
    cursor = await site.poller.poll(charge(1))
    async with StreamReader.on(site.port, f"?lastEventId={cursor}") as stream:
        event = await stream.usage()
    assert (event.id, event.data) == (cursor, {"reset": False, "records": []})


@pytest.mark.parametrize("cursor", ["nonsense", "0123456789ab-1", "{store}-2", "{store}-999", "{store}-01", "-", "%00"])
async def test_a_cursor_that_is_not_known_starts_anew(site: Site, cursor: str) -> None:
    known = await site.poller.poll(charge(1))
    asked = cursor.format(store=known.partition("-")[0])
    async with StreamReader.on(site.port, f"?lastEventId={asked}") as stream:
        event = await stream.usage()
    assert (event.id, event.data["reset"], ids(event)) == (known, True, [1])


async def test_a_lot_that_was_missed_comes_in_pages_each_with_its_own_cursor(site: Site) -> None:
    start = await site.poller.poll(charge(1))
    many = 2 * PAGE_RECORDS + 3
    await site.poller.poll(*(charge(number) for number in range(2, many + 2)))
    cursor = start
    seen: list[int] = []
    for _ in range(3):  # each page is left after it arrived, and the next one asked for by its cursor
        async with StreamReader.on(site.port, "", f"Last-Event-ID: {cursor}") as stream:
            event = await stream.usage()
            assert (event.data["reset"], len(ids(event)) <= PAGE_RECORDS) == (False, True)
            seen += ids(event)
            assert event.id is not None
            cursor = event.id
    assert sorted(seen) == list(range(2, many + 2))
    async with StreamReader.on(site.port, "", f"Last-Event-ID: {start}") as stream:
        pages = [ids(await stream.usage()) for _ in range(3)]
        assert sorted(chain.from_iterable(pages)) == sorted(seen)
        await site.poller.poll(charge(many + 2))
        assert ids(await stream.usage()) == [many + 2]


async def test_very_many_at_once_reach_a_live_stream_in_pages(site: Site) -> None:
    async with StreamReader.on(site.port) as stream:
        await stream.usage()
        many = PAGE_RECORDS + LIVE_RECORDS
        await site.poller.poll(*(charge(number) for number in range(1, many + 1)))
        await site.poller.poll(charge(many + 1))
        seen: list[int] = []
        while len(seen) <= many:
            seen += ids(await stream.usage())
    assert sorted(seen) == list(range(1, many + 2))


async def test_a_time_is_told_in_the_configured_zone(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"timeZone": "Asia/Kathmandu"})
    await site.poller.poll(charge(1, ago_ms=0))
    async with StreamReader.on(site.port) as stream:
        first = await stream.usage()
        await site.poller.poll(charge(2, ago_ms=0))
        second = await stream.usage()
    assert {event.data["records"][0]["time"] for event in (first, second)} == {"2025-08-25 19:05:00"}


@pytest.mark.parametrize("query", ["range=1441", "range=0", "range=60&range=60", "from=0", "model=a"])
async def test_a_wrong_query_is_refused(site: Site, query: str) -> None:
    answer = await send(site.port, f"GET /api/events?{query} HTTP/1.1", "Host: localhost")
    assert (answer.status, answer.code) == (422, "invalid_value")
    assert site.rooms.hub.subscribers == 0


async def test_head_answers_without_a_stream(site: Site) -> None:
    answer = await send(site.port, "HEAD /api/events HTTP/1.1", "Host: localhost")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/event-stream")


async def test_a_client_that_left_is_noticed_by_a_ping(data_dir: Path) -> None:
    async with open_site(data_dir, Wish(ping_interval_s=0.02)) as site:
        before = len(asyncio.all_tasks())
        async with StreamReader.on(site.port) as stream:
            await stream.usage()
            await stream.ping()
            assert site.rooms.hub.subscribers == 1
        await until(lambda: site.rooms.hub.subscribers == 0)
        await until(lambda: len(asyncio.all_tasks()) == before)


async def test_a_store_that_cannot_be_read_is_told_before_the_stream_begins(data_dir: Path) -> None:
    made: list[GatedUsage] = []

    async with open_site(data_dir, Wish(usage=gate(made))) as site:
        made[0].trouble = StorageError("The history cannot be read.")
        answer = await send(site.port, "GET /api/events HTTP/1.1", "Host: localhost")
        assert (answer.status, answer.code) == (500, "storage_failed")
        assert site.rooms.hub.subscribers == 0


def gate(made: list[GatedUsage]) -> Any:  # noqa: ANN401 - as Wish has it
    def gated(history: History) -> GatedUsage:
        made.append(GatedUsage(history))
        return made[0]

    return gated


async def test_what_is_stored_while_the_window_is_read_comes_once(data_dir: Path) -> None:
    made: list[GatedUsage] = []
    async with open_site(data_dir, Wish(usage=gate(made))) as site, AsyncExitStack() as stack:
        (usage,) = made
        await site.poller.poll(charge(1))
        usage.gate.clear()
        opening = asyncio.create_task(stack.enter_async_context(StreamReader.on(site.port)))
        await until(lambda: usage.reads == 1)
        await site.poller.poll(charge(2))
        usage.gate.set()
        stream = await opening
        assert ids(await stream.usage()) == [1]
        assert ids(await stream.usage()) == [2]


async def test_streams_that_share_a_read_miss_nothing_that_was_told_before_they_came(data_dir: Path) -> None:
    made: list[GatedUsage] = []
    async with open_site(data_dir, Wish(usage=gate(made))) as site, AsyncExitStack() as stack:
        (usage,) = made
        await site.poller.poll(charge(1))
        usage.gate.clear()
        first = asyncio.create_task(stack.enter_async_context(StreamReader.on(site.port)))
        await until(lambda: usage.reads == 1)
        await site.poller.poll(charge(2))
        second = asyncio.create_task(stack.enter_async_context(StreamReader.on(site.port)))
        await until(lambda: site.rooms.hub.subscribers == 2)
        usage.gate.set()
        late = await second
        assert ids(await late.usage()) == [1, 2]
        early = await first
        assert [ids(await early.usage()), ids(await early.usage())] == [[1], [2]]
        await site.poller.poll(charge(3))
        assert [ids(await stream.usage()) for stream in (early, late)] == [[3], [3]]


async def test_streams_that_come_at_once_share_a_read(data_dir: Path) -> None:
    made: list[GatedUsage] = []
    async with open_site(data_dir, Wish(usage=gate(made))) as site, AsyncExitStack() as stack:
        (usage,) = made
        await site.poller.poll(charge(1))
        usage.gate.clear()
        opening = [asyncio.create_task(stack.enter_async_context(StreamReader.on(site.port))) for _ in range(20)]
        await until(lambda: site.rooms.hub.subscribers == 20)
        usage.gate.set()
        for stream in await asyncio.gather(*opening):
            assert ids(await stream.usage()) == [1]
        assert usage.reads == 1


async def test_a_reader_that_never_reads_is_cut_off_and_holds_up_nobody(data_dir: Path) -> None:
    records = [charge(number) for number in range(1, LIVE_RECORDS + 1)]
    async with open_site(data_dir, Wish(depth=8)) as site, AsyncExitStack() as stack:
        tasks = len(asyncio.all_tasks())
        stack.enter_context(await stalled(site))
        quick = await stack.enter_async_context(StreamReader.on(site.port))
        store_id = (await quick.usage()).id
        assert store_id is not None
        sequence = 0
        while site.rooms.hub.subscribers == 2:
            sequence += 1
            site.rooms.hub.usage(Stored(records, 0, f"{store_id.partition('-')[0]}-{sequence}"))
            event = await quick.usage()
            assert event.id is not None
            assert event.id.endswith(f"-{sequence}")
        quick.writer.transport.abort()
        site.rooms.hub.usage(Stored(records, 0, f"ab-{sequence + 1}"))
        site.rooms.hub.usage(Stored(records, 0, f"ab-{sequence + 2}"))
        await until(lambda: len(asyncio.all_tasks()) == tasks)


async def test_a_reader_that_keeps_a_ping_waiting_is_cut_off(data_dir: Path) -> None:
    records = [charge(number) for number in range(1, LIVE_RECORDS + 1)]
    wish = Wish(depth=1_000, ping_interval_s=0.05, send_timeout_s=0.05)
    async with open_site(data_dir, wish) as site:
        with await stalled(site):
            for sequence in range(1, 1_000):  # 26 MB, more than the kernel takes
                site.rooms.hub.usage(Stored(records, 0, f"ab-{sequence}"))
            await until(lambda: site.rooms.hub.subscribers == 0)


async def test_a_read_under_way_does_not_hold_up_the_end(data_dir: Path) -> None:
    made: list[GatedUsage] = []
    before = len(asyncio.all_tasks())
    async with AsyncExitStack() as stack:
        async with open_site(data_dir, Wish(usage=gate(made))) as site:
            made[0].gate.clear()
            opening = asyncio.create_task(stack.enter_async_context(StreamReader.on(site.port)))
            await until(lambda: made[0].reads == 1)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await opening
    assert len(asyncio.all_tasks()) == before


@pytest.mark.parametrize("seed", range(5))
async def test_nothing_is_lost_or_doubled_however_often_a_client_comes_back(site: Site, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    known: dict[int, Any] = {}
    cursor: str | None = None
    latest: dict[int, Record] = {}

    async def poll_on() -> None:
        for _ in range(40):
            batch = {
                number: charge(number, micros=chance.randrange(10**7), ago_ms=1_000)
                for number in chance.sample(range(1, 60), chance.randrange(4))
            }
            latest.update(batch)
            await site.poller.poll(*batch.values())
        latest[LAST] = charge(LAST, micros=0)
        await site.poller.poll(latest[LAST])

    polling = asyncio.create_task(poll_on())
    while LAST not in known:
        headers = [f"Last-Event-ID: {cursor}"] if cursor else []
        async with StreamReader.on(site.port, "?range=1440", *headers) as stream:
            for _ in range(chance.randrange(1, 6)):
                event = await stream.usage()
                assert event.data["reset"] == (cursor is None)
                cursor = event.id
                for record in event.data["records"]:
                    assert known.get(record["id"]) != record
                    known[record["id"]] = record
                if LAST in known:
                    break
    await polling
    assert {number: record["creditsUsed"] for number, record in known.items()} == {
        number: record.micros / 1_000_000 for number, record in latest.items()
    }


async def test_a_client_that_says_that_it_leaves_is_noticed_at_once(data_dir: Path) -> None:
    """Else it would be there for an hour."""
    async with open_site(data_dir, Wish(ping_interval_s=3600)) as site:
        async with StreamReader.on(site.port) as stream:
            await stream.next()
            assert site.rooms.hub.subscribers == 1
        await until(lambda: site.rooms.hub.subscribers == 0)
