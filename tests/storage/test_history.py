from functools import partial
from pathlib import Path

import pytest

from domain.errors import StorageError
from domain.records import Gap, Record
from domain.windows import Window
from storage.store import Store, opened
from storage.view import View
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer, everything, record


async def test_stores_each_record_once(store: Store) -> None:
    records = [record(n) for n in range(20)]
    first = await store.history.apply(answer(records), NOW_MS)
    second = await store.history.apply(answer(records), NOW_MS)
    assert (first.added, first.records) == (20, records)
    assert (second.added, second.records) == (0, [])
    assert await everything(store) == records


async def test_an_answer_that_brings_nothing_leaves_the_cursor(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    before = store.history.summary().cursor
    stored = await store.history.apply(answer([record(1)]), NOW_MS)
    assert stored.cursor == before == store.history.summary().cursor


async def test_a_newer_amount_counts_and_is_told_again(store: Store) -> None:
    await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    corrected = record(1, micros=7_500_000)
    stored = await store.history.apply(answer([corrected, record(2)]), NOW_MS)
    assert (stored.added, stored.records) == (0, [corrected])
    assert await everything(store) == [corrected, record(2)]


@pytest.mark.parametrize("other", [record(1, after_ms=1), record(1, model="haiku")])
async def test_an_identity_is_stored_once_whatever_else_the_relay_says_of_it(store: Store, other: Record) -> None:
    await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    stored = await store.history.apply(answer([other, record(2)]), NOW_MS)
    assert stored.records == [other]
    assert sorted(await everything(store), key=lambda r: r.id) == [other, record(2)]
    assert store.history.summary().records == 2


async def test_an_answer_is_taken_whole_however_long(store: Store) -> None:
    """It is looked up in portions: what is new, corrected and moved is found in each, and around their ends."""
    first = [record(number) for number in range(12_003) if number % 7]
    await store.history.apply(answer(first), NOW_MS)
    corrected = {number: record(number, micros=number) for number in range(1, 12_003, 997)}
    moved = {number: record(number, after_ms=number * 60_000 + 1) for number in range(2, 12_003, 991)}
    shown = [{**corrected, **moved}.get(number, record(number)) for number in range(12_003)]
    stored = await store.history.apply(answer(shown), NOW_MS)
    known = set(first)
    assert stored.added == 12_003 - len(first)
    assert stored.records == [one for one in shown if one not in known]
    assert await everything(store) == shown


async def test_sums_follow_a_correction(store: Store) -> None:
    await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    await store.history.apply(answer([record(1, micros=1), record(2, model="haiku")]), NOW_MS)
    sums = await store.history.read(lambda view: view.sums(ALWAYS, None))
    assert [(t.model, t.micros, t.requests, t.latest_ms) for t in sums.totals] == [
        ("haiku", 5_000_000, 1, record(2).created_ms),
        ("opus", 1, 1, record(1).created_ms),
    ]
    assert [(t.model, t.micros, t.requests) for t in store.history.lifetime()] == [
        ("opus", 1, 1),
        ("haiku", 5_000_000, 1),
    ]


async def test_a_record_that_changed_is_caught_up_with_once(store: Store) -> None:
    start = store.history.summary().cursor
    await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    await store.history.apply(answer([record(1, micros=1), record(2)]), NOW_MS)
    since = await store.history.read(lambda view: view.since(start, 100))
    assert since is not None
    assert since.records == [record(1, micros=1), record(2)]


async def test_sums_follow_a_record_to_another_day(store: Store) -> None:
    day = 86_400_000
    moved = record(1, after_ms=3 * day)
    await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    await store.history.apply(answer([moved, record(2)]), NOW_MS)
    days = [Window(START_MS, START_MS + day), Window(START_MS + 2 * day, START_MS + 4 * day)]
    sums = await store.history.read(lambda view: [view.sums(window, None) for window in days])
    assert [[(t.requests, t.latest_ms) for t in found.totals] for found in sums] == [
        [(1, record(2).created_ms)],
        [(1, moved.created_ms)],
    ]


async def test_a_cursor_gives_exactly_what_came_after_it(store: Store) -> None:
    await store.history.apply(answer([record(n) for n in range(5)]), NOW_MS)
    cursor = store.history.summary().cursor
    changes = [record(2, micros=1), record(9), record(7), record(0, after_ms=30)]
    await store.history.apply(answer(changes), NOW_MS)
    since = await store.history.read(lambda view: view.since(cursor, 100))
    assert since is not None
    assert {r.id: r for r in since.records} == {r.id: r for r in changes}
    assert (since.cursor, since.more) == (store.history.summary().cursor, False)


async def test_a_long_catch_up_comes_in_pieces_that_leave_nothing_out(store: Store) -> None:
    cursor = store.history.summary().cursor
    records = [record(n) for n in range(25)]
    await store.history.apply(answer(records), NOW_MS)
    caught: list[Record] = []
    more = True
    while more:
        since = await store.history.read(partial(View.since, cursor=cursor, limit=10))
        assert since is not None
        caught += since.records
        cursor, more = since.cursor, since.more
    assert caught == records


@pytest.mark.parametrize("cursor", ["", "x", "000000000000-0", "-1", "0-99999999999999999999"])
async def test_a_cursor_of_another_store_is_not_known(store: Store, cursor: str) -> None:
    assert await store.history.read(lambda view: view.since(cursor, 10)) is None


async def test_a_cursor_ahead_of_the_store_is_not_known(store: Store) -> None:
    store_id = store.history.summary().cursor.split("-")[0]
    assert await store.history.read(lambda view: view.since(f"{store_id}-1", 10)) is None


async def test_history_and_cursor_survive_a_restart(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.history.apply(answer([record(n) for n in range(30)]), NOW_MS)
        summary, lifetime = store.history.summary(), store.history.lifetime()
    with opened(data_dir) as store:
        assert store.history.summary() == summary
        assert store.history.lifetime() == lifetime
        assert await everything(store) == [record(n) for n in range(30)]
        again = await store.history.apply(answer([record(n) for n in range(30)]), NOW_MS)
        assert again.records == []


async def test_a_sum_that_cannot_be_kept_changes_nothing(store: Store) -> None:
    largest = 2**62
    await store.history.apply(answer([record(1, micros=largest)]), NOW_MS)
    with pytest.raises(StorageError, match="larger than can be kept"):
        await store.history.apply(answer([record(1, micros=largest), record(2, micros=largest)]), NOW_MS)
    assert await everything(store) == [record(1, micros=largest)]
    assert store.history.summary().records == 1


async def test_windows_take_their_first_moment_and_leave_their_last(store: Store) -> None:
    await store.history.apply(answer([record(n, after_ms=n) for n in range(5)]), NOW_MS)
    window = Window(START_MS + 1, START_MS + 3)
    found = await store.history.read(lambda view: (list(view.records(window)), view.span(window), view.span(ALWAYS)))
    assert [r.id for r in found[0]] == [1, 2]
    assert found[1] == window
    assert found[2] == Window(START_MS, START_MS + 5)
    assert await store.history.read(lambda view: view.span(Window(0, START_MS))) is None
    assert await store.history.read(lambda view: view.span(Window(START_MS + 5, START_MS + 9))) is None


async def test_a_window_can_be_cut_to_models(store: Store) -> None:
    records = [record(1, model="a"), record(2, model="b"), record(3, model="a")]
    await store.history.apply(answer(records), NOW_MS)
    found = await store.history.read(
        lambda view: (list(view.records(ALWAYS, frozenset({"a"}))), view.sums(ALWAYS, None, frozenset({"b", "c"})))
    )
    assert [r.id for r in found[0]] == [1, 3]
    assert [t.model for t in found[1].totals] == ["b"]


async def test_an_answer_that_does_not_reach_back_leaves_a_gap(store: Store) -> None:
    await store.history.apply(answer([record(1), record(2)]), NOW_MS)
    stored = await store.history.apply(answer([record(7), record(8)]), NOW_MS)
    gap = Gap(record(2).created_ms, record(7).created_ms)
    assert stored.gaps_changed
    assert store.history.summary().gaps == [gap]
    found = await store.history.read(
        lambda view: (view.gaps(ALWAYS), view.gaps(Window(0, gap.from_ms)), view.gaps(Window(gap.from_ms, gap.to_ms)))
    )
    assert found == ([gap], [], [gap])


async def test_the_first_answer_leaves_no_gap(store: Store) -> None:
    await store.history.apply(answer([record(7), record(8)]), NOW_MS)
    assert store.history.summary().gaps == []


async def test_what_does_not_count_still_says_what_is_known(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    await store.history.apply(answer([], oldest_ms=record(1).created_ms, newest_ms=record(6).created_ms), NOW_MS)
    await store.history.apply(answer([record(7)], oldest_ms=record(6).created_ms), NOW_MS)
    assert store.history.summary().gaps == []


async def test_an_answer_closes_the_part_of_a_gap_that_it_covers(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    await store.history.apply(answer([record(20)]), NOW_MS)
    await store.history.apply(answer([record(10), record(20)]), NOW_MS)
    assert store.history.summary().gaps == [Gap(record(1).created_ms, record(10).created_ms)]
    await store.history.apply(answer([record(1), record(10), record(20)]), NOW_MS)
    assert store.history.summary().gaps == []


async def test_a_record_dated_in_the_future_does_not_hide_later_gaps(store: Store) -> None:
    await store.history.apply(answer([record(1), record(2), record(3, after_ms=10**12)]), NOW_MS)
    await store.history.apply(answer([record(7), record(8)]), NOW_MS)
    assert store.history.summary().gaps == [Gap(record(2).created_ms, record(7).created_ms)]


async def test_gaps_survive_a_restart(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.history.apply(answer([record(1)]), NOW_MS)
        await store.history.apply(answer([record(9)]), NOW_MS)
        gaps = store.history.summary().gaps
    with opened(data_dir) as store:
        assert store.history.summary().gaps == gaps != []
