import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credits import MAX_MICROS
from domain.records import MAX_ID, MAX_TIME_MS, Record
from domain.zones import local_text, utc_text, zone
from tests.web.stand_ins import charge
from web import encode
from web.encode import BATCH, record_batches, records_text

ZONE = zone("Asia/Kathmandu")
RECORDS = st.builds(
    Record, st.integers(1, MAX_ID), st.text(max_size=200), st.integers(0, MAX_MICROS), st.integers(0, MAX_TIME_MS)
)


def decoded(text: str) -> list[dict[str, Any]]:
    document = json.loads(f"[{text}]", parse_float=Decimal)
    assert isinstance(document, list)
    return document


@given(st.lists(RECORDS))
def test_a_record_is_written_as_the_contract_has_it(records: list[Record]) -> None:
    assert [list(one.items()) for one in decoded(records_text(records, ZONE))] == [
        [
            ("id", record.id),
            ("model", record.model),
            ("creditsUsed", Decimal(record.micros) / 1_000_000),
            ("createdAt", utc_text(record.created_ms)),
            ("time", local_text(record.created_ms, ZONE)),
        ]
        for record in records
    ]


@pytest.mark.parametrize("separator", ["\n", ",\n", ""])
def test_records_are_separated_as_asked(separator: str) -> None:
    alone = [records_text([charge(number)], ZONE) for number in (1, 2, 3)]
    assert records_text([charge(number) for number in (1, 2, 3)], ZONE, separator) == separator.join(alone)


def test_batches_join_into_one_list() -> None:
    records = [charge(number) for number in range(1, 2 * BATCH + 2)]
    batches = list(record_batches(records, ZONE))
    assert len(batches) == 3
    assert b"".join(batches).decode() == records_text(records, ZONE)


def test_no_records_are_no_text_and_no_batches() -> None:
    assert records_text([], ZONE) == ""
    assert list(record_batches([], ZONE)) == []


def test_records_are_taken_only_as_batches_are() -> None:
    taken: list[int] = []

    def source() -> Iterator[Record]:
        for number in range(1, 10 * BATCH):
            taken.append(number)
            yield charge(number)

    next(record_batches(source(), ZONE))
    assert len(taken) == BATCH


def test_ever_new_amounts_are_exact_and_forgotten() -> None:
    amounts = range(10_000)
    written = decoded(records_text((charge(1, micros=micros) for micros in amounts), ZONE))
    assert [one["creditsUsed"] for one in written] == [Decimal(micros) / 1_000_000 for micros in amounts]
    assert len(encode._amounts) <= encode.KEPT_AMOUNTS
