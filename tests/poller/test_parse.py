"""How the relay's answers are read: every shape, every drift, and no record at the cost of another."""

import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credits import MAX_MICROS, credits_text
from domain.errors import UpstreamError, UpstreamRefusedError, UpstreamUnexpectedError
from domain.records import MAX_ID, MAX_MODEL_LENGTH, MAX_TIME_MS, Answer, Record
from domain.zones import utc_text
from poller.parse import read_answer
from tests.fakes.relay import RelayRecord, charge

SAMPLE = Path(__file__).parent.parent / "samples" / "usage.json"
AT_MS = 1_756_129_184_230  # 2025-08-25T13:39:44.230Z

SHAPES: dict[str, Callable[[str], str]] = {
    "array": lambda array: array,
    "envelope": lambda array: f'{{"code":200,"data":{array}}}',
    "envelope, code as text, last": lambda array: f'{{"data":{array},"message":"ok","code":"200"}}',
    "array after a byte order mark": lambda array: f"\ufeff\r\n{array}\n",
}


def read(*items: object) -> Answer:
    return read_answer(json.dumps(items).encode())


def one(**fields: object) -> Record | None:
    """Return what is read of one record, None where it is malformed; it must be one of both."""
    answer = read(charge(7) | fields)
    assert (answer.matched, answer.malformed) in ((1, 0), (0, 1))
    return answer.records[0] if answer.records else None


def test_of_the_sample_16_of_20_records_count_and_add_up_to_334_credits() -> None:
    answer = read_answer(SAMPLE.read_bytes())
    assert (answer.fetched, answer.matched, answer.malformed) == (20, 16, 0)
    assert credits_text(sum(record.micros for record in answer.records)) == "334"
    assert answer.newest_ms == AT_MS


identities = st.integers(0, MAX_ID)
amounts = st.integers(0, MAX_MICROS)
times = st.integers(0, MAX_TIME_MS)
models = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=MAX_MODEL_LENGTH)
records = st.builds(Record, identities, models, amounts, times)


@given(st.lists(records, unique_by=lambda record: record.id), st.sampled_from(sorted(SHAPES)), st.booleans())
def test_what_the_relay_wrote_is_what_is_read(
    written: list[Record],
    shape: str,
    as_text: bool,
) -> None:
    items = []
    for record in written:
        amount = f'"{credits_text(record.micros)}"' if as_text else credits_text(record.micros)
        item = charge(record.id, credits="@", at=utc_text(record.created_ms), model=record.model)
        items.append(json.dumps(item).replace('"creditsUsed": "@"', f'"creditsUsed": {amount}'))
    answer = read_answer(SHAPES[shape](f"[{','.join(items)}]").encode())
    dates = [record.created_ms for record in written]
    assert answer == Answer(written, len(written), min(dates, default=None), max(dates, default=None))


MALFORMED = [
    *("null", "7", '"text"', "[]", "{}", "[[[]]]", "true"),
    '{"id": 1}',
    json.dumps(charge(8, credits="many")),
    json.dumps(charge(-1)),
    json.dumps(charge(8, at="yesterday")),
    json.dumps(charge(8, model="\ud83d")),
    json.dumps(charge(8) | {"creditsUsed": {"amount": [9]}}),
    json.dumps(charge(8)).replace("9,", "1e99999999999999999999,"),
    json.dumps(charge(8)).replace("9,", "NaN,"),
    json.dumps(charge(8)).replace("8,", "8" * 5000 + ",", 1),
    json.dumps(charge(8)).replace("9,", "9" * 5000 + ","),
    json.dumps(charge(8)).replace("9,", "[" * 5000 + "]" * 5000 + ","),
    '{"":' * 5000 + "1" + "}" * 5000,
    json.dumps(charge(8, model="@")).replace("@", "\n\t\x00"),
]
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize("malformed", MALFORMED)
def test_a_malformed_record_is_counted_and_costs_no_other(shape: str, malformed: str) -> None:
    array = f"[{json.dumps(charge(2))},{malformed},{json.dumps(charge(1))}]"
    answer = read_answer(SHAPES[shape](array).encode())
    assert (answer.fetched, answer.malformed) == (3, 1)
    assert [record.id for record in answer.records] == [2, 1]


@pytest.mark.parametrize("odd", ["the last", "all"])
def test_a_long_answer_is_not_all_in_memory_for_what_is_odd_in_it(odd: str) -> None:
    """Its records are read one at a time, odd ones too."""
    sound = json.dumps(charge(1))
    strange = json.dumps(charge(1, model=5))
    long = [sound] * 9_999 + [strange] if odd == "the last" else [strange] * 10_000
    body = f"[{','.join(long)}]".encode()
    tracemalloc.start()
    answer = read_answer(body)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.fetched == 10_000
    assert peak_bytes < len(body)  # read as a whole, it takes five times as much


