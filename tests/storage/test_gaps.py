"""The table of gaps against a model in plain Python: the set of the milliseconds that are unknown."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.gaps import within
from domain.records import Gap
from storage import gaps, schema
from storage.environment import Environment, Transaction
from storage.store import Store
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer, record

END = 60

moments = st.tuples(st.integers(0, END), st.integers(0, END)).map(sorted)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), moments), max_size=25), moments)
def test_gaps_are_what_was_opened_and_not_closed_since(
    changes: list[tuple[bool, list[int]]], window: list[int]
) -> None:
    unknown: set[int] = set()

    def work(transaction: Transaction) -> None:
        for opens, (from_ms, to_ms) in changes:
            before = gaps.touching(transaction, tables, 0, END + 1)
            change = gaps.open_one if opens and from_ms < to_ms else gaps.close
            changed = change(transaction, tables, from_ms, to_ms)
            if change is gaps.open_one:
                unknown.update(range(from_ms, to_ms))
            else:
                unknown.difference_update(range(from_ms, to_ms))
            found = gaps.touching(transaction, tables, 0, END + 1)
            assert changed == (found != before)
            assert all(gap.from_ms < gap.to_ms for gap in found)
            assert all(one.to_ms <= other.from_ms for one, other in pairwise(found))
            assert {ms for gap in found for ms in range(gap.from_ms, gap.to_ms)} == unknown
            assert gaps.touching(transaction, tables, *window) == within(found, *window)
            assert gaps.newest(transaction, tables, 3) == found[-3:]

    with TemporaryDirectory() as name:
        environment = Environment(Path(name) / "gaps.mdb", schema.bring_up_to_date)
        tables = environment.tables
        try:
            environment.write_now(work, "test")
        finally:
            environment.close()


async def test_an_answer_older_than_the_last_makes_nothing_unknown(store: Store) -> None:
    await store.history.apply(answer([record(1)]), NOW_MS)
    await store.history.apply(answer([], oldest_ms=record(1).created_ms, newest_ms=record(6).created_ms), NOW_MS)
    await store.history.apply(answer([record(1)]), NOW_MS)
    await store.history.apply(answer([record(7)], oldest_ms=record(6).created_ms), NOW_MS)
    assert store.history.summary().gaps == []


async def test_a_gap_takes_in_one_that_it_reaches_over(store: Store) -> None:
    # Dated in the future of this machine, what was seen is forgotten by the answer that follows.
    await store.history.apply(answer([record(1)]), START_MS)
    await store.history.apply(answer([], oldest_ms=record(6).created_ms, newest_ms=record(6).created_ms), START_MS)
    assert store.history.summary().gaps == [Gap(record(1).created_ms, record(6).created_ms)]
    await store.history.apply(answer([record(1)]), START_MS)
    await store.history.apply(answer([record(9)]), START_MS)
    gap = Gap(record(1).created_ms, record(9).created_ms)
    assert store.history.summary().gaps == [gap]
    assert await store.history.read(lambda view: view.gaps(ALWAYS)) == [gap]
