import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import MAX_ID, MAX_TIME_MS, Gap, Record
from storage import codec

times = st.integers(0, MAX_TIME_MS)
ids = st.integers(0, MAX_ID)
amounts = st.integers(0, 2**63 - 1)


@given(times, ids, amounts, st.integers(0, 2**64 - 1))
def test_records_come_back_as_they_were(created_ms: int, record_id: int, micros: int, sequence: int) -> None:
    key, value = codec.record_key(created_ms, record_id), codec.record_value(1, micros, sequence)
    assert codec.read_record(key, value, ["a", "b"]) == Record(record_id, "b", micros, created_ms)
    assert codec.read_value(value) == (1, micros, sequence)
    assert codec.time_of(key) == created_ms


@given(st.lists(st.tuples(times, ids), min_size=2, unique=True))
def test_keys_lie_in_the_order_of_time_and_identity(places: list[tuple[int, int]]) -> None:
    assert sorted(places) == sorted(places, key=lambda place: codec.record_key(*place))


@given(st.lists(st.tuples(*[st.integers(0, 2**32 - 1)] * 2, amounts, st.integers(0, 14_399_999))))
def test_cells_come_back_as_they_were(entries: list[tuple[int, int, int, int]]) -> None:
    assert list(codec.read_cell(codec.cell_value(entries))) == entries


@given(times, times)
def test_gaps_come_back_as_they_were(from_ms: int, to_ms: int) -> None:
    assert codec.read_gap(codec.time_key(from_ms), codec.time_key(to_ms)) == Gap(from_ms, to_ms)


def test_a_sum_over_what_fits_is_an_error_not_a_wrong_number() -> None:
    with pytest.raises(OverflowError):
        codec.cell_value([(0, 1, 2**63, 0)])
    with pytest.raises(OverflowError):
        codec.lifetime_value(1, 2**63, 0)
