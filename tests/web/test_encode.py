import json
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.credits import MAX_MICROS
from domain.records import MAX_ID, MAX_TIME_MS, Record
from domain.zones import local_text, utc_text, zone
from tests.web.stand_ins import charge
from web.encode import BATCH, RecordEncoder, TimeTexts

ZONE = zone("Asia/Kathmandu")
RECORDS = st.builds(
    Record, st.integers(1, MAX_ID), st.text(max_size=200), st.integers(0, MAX_MICROS), st.integers(0, MAX_TIME_MS)
)


def decoded(parts: list[str]) -> list[dict[str, object]]:
    return [json.loads(part, parse_float=Decimal) for part in parts]


@given(st.lists(RECORDS))
def test_a_record_is_written_as_the_contract_has_it(records: list[Record]) -> None:
    written = decoded(RecordEncoder(ZONE).objects(records))
    assert [list(one.items()) for one in written] == [
        [
            ("id", record.id),
            ("model", record.model),
            ("creditsUsed", Decimal(record.micros) / 1_000_000),
            ("createdAt", utc_text(record.created_ms)),
            ("time", local_text(record.created_ms, ZONE)),
        ]
        for record in records
    ]


@given(st.lists(RECORDS))
def test_the_totals_are_the_sums_of_what_was_written(records: list[Record]) -> None:
    encoder = RecordEncoder(ZONE)
    list(encoder.batches(records))
    totals = encoder.totals()
    assert {total.model for total in totals} == {record.model for record in records}
    assert [total.micros for total in totals] == sorted((total.micros for total in totals), reverse=True)
    for total in totals:
        own = [record for record in records if record.model == total.model]
        assert (total.micros, total.requests) == (sum(record.micros for record in own), len(own))
        assert total.latest_ms == own[-1].created_ms


def test_batches_join_into_one_list() -> None:
    records = [charge(number) for number in range(1, 2 * BATCH + 2)]
    batches = list(RecordEncoder(ZONE).batches(records))
    assert len(batches) == 3
    assert [one["id"] for one in json.loads(b"[" + b"".join(batches) + b"]")] == [record.id for record in records]


def test_no_records_are_no_batches() -> None:
    assert list(RecordEncoder(ZONE).batches([])) == []


def test_records_are_taken_only_as_batches_are() -> None:
    taken: list[int] = []

    def source() -> Iterator[Record]:
        for number in range(1, 10 * BATCH):
            taken.append(number)
            yield charge(number)

    next(RecordEncoder(ZONE).batches(source()))
    assert len(taken) == BATCH


def test_ever_new_amounts_are_exact_and_forgotten() -> None:
    encoder = RecordEncoder(ZONE)
    written = decoded(encoder.objects(charge(number, micros=number) for number in range(1, 10_000)))
    assert [one["creditsUsed"] for one in written] == [Decimal(number) / 1_000_000 for number in range(1, 10_000)]
    assert len(encoder._amounts) < 5_000


@given(st.integers(0, MAX_TIME_MS))
def test_a_time_is_said_in_both_ways(ms: int) -> None:
    assert TimeTexts(ZONE).both(ms) == (utc_text(ms), local_text(ms, ZONE))
