"""Owns what a query may say: windows, models, buckets and formats, each checked once, here.

How a moment is written is `moments`'.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias, get_args

from msgspec import Struct
from multidict import MultiMapping

from domain.errors import InvalidValueError
from domain.records import MAX_TIME_MS
from domain.windows import MAX_BUCKET_S, Window
from domain.zones import Zone
from web.moments import moment_ms
from web.rooms import Rooms

Format: TypeAlias = Literal["csv", "json", "ndjson"]

MAX_RANGE_MIN: Final = 527_040
MAX_STREAM_MIN: Final = 1_440
MINUTE_MS: Final = 60_000

_WINDOW: Final = frozenset({"range", "from", "to"})
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_MOMENT: Final = "an ISO 8601 time such as 2025-08-25T13:39:44Z, or epoch milliseconds, in the years 1970 to 9999"


class Now(Struct, frozen=True):
    """What a window without an end of its own depends on: the time, the newest record's, the configuration."""

    ms: int
    newest_ms: int | None
    range_min: int
    where: Zone

    @classmethod
    def of(cls, rooms: Rooms) -> "Now":
        """Return how things stand."""
        latest = rooms.usage.summary().latest
        newest_ms = None if latest is None else latest.created_ms
        return cls(rooms.clock.wall_ms(), newest_ms, rooms.settings.config.range_minutes, rooms.zone())

    @property
    def end_ms(self) -> int:
        """Now, or just behind a newest record of the near future: the relay's clock may be ahead of ours."""
        if self.newest_ms is not None and self.newest_ms < self.ms + 86_400_000:
            return max(self.ms, self.newest_ms + 1)
        return self.ms


class Selection(Struct, frozen=True):
    """Which records are asked for. `models` None means all."""

    window: Window
    models: frozenset[str] | None


Query: TypeAlias = MultiMapping[str]


def selection(query: Query, now: Now, further: Iterable[str] = ()) -> Selection:
    """Return the window and models asked for; InvalidValueError for those, and for what is not in `further` either."""
    ensure_known(query, {*_WINDOW, "model", *further}, repeatable="model")
    models = query.getall("model", [])
    return Selection(_window(query, now), frozenset(models) if models else None)


def bucket(query: Query) -> int | Literal["auto"] | None:
    """Return the bucket's size in seconds, `auto`, or None for no buckets."""
    text = query.get("bucket")
    if text is None or text == "auto":
        return "auto" if text else None
    return _number("bucket", text, MAX_BUCKET_S, "seconds", ", or auto")


def export_format(query: Query) -> Format:
    """Return the format asked for, csv where none is."""
    text = query.get("format", "csv")
    for known in get_args(Format):
        if text == known:
            return known  # type: ignore[no-any-return] # get_args forgets what it was given
    raise InvalidValueError("format", "format is one of csv, json and ndjson.")


def stream_range_min(query: Query, configured_min: int) -> int:
    """Return how many minutes a stream starts with; a query may also say `lastEventId`."""
    ensure_known(query, {"range", "lastEventId"})
    text = query.get("range")
    if text is None:
        return min(configured_min, MAX_STREAM_MIN)
    return _number(
        "range", text, MAX_STREAM_MIN, "minutes", "; for more take /api/usage, and its cursor as lastEventId"
    )


def ensure_known(query: Query, known: Iterable[str] = (), repeatable: str | None = None) -> None:
    """Refuse parameters that are not `known`, and those that come twice though only one may: no guess is made."""
    names = set(known)
    for name in dict.fromkeys(query):
        if name not in names:
            shown = name if _NAME.fullmatch(name) else "query"
            listed = ", ".join(sorted(names)) or "none"
            raise InvalidValueError(shown, f"There is no such parameter here. Those that there are: {listed}.")
        if name != repeatable and len(query.getall(name)) > 1:
            raise InvalidValueError(name, f"{name} is given more than once. Give it once.")


def _window(query: Query, now: Now) -> Window:
    if "range" in query:
        if "from" in query or "to" in query:
            raise InvalidValueError("range", "range does not go with from and to. Give the one or the other.")
        return _last(_number("range", query["range"], MAX_RANGE_MIN, "minutes"), now)
    if "from" not in query:
        if "to" in query:
            raise InvalidValueError("from", f"from is missing. Give {_MOMENT}.")
        return _last(now.range_min, now)
    from_ms = _moment("from", query["from"], now)
    to_ms = _moment("to", query["to"], now) if "to" in query else now.end_ms
    if from_ms >= to_ms:
        raise InvalidValueError("from", "from is not before to. Give an earlier from, or a later to.")
    return Window(from_ms, to_ms)


def _last(minutes: int, now: Now) -> Window:
    return Window(max(0, now.ms - minutes * MINUTE_MS), now.end_ms)


def _moment(field: str, text: str, now: Now) -> int:
    ms = moment_ms(text, now.where)
    if ms is None or not 0 <= ms <= MAX_TIME_MS + 1:
        raise InvalidValueError(field, f"{field} is {_MOMENT}.")
    return ms


def _number(field: str, text: str, largest: int, unit: str, hint: str = "") -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= largest:
        raise InvalidValueError(field, f"{field} is a whole number of {unit} from 1 to {largest:,}{hint}.")
    return int(text)