def test_bytes_that_are_no_text_cost_their_own_record_only() -> None:
    body = json.dumps([charge(2), charge(3, model="@"), charge(1)]).encode().replace(b"@", b"\xff\xfe")
    answer = read_answer(body)
    assert ([record.id for record in answer.records], answer.malformed) == ([2, 1], 1)


@given(st.dictionaries(st.sampled_from(sorted(charge(1))), odd), st.lists(odd))
def test_whatever_stands_in_a_record_its_neighbours_are_read(fields: dict[str, object], others: list[object]) -> None:
    answer = read(charge(2), charge(3) | fields, *others, charge(1))
    assert answer.fetched == len(others) + 3
    assert {1, 2} <= {record.id for record in answer.records}
    assert answer.matched + answer.malformed <= answer.fetched


@given(st.binary() | odd.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused_in_our_words(body: bytes) -> None:
    try:
        read_answer(body)
    except UpstreamError as error:
        assert str(error).startswith("The relay ")  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b" ", b"null", b"7", b'"text"', b"{}", b"nonsense", b"[", b'[{"id":1}', b"[]]", b"<html></html>"),
        *(b'{"data":null}', b'{"code":200}', b'{"code":200,"data":null}', b'{"code":200,"data":{}}', b"\xff\xfe[]"),
        *(b'{"code":500,"data":[]}', b'{"code":"500","data":[]}', b'{"code":true,"data":[]}', b'{"code":[],"x":1}'),
        *(b"[" * 100_000, b'[{"a":' * 50_000, b'{"a":' * 100_000),
    ],
)
def test_what_is_no_answer_is_unexpected(body: bytes) -> None:
    with pytest.raises(UpstreamUnexpectedError):
        read_answer(body)


@pytest.mark.parametrize("depth", [10, 5_000, 100_000])
def test_nesting_however_deep_does_no_harm(depth: int) -> None:
    answer = read_answer(b"[" + b"[" * depth + b"]" * depth + b"]")
    assert (answer.fetched, answer.malformed) == (1, 1)


def test_what_is_odd_in_a_field_that_nobody_wants_does_not_cost_its_record() -> None:
    odd = json.dumps(charge(8, more="@")).replace('"@"', f'["\x01\x1f", {"[" * 5000}{"]" * 5000}]')
    answer = read_answer(f"[{odd}]".encode())
    assert ([record.id for record in answer.records], answer.malformed) == ([8], 0)


@pytest.mark.parametrize("body", [b'{"code":401}', b'{"code":403,"data":[]}', b'{"code":"401","data":null,"x":NaN}'])
def test_a_refusal_inside_the_answer_is_a_refusal(body: bytes) -> None:
    with pytest.raises(UpstreamRefusedError):
        read_answer(body)


def test_an_empty_list_is_an_answer() -> None:
    assert read() == Answer([], 0, None, None)


AMOUNTS: list[tuple[object, int]] = [
    (0, 0),
    (9, 9_000_000),
    (0.1, 100_000),
    (1e-6, 1),
    (2.5e-6, 2),
    (3.5e-6, 4),
    ("980", 980_000_000),
    (" 980.50 ", 980_500_000),
    ("\t+9.\r\n", 9_000_000),
    ("1e2", 100_000_000),
    (100_000_000, MAX_MICROS),
]
NO_AMOUNTS: list[object] = [
    *(None, True, False, -1, -0.5, "", " ", "nine", "NaN", "Infinity", "-1", "1,5", "1 000", "0x10"),
    *([9], {"value": 9}, 100_000_001, 1e300, "1" * 50),
    *("1_000", "1_0.5", "1_0e1", "\u0669", "\uff19", "9\u00a0", "\u20039", "\u22129", "9\udc00", "inf", "sNaN", "0b1"),
]


@pytest.mark.parametrize(("amount", "micros"), AMOUNTS)
def test_an_amount_may_be_an_integer_a_decimal_or_text(amount: object, micros: int) -> None:
    record = one(creditsUsed=amount)
    assert record is not None
    assert record.micros == micros


@pytest.mark.parametrize("amount", NO_AMOUNTS)
def test_what_is_no_amount_makes_the_record_malformed(amount: object) -> None:
    assert one(creditsUsed=amount) is None


@given(st.decimals(0, 100_000_000, places=6))
def test_decimals_are_read_exactly_as_they_are_written(amount: Decimal) -> None:
    body = json.dumps([charge(7, credits="@")]).replace('"@"', f"{amount:f}").encode()
    assert read_answer(body).records[0].micros == int(amount * 1_000_000)


