"""Every way in which sound pages can contradict themselves is found, and nothing that is right is taken for one."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from domain.errors import DatabaseDamagedError, StartError
from domain.settings import Config
from storage import codec, files, schema
from storage.environment import Environment, Tables, Transaction
from storage.examine import Found, examine
from storage.intake import SEQUENCE_KEY
from storage.store import opened
from tests.storage.examples import NOW_MS, START_MS, answer, record

Change = Callable[[Transaction, Tables], object]

RECORDS: Final = [record(n, model=f"model-{n % 3}") for n in range(1200)]
LAST: Final = RECORDS[-1]
KEY: Final = codec.record_key(LAST.created_ms, LAST.id)
NUMBER: Final = codec.number_key
TIME: Final = codec.time_key


@pytest.fixture
async def history(data_dir: Path) -> Path:
    with opened(data_dir) as store:
        await store.history.apply(answer(RECORDS[:500]), NOW_MS)
        await store.history.apply(answer(RECORDS[600:]), NOW_MS)
        await store.history.apply(answer([record(n, model="model-1", micros=7) for n in range(700, 710)]), NOW_MS)
        await store.settings.save_config(Config(retention_days=3660))
    return data_dir / files.HISTORY


def change(history: Path, change: Change) -> None:
    environment = Environment(history, schema.bring_up_to_date)
    environment.write_now(lambda transaction: change(transaction, environment.tables), "test")
    environment.close()


def test_what_was_stored_adds_up(history: Path) -> None:
    assert examine(history) == Found(schema.VERSION, 1100, LAST.created_ms)


async def test_what_was_let_go_and_corrected_adds_up(data_dir: Path, history: Path) -> None:
    with opened(data_dir) as store:
        await store.settings.save_config(Config(retention_days=1))
        later = record(2300)  # the relay's time goes on: a clock alone makes nothing old
        await store.history.apply(answer([later]), later.created_ms)
        await store.history.prune(later.created_ms)
        await store.history.apply(answer([record(1199, after_ms=1, micros=3, model="another")]), NOW_MS)
    assert 0 < examine(history).records < 1100


CHANGES: Final[dict[str, tuple[Change, str]]] = {
    "an amount": (lambda t, d: t.put(KEY, codec.record_value(1, 9, 1110), db=d.records), "sequence|order|sum"),
    "no such model": (lambda t, d: t.put(KEY, codec.record_value(9, 5_000_000, 1), db=d.records), "no model"),
    "half a record": (lambda t, d: t.put(KEY, b"short", db=d.records), "a record cannot be read"),
    "a record gone": (lambda t, d: t.delete(KEY, db=d.records), "more or fewer records"),
    "a record gone with its indexes": (
        lambda t, d: (
            t.delete(NUMBER(codec.read_value(t.get(KEY, b"", db=d.records))[2]), db=d.sequence),
            t.delete(KEY, db=d.records),
            t.delete(NUMBER(LAST.id), db=d.ids),
        ),
        "a sum is not that of its records",
    ),
    "an identity at another time": (lambda t, d: t.put(NUMBER(LAST.id), TIME(1), db=d.ids), "where its index says"),
    "an identity gone": (lambda t, d: t.delete(NUMBER(LAST.id), db=d.ids), "more or fewer records"),
    "a change of another": (lambda t, d: t.put(NUMBER(1), KEY, db=d.sequence), "order of changes"),
    "a sequence that was not reached": (
        lambda t, d: t.put(SEQUENCE_KEY, NUMBER(3), db=d.meta),
        "newer than the newest",
    ),
    "a sum of nothing": (
        lambda t, d: t.put(TIME(START_MS + 10**11), codec.cell_value([(0, 1, 1, 0)]), db=d.cells[0]),
        "records that are not there",
    ),
    "a lifetime too small": (
        lambda t, d: t.put(NUMBER(0), codec.lifetime_value(1, 1, 1), db=d.lifetime),
        "less than its records",
    ),
    "a lifetime of no model": (
        lambda t, d: t.put(NUMBER(3), codec.lifetime_value(1, 1, 1), db=d.lifetime),
        "more or fewer models",
    ),
    "a model with two numbers": (lambda t, d: t.put(NUMBER(1), b"model-0", db=d.models), "two numbers"),
    "a model far off": (lambda t, d: t.put(NUMBER(7), b"far", db=d.models), "one after the other"),
    "a model of no text": (lambda t, d: t.put(NUMBER(1), b"\xff", db=d.models), "a record cannot be read"),
    "a gap that ends before it begins": (lambda t, d: t.put(TIME(9), TIME(8), db=d.gaps), "gaps lie"),
    "gaps over one another": (
        lambda t, d: (t.put(TIME(1), TIME(9), db=d.gaps), t.put(TIME(8), TIME(12), db=d.gaps)),
        "gaps lie",
    ),
    "no identity": (lambda t, d: t.delete(b"store", db=d.meta), "no identity"),
    "a table gone": (lambda t, d: t.drop(d.gaps, delete=True), "a table is missing"),
}


@pytest.mark.parametrize(("wrong", "problem"), CHANGES.values(), ids=CHANGES.keys())
def test_a_contradiction_is_found_and_named(history: Path, wrong: Change, problem: str) -> None:
    change(history, wrong)
    with pytest.raises(DatabaseDamagedError, match=problem):
        examine(history)


@pytest.mark.parametrize("level", range(4))
@pytest.mark.parametrize("how", ["gone", "another"])
def test_a_wrong_sum_is_found_at_every_width(history: Path, level: int, how: str) -> None:
    def spoil(transaction: Transaction, tables: Tables) -> None:
        cursor = transaction.cursor(tables.cells[level])
        assert cursor.first()
        key, (first, *rest) = cursor.key(), codec.read_cell(cursor.value())
        model, requests, micros, latest = first
        if how == "gone":
            transaction.delete(key, db=tables.cells[level])
        else:
            transaction.put(
                key, codec.cell_value([(model, requests, micros + 1, latest), *rest]), db=tables.cells[level]
            )

    change(history, spoil)
    with pytest.raises(DatabaseDamagedError, match="a sum"):
        examine(history)


@pytest.mark.parametrize("config", [b"{", b'{"intervalSeconds": 0}', b'{"theme": "sepia"}'])
def test_a_configuration_of_another_release_is_no_damage(history: Path, config: bytes) -> None:
    change(history, lambda t, d: t.put(b"config", config, db=d.meta))
    with pytest.raises(StartError, match="Start the release that wrote it") as raised:
        examine(history)
    assert not isinstance(raised.value, DatabaseDamagedError)
