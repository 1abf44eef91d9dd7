import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict

from domain.errors import InvalidValueError
from domain.records import MAX_TIME_MS
from domain.windows import MAX_BUCKET_S, Window
from domain.zones import zone
from web.query import Now, bucket, export_format, selection, stream_range_min

NOW_MS = 1_756_128_000_000
HOUR_MS = 3_600_000
NOW = Now(NOW_MS, None, 60, zone("Asia/Shanghai"))

Pairs = list[tuple[str, str]]


def window(*pairs: tuple[str, str], now: Now = NOW) -> Window:
    return selection(MultiDict(pairs), now).window


def fault(*pairs: tuple[str, str], further: tuple[str, ...] = ()) -> str:
    with pytest.raises(InvalidValueError) as raised:
        selection(MultiDict(pairs), NOW, further)
    assert str(raised.value).endswith(".")
    return raised.value.field


def test_without_anything_the_window_is_the_configured_one() -> None:
    assert window() == Window(NOW_MS - HOUR_MS, NOW_MS)


def test_a_range_ends_now() -> None:
    assert window(("range", "120")) == Window(NOW_MS - 2 * HOUR_MS, NOW_MS)


@pytest.mark.parametrize("range_min", ["1", "527040"])
def test_the_bounds_of_a_range_are_taken(range_min: str) -> None:
    assert window(("range", range_min)).from_ms == NOW_MS - int(range_min) * 60_000


@pytest.mark.parametrize("text", ["0", "527041", "-1", "+60", "60.0", "6e1", "", " 60", "\u0666\u0660", "1" * 5000])
def test_any_other_range_is_refused(text: str) -> None:
    assert fault(("range", text)) == "range"


def test_a_record_of_the_near_future_is_within_a_window_that_ends_now() -> None:
    ahead = Now(NOW_MS, NOW_MS + 5_000, 60, NOW.where)
    assert window(("range", "60"), now=ahead) == Window(NOW_MS - HOUR_MS, NOW_MS + 5_001)
    assert window(now=ahead).to_ms == NOW_MS + 5_001
    assert window(("from", "0"), now=ahead).to_ms == NOW_MS + 5_001


def test_a_record_of_the_far_future_stretches_no_window() -> None:
    assert window(("range", "60"), now=Now(NOW_MS, NOW_MS + 25 * HOUR_MS, 60, NOW.where)).to_ms == NOW_MS


def test_from_and_to_are_taken_as_they_are() -> None:
    found = window(("from", "2025-08-25"), ("to", "2025-08-25T01:00 08:00"))
    assert found.to_ms - found.from_ms == HOUR_MS


def test_to_is_now_where_it_is_left_out() -> None:
    assert window(("from", "0")) == Window(0, NOW_MS)


def test_the_last_moment_taken_is_within_reach() -> None:
    assert window(("from", "0"), ("to", str(MAX_TIME_MS + 1))).to_ms == MAX_TIME_MS + 1


@pytest.mark.parametrize(
    ("pairs", "field"),
    [
        ([("range", "60"), ("from", "0")], "range"),
        ([("range", "60"), ("to", "1")], "range"),
        ([("to", "1")], "from"),
        ([("from", "5"), ("to", "5")], "from"),
        ([("from", "6"), ("to", "5")], "from"),
        ([("from", str(NOW_MS))], "from"),
        ([("from", "today")], "from"),
        ([("from", "0"), ("to", "tomorrow")], "to"),
        ([("from", "0"), ("to", str(MAX_TIME_MS + 2))], "to"),
        ([("from", "1969-12-31T23:59:59Z")], "from"),
        ([("from", "0"), ("from", "0")], "from"),
        ([("range", "60"), ("range", "60")], "range"),
        ([("bucket", "60")], "bucket"),
        ([("format", "csv")], "format"),
        ([("since", "1")], "since"),
        ([("session=s3cr3t", "")], "query"),
        ([("", "")], "query"),
    ],
)
def test_what_contradicts_repeats_or_is_unknown_is_refused(pairs: Pairs, field: str) -> None:
    assert fault(*pairs) == field


def test_models_may_be_several() -> None:
    query = MultiDict([("model", "opus"), ("model", "sonnet"), ("model", "opus")])
    assert selection(query, NOW).models == frozenset({"opus", "sonnet"})


def test_without_a_model_all_are_meant() -> None:
    assert selection(MultiDict(), NOW).models is None


def test_a_model_without_a_name_is_a_name_too() -> None:
    assert selection(MultiDict([("model", "")]), NOW).models == frozenset({""})


@pytest.mark.parametrize(
    ("text", "size"), [(None, None), ("auto", "auto"), ("1", 1), (str(MAX_BUCKET_S), MAX_BUCKET_S)]
)
def test_a_bucket_is_a_size_or_auto_or_none(text: str | None, size: object) -> None:
    assert bucket(MultiDict() if text is None else MultiDict(bucket=text)) == size


@pytest.mark.parametrize("text", ["", "0", "Auto", "1.5", str(MAX_BUCKET_S + 1)])
def test_any_other_bucket_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="bucket is") as raised:
        bucket(MultiDict(bucket=text))
    assert raised.value.field == "bucket"


def test_an_export_is_csv_unless_told_otherwise() -> None:
    assert export_format(MultiDict()) == "csv"
    assert export_format(MultiDict(format="ndjson")) == "ndjson"


@pytest.mark.parametrize("text", ["", "CSV", "xlsx"])
def test_any_other_format_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        export_format(MultiDict(format=text))
    assert raised.value.field == "format"


@pytest.mark.parametrize(("configured", "expected"), [(60, 60), (1_440, 1_440), (527_040, 1_440)])
def test_a_stream_starts_with_the_configured_range_up_to_a_day(configured: int, expected: int) -> None:
    assert stream_range_min(MultiDict(), configured) == expected


@pytest.mark.parametrize("text", ["1441", "0", "x"])
def test_a_stream_of_more_than_a_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="/api/usage") as raised:
        stream_range_min(MultiDict(range=text), 60)
    assert raised.value.field == "range"


@given(st.lists(st.tuples(st.sampled_from(["range", "from", "to", "model", "bucket", "x"]), st.text())))
def test_any_query_gives_a_window_or_names_a_field(pairs: Pairs) -> None:
    field = None
    found = Window(0, 1)
    try:
        found = selection(MultiDict(pairs), NOW, {"bucket"}).window
    except InvalidValueError as error:
        field = error.field
    assert field != ""
    assert 0 <= found.from_ms < found.to_ms <= MAX_TIME_MS + 1
