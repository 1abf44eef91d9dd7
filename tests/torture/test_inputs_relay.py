"""What the relay may answer, byte by byte: it ends in records or in an error of ours, and no record costs another."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from hypothesis import strategies as st

from domain.credits import MAX_MICROS, credits_text
from domain.errors import UpstreamError
from domain.records import MAX_ID, MAX_MODEL_LENGTH, MAX_TIME_MS, Answer
from poller.parse import read_answer
from tests.torture.inputs import throw
from tests.torture.oddities import a_little_off, json_texts, object_text, to_bytes

Count = Callable[[str], int]

SAMPLE: Final = (Path(__file__).parents[1] / "samples" / "usage.json").read_bytes()
ROWS: Final[list[dict[str, object]]] = json.loads(SAMPLE)
FIELDS: Final = ("id", "type", "endpoint", "statusCode", "creditsUsed", "createdAt", "model")
OWN_IDS: Final = st.integers(10**6, 10**6 + 50)
"""Of sound rows; those of odd ones are other ones, or none."""


class Row(NamedTuple):
    """A row as the relay wrote it; `amount` is that of one that must be counted, None of one that is odd."""

    text: str
    id: int | None = None
    amount: str | None = None


amounts: Final = st.one_of(
    st.integers(0, 10**8).map(str),
    st.decimals(0, 10**8, places=6).map(lambda amount: f"{amount:f}"),
    st.integers(0, 10**6).map(lambda micros: f"{micros}e-6"),
)


@st.composite
def sound_rows(draw: st.DrawFn) -> Row:
    row = draw(st.sampled_from(ROWS))
    identity, amount = draw(OWN_IDS), draw(amounts)
    written = draw(st.sampled_from([amount, f'"{amount}"']))
    fields = {**row, "type": "USAGE", "endpoint": "v1/messages", "id": identity, "creditsUsed": 0}
    text = json.dumps(fields).replace('"creditsUsed": 0', f'"creditsUsed": {written}')
    return Row(text, identity, amount)


@st.composite
def odd_rows(draw: st.DrawFn) -> Row:
    """Draw a row with something odd in it, or something that is no row at all."""
    if draw(st.integers(0, 3)) == 0:
        return Row(draw(json_texts))
    row = draw(st.sampled_from(ROWS))
    pairs = [(json.dumps(name), json.dumps(value)) for name, value in row.items()]
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from((*FIELDS, "more")))
        pairs.insert(draw(st.integers(0, len(pairs))), (json.dumps(name), draw(json_texts)))
    return Row(object_text([pair for pair in pairs if draw(st.integers(0, 9))]))


rows: Final = st.lists(st.one_of(sound_rows(), odd_rows()), max_size=6)
frames: Final = st.sampled_from(["[{}]", '{{"code":200,"data":[{}]}}', "\ufeff[{}]", ' {{"data":[{}],"code":"200"}} '])


def whole(frame: str, listed: list[Row]) -> bytes:
    return to_bytes(frame.format(",".join(row.text for row in listed)))


def ensure_sane(answer: Answer) -> None:
    """Fail where an answer holds what no answer may."""
    assert len({record.id for record in answer.records}) == len(answer.records)
    assert answer.fetched >= answer.matched + answer.malformed
    for record in answer.records:
        assert 0 <= record.id <= MAX_ID
        assert 0 <= record.micros <= MAX_MICROS
        assert 0 < len(record.model) <= MAX_MODEL_LENGTH
        assert record.model.encode()
        assert answer.oldest_ms is not None
        assert answer.newest_ms is not None
        assert 0 <= answer.oldest_ms <= record.created_ms <= answer.newest_ms <= MAX_TIME_MS


def test_a_record_costs_no_other_and_amounts_are_exact(count: Count, figure: Callable[[str, object], None]) -> None:
    def check(made_up: tuple[str, list[Row]]) -> None:
        frame, listed = made_up
        answer = read_answer(whole(frame, listed))
        ensure_sane(answer)
        assert answer.fetched == len(listed)
        wanted: dict[int, str] = {}
        for row in listed:
            if row.id is not None and row.amount is not None:
                wanted.setdefault(row.id, row.amount)
        got = {record.id: record.micros for record in answer.records}
        for identity, amount in wanted.items():
            assert Decimal(credits_text(got[identity])) == Decimal(amount)

    throw(st.tuples(frames, rows), count("inputs"), check)
    figure("answers of the relay with odd records in them", count("inputs"))


def test_bytes_end_in_records_or_in_an_error(count: Count, figure: Callable[[str, object], None]) -> None:
    def check(body: bytes) -> None:
        try:
            ensure_sane(read_answer(body))
        except UpstreamError as error:
            assert str(error).endswith(".")  # noqa: PT017 - either outcome is right

    sound = st.one_of(st.just(SAMPLE), st.builds(whole, frames, rows))
    throw(a_little_off(sound), count("inputs"), check)
    figure("answers of the relay a little off", count("inputs"))
