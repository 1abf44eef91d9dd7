"""Owns how the relay's answer is read: both its shapes, its drifting amounts, its malformed records.

What a refused call looks like is `poller.judge`'s; what is kept of an answer is the store's.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec
from msgspec import Struct

from domain.credits import MAX_MICROS, MICROS_PER_CREDIT, micros_from_decimal
from domain.errors import UpstreamRefusedError, UpstreamUnexpectedError
from domain.records import MAX_ID, MAX_MODEL_LENGTH, MAX_TIME_MS, Answer, Record
from poller.depths import shallow

_COUNTING: Final = ("USAGE", "v1/messages")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_UNWANTED_IN_MODEL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MAX_CREDITS: Final = MAX_MICROS // MICROS_PER_CREDIT
_LONGEST_NUMBER: Final = 40


class _Row(Struct, gc=False, rename="camel"):
    """One record as the relay wrote it. The types are those of a sound one; `_read` trusts none of them."""

    id: int | None = None
    created_at: str | None = None
    type: str | None = None
    endpoint: str | None = None
    credits_used: Any = None  # an integer, a decimal or a string of one
    model: str | None = None


class _Envelope(Struct, gc=False):
    """The answer as the specification words it, its records not read yet."""

    code: int | str | None = None
    data: list[msgspec.Raw] | None = None


# The records of an answer are read one at a time: all of 100,000 at once would take 60 MB, and keep every other thread
# waiting meanwhile.
_OUTLINE: Final = msgspec.json.Decoder(list[msgspec.Raw] | _Envelope)
_ROW: Final = msgspec.json.Decoder(_Row, float_hook=Decimal)
_UNREADABLE: Final = (msgspec.MsgspecError, InvalidOperation, UnicodeDecodeError, RecursionError)


def read_answer(body: bytes) -> Answer:
    """Return what the answer holds. Records that cannot be read are counted in `malformed` and cost no other.

    Raises UpstreamRefusedError where the answer says 401 or 403 inside, and UpstreamUnexpectedError where it is no
    JSON, says that it failed, or holds no list of records.
    """
    try:
        records = _OUTLINE.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except _UNREADABLE:
        return _gathered(_rows_apart(body))
    if isinstance(records, _Envelope):
        _must_be_success(records.code)
        if records.data is None:
            raise _no_list()
        records = records.data
    return _gathered(_rows(records))


def _rows(records: list[msgspec.Raw]) -> Iterator[_Row | None]:
    """Yield the rows, those of odd records too, and empty the list: none is held longer than it takes to read it."""
    records.reverse()
    while records:
        record = records.pop()
        try:
            yield _ROW.decode(record)
        except _UNREADABLE:
            yield from _rows_apart(b"[%b]" % bytes(record))


def _rows_apart(body: bytes) -> list[_Row | None]:
    """Return the rows of an answer, or of a part of one, in which something is odd; None for what is not an object.

    The standard library reads what msgspec refuses: halves of surrogate pairs, bytes that are not UTF-8, control
    characters, numbers without bounds. What is nested too deeply for either is cut out first.
    """
    text = body.decode("utf-8-sig", "surrogateescape")
    try:
        try:
            top = _LENIENT.decode(text)
        except RecursionError:
            top = _LENIENT.decode(shallow(text))
    except (ValueError, RecursionError) as error:
        raise UpstreamUnexpectedError("The relay answered something that is not JSON.") from error
    if isinstance(top, dict):
        _must_be_success(top.get("code"))
        top = top.get("data")
    if not isinstance(top, list):
        raise _no_list()
    return [_row(item) if isinstance(item, dict) else None for item in top]


def _row(item: dict[str, Any]) -> _Row:
    get = item.get
    return _Row(get("id"), get("createdAt"), get("type"), get("endpoint"), get("creditsUsed"), get("model"))


def _integer(text: str) -> int | None:
    return int(text) if len(text) <= _LONGEST_NUMBER else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _nothing(_: str) -> None:
    """NaN and the infinities, which are no JSON, are no amounts either."""


_LENIENT: Final = json.JSONDecoder(parse_int=_integer, parse_float=_decimal, parse_constant=_nothing, strict=False)


def _must_be_success(code: object) -> None:
    text = str(code).strip() if isinstance(code, int | str) else ""
    if code is None or text == "200":
        return
    if text in ("401", "403"):
        raise UpstreamRefusedError("The relay refuses the stored cookie.")
    raise UpstreamUnexpectedError("The relay says that it could not answer.")


def _no_list() -> UpstreamUnexpectedError:
    return UpstreamUnexpectedError("The relay answered something that is not a list of records.")


def _gathered(rows: Iterable[_Row | None]) -> Answer:
    records: dict[int, Record] = {}
    models: dict[str, str] = {}
    fetched = malformed = 0
    oldest_ms, newest_ms = MAX_TIME_MS, -1
    for row in rows:
        fetched += 1
        created_ms = _time_ms(row.created_at) if row else None
        if created_ms is not None:
            oldest_ms = min(oldest_ms, created_ms)
            newest_ms = max(newest_ms, created_ms)
        if row is None or created_ms is None or not _is_id(row.id):
            malformed += 1
        elif (row.type, row.endpoint) == _COUNTING:
            record = _record(row, created_ms, models)
            if record is None:
                malformed += 1
            else:
                # Newest first: where a record stands twice, the relay's later word is the upper one.
                records.setdefault(record.id, record)
    dated = newest_ms >= 0
    return Answer(
        list(records.values()), fetched, oldest_ms if dated else None, newest_ms if dated else None, malformed
    )


def _record(row: _Row, created_ms: int, models: dict[str, str]) -> Record | None:
    """Return what the row says; its model is one string for all records with the same name."""
    micros = _micros(row.credits_used)
    if micros is None or row.id is None or row.model is None or not _is_model(row.model):
        return None
    return Record(row.id, models.setdefault(row.model, row.model), micros, created_ms)


def _is_id(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_ID


def _is_model(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_MODEL_LENGTH and not _UNWANTED_IN_MODEL.search(value)


def _micros(amount: object) -> int | None:
    """Return an amount that came as an integer, a decimal or a string in millionths, None where it is none."""
    if type(amount) is int:
        return amount * MICROS_PER_CREDIT if 0 <= amount <= _MAX_CREDITS else None
    if isinstance(amount, str):
        # Decimal takes Python's numbers, too: 1_000, and the digits of every script.
        amount = _decimal(amount) if amount.isascii() and "_" not in amount else None
    return micros_from_decimal(amount) if isinstance(amount, Decimal) else None


def _time_ms(text: object) -> int | None:
    """Return an ISO 8601 time as UTC epoch milliseconds, cut down; one that names no offset is UTC."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    ms = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MILLISECOND
    return ms if 0 <= ms <= MAX_TIME_MS else None
