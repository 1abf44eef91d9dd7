"""The store against a model in plain Python: whatever the order of pages, corrections, late arrivals and restarts."""

import asyncio
from collections.abc import Coroutine
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.records import Record
from domain.settings import Config
from domain.windows import Buckets, Window
from domain.zones import zone
from storage import files
from storage.examine import examine
from storage.store import Store, opened
from tests.storage.examples import ALWAYS, NOW_MS, START_MS, answer

T = TypeVar("T")
DAY_MS = 86_400_000


class StoreMachine(RuleBasedStateMachine):
    """`relay` is what the relay holds, `known` what the store must hold, `page` what a page has been told."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = TemporaryDirectory()
        self.path = Path(self.directory.name)
        files.prepare(self.path)
        self.open_store = ExitStack()
        self.loop = asyncio.new_event_loop()
        self.relay: dict[int, Record] = {}
        self.known: dict[int, Record] = {}
        self.page: dict[int, Record] = {}
        self.store: Store
        self.page_cursor = ""
        self.last_cursor = ""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def start(self) -> None:
        self.store = self.open_store.enter_context(opened(self.path))
        self.page_cursor = self.store.history.summary().cursor

    @rule(
        times=st.lists(st.integers(0, 3 * DAY_MS), min_size=1, max_size=25),
        model=st.sampled_from(["opus", "sonnet", "haiku"]),
    )
    def charge(self, times: list[int], model: str) -> None:
        for after_ms in times:
            number = len(self.relay) + 1
            self.relay[number] = Record(number, model, number * 1_000_001, START_MS + after_ms)

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        if self.relay:
            number = data.draw(st.sampled_from(sorted(self.relay)))
            old = self.relay[number]
            moved = old.created_ms + data.draw(st.sampled_from([0, 0, 1, DAY_MS]))
            self.relay[number] = Record(number, data.draw(st.sampled_from([old.model, "new"])), old.micros + 1, moved)

    @rule(data=st.data(), told=st.booleans())
    def poll(self, data: st.DataObject, told: bool) -> None:
        """Any page of what the relay holds, in any order; the page in the browser hears of it, or was away."""
        numbers = data.draw(st.lists(st.sampled_from(sorted(self.relay)), unique=True)) if self.relay else []
        stored = self.run(self.store.history.apply(answer(self.relay[n] for n in numbers), NOW_MS))
        new = {n: self.relay[n] for n in numbers if self.known.get(n) != self.relay[n]}
        assert {r.id: r for r in stored.records} == new
        assert len(stored.records) == len(new)
        assert stored.added == len(new.keys() - self.known.keys())
        self.known |= new
        if told and self.page_cursor == self.last_cursor:
            self.page |= new
            self.page_cursor = stored.cursor
        self.last_cursor = stored.cursor

    @rule()
    def reconnect(self) -> None:
        since = self.run(self.store.history.read(lambda view: view.since(self.page_cursor, 1_000_000)))
        assert since is not None
        self.page |= {r.id: r for r in since.records}
        self.page_cursor = since.cursor
        assert self.page == self.known

    @rule()
    def restart(self) -> None:
        lifetime = self.store.history.lifetime()
        self.open_store.close()
        assert examine(self.path / files.HISTORY).records == len(self.known)
        self.store = self.open_store.enter_context(opened(self.path))
        assert self.store.history.lifetime() == lifetime

    @rule(limit=st.integers(1, 7))
    def catch_up_from_the_beginning(self, limit: int) -> None:
        cursor = self.store.history.summary().cursor.split("-")[0] + "-0"
        caught: list[Record] = []
        more = True
        while more:
            since = self.run(self.store.history.read(lambda view, at=cursor: view.since(at, limit)))  # type: ignore[misc]
            assert since is not None
            caught += since.records
            cursor, more = since.cursor, since.more
        assert len(caught) == len(self.known)
        assert {r.id: r for r in caught} == self.known

    @rule(
        size_s=st.sampled_from([60, 900, 3600, 14_400, 86_400]), one=st.integers(0, DAY_MS), span=st.integers(1, DAY_MS)
    )
    def sum_up(self, size_s: int, one: int, span: int) -> None:
        window = Window(START_MS + one, START_MS + one + span)
        buckets = Buckets(size_s, window, zone("Asia/Kolkata"))
        sums = self.run(self.store.history.read(lambda view: view.sums(window, buckets)))
        inside = [r for r in self.known.values() if window.from_ms <= r.created_ms < window.to_ms]
        assert sum(t.micros for t in sums.totals) == sum(r.micros for r in inside)
        for series in sums.series:
            for at, micros, requests in series.points:
                held = [r for r in inside if r.model == series.model and buckets.start_of(r.created_ms) == at]
                assert (micros, requests) == (sum(r.micros for r in held), len(held))

    @rule(days=st.integers(1, 3))
    def let_go(self, days: int) -> None:
        self.run(self.store.settings.save_config(Config(retention_days=days)))
        now = START_MS + 3 * DAY_MS
        self.run(self.store.history.apply(answer([], sent_ms=now), now))
        self.run(self.store.history.prune(now))
        self.run(self.store.settings.save_config(Config()))
        cutoff = now - days * DAY_MS
        cutoff -= cutoff % 14_400_000
        gone = {n for n, r in self.known.items() if r.created_ms < cutoff}
        for number in gone:
            del self.known[number]
            self.page.pop(number, None)

    @invariant()
    def holds_what_it_was_given(self) -> None:
        if not hasattr(self, "store"):
            return
        self.last_cursor = self.store.history.summary().cursor
        records = self.run(self.store.history.read(lambda view: list(view.records(ALWAYS))))
        assert records == sorted(self.known.values(), key=lambda r: (r.created_ms, r.id))
        summary = self.store.history.summary()
        assert summary.records == len(self.known)
        assert summary.latest == (records[-1] if records else None)

    def teardown(self) -> None:
        self.open_store.close()
        self.loop.close()
        self.directory.cleanup()


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=50, stateful_step_count=40)