@pytest.mark.parametrize("identity", [None, -1, MAX_ID + 1, 1.0, 1.5, "11048661", True, [], 10**30])
def test_what_is_no_identity_makes_the_record_malformed(identity: object) -> None:
    assert one(id=identity) is None


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2025-08-25T13:39:44.230Z", AT_MS),
        ("2025-08-25T13:39:44.230999999Z", AT_MS),
        ("2025-08-25T13:39:44.23Z", AT_MS),
        ("2025-08-25T13:39:44Z", AT_MS - 230),
        ("2025-08-25T13:39:44", AT_MS - 230),
        ("2025-08-25 13:39:44.230", AT_MS),
        ("2025-08-25T21:39:44.230+08:00", AT_MS),
        ("2025-08-25T08:09:44.230-0530", AT_MS),
        ("1970-01-01T00:00:00.000Z", 0),
        (utc_text(MAX_TIME_MS), MAX_TIME_MS),
    ],
)
def test_a_time_is_read_with_any_offset_and_cut_to_the_millisecond(text: str, ms: int) -> None:
    record = one(createdAt=text)
    assert record is not None
    assert record.created_ms == ms


@given(times, st.integers(-14 * 60, 14 * 60))
def test_the_same_instant_is_read_from_every_offset(ms: int, offset_min: int) -> None:
    where = timezone(timedelta(minutes=offset_min))
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
    try:
        text = moment.astimezone(where).isoformat()
    except OverflowError:  # beyond the calendar there
        return
    record = one(createdAt=text)
    assert record is not None
    assert record.created_ms == ms


@pytest.mark.parametrize(
    "text",
    [
        *(None, 1_756_129_184_230, "", "now", "25.08.2025", "2025-13-01T00:00:00Z", "2025-08-25T25:00:00Z"),
        *(
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "10000-01-01T00:00:00Z",
        ),
        *("2025-08-25T13:39:44.230Z\n", "2025-08-25T13:39:60Z", "0001-01-01T00:00:00+14:00", {}),
    ],
)
def test_what_is_no_time_makes_the_record_malformed(text: object) -> None:
    assert one(createdAt=text) is None


@pytest.mark.parametrize(
    "model", [None, "", 7, [], "a\nb", "a\x00", "a\x7f", "a\x85", "\udc00", "x" * (MAX_MODEL_LENGTH + 1)]
)
def test_what_is_no_model_name_makes_the_record_malformed(model: object) -> None:
    assert one(model=model) is None


def test_a_model_may_be_called_anything_else() -> None:
    for name in ("x" * MAX_MODEL_LENGTH, "模型 🙂", " ", "=cmd()", "a\u2028b"):
        record = one(model=name)
        assert record is not None
        assert record.model == name


OTHERS: list[RelayRecord] = [
    charge(7, type="RECHARGE"),
    charge(7, type="usage"),
    charge(7, type=None),
    charge(7, type=5),
    charge(7, endpoint="v1/messages/count_tokens"),
    charge(7, endpoint=None),
    charge(7, type="RECHARGE", credits=None, model=None, endpoint=[]),
    charge(7, type="RECHARGE", credits=-500, model=""),
    {"id": 7, "createdAt": "2025-08-25T13:39:44.230Z"},
]


@pytest.mark.parametrize("item", OTHERS)
def test_what_is_no_charge_is_left_out_but_dates_the_answer(item: RelayRecord) -> None:
    assert read(item) == Answer([], 1, AT_MS, AT_MS)


@pytest.mark.parametrize("field", ["id", "createdAt"])
def test_what_is_no_charge_and_cannot_be_placed_is_malformed(field: str) -> None:
    assert read(charge(7, type="RECHARGE") | {field: None}).malformed == 1


def test_an_answer_spans_everything_dated_in_it() -> None:
    answer = read(
        charge(5, at="2025-08-25T13:00:05Z", credits="?"),
        charge(4, at="2025-08-25T13:00:04Z"),
        charge(3, at="2025-08-25T13:00:03Z", type="RECHARGE"),
        charge(2, at="?"),
    )
    assert answer.newest_ms is not None
    assert answer.oldest_ms is not None
    assert (answer.newest_ms - answer.oldest_ms, answer.matched, answer.malformed) == (2000, 1, 2)


def test_of_an_identity_that_comes_twice_the_first_counts() -> None:
    answer = read(charge(7, credits=2), charge(7, credits=1))
    assert (answer.fetched, [record.micros for record in answer.records]) == (2, [2_000_000])
