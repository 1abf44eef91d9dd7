"""Owns the formats of an export: CSV, JSON and NDJSON, written page by page.

Which records a page holds is `handlers.export`'s.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from domain.credits import credits_text
from domain.records import Record
from domain.zones import Zone
from web.encode import records_text
from web.query import Format
from web.times import TimeTexts

# What makes a spreadsheet take a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class Sheet(Protocol):
    """A format: what comes before all pages, each page, and what comes after them."""

    suffix: str
    content_type: str
    before: bytes
    after: bytes

    def page(self, records: Sequence[Record], where: Zone, *, first: bool) -> bytes:
        """Return the records as text, times in the zone's; `first` where no page went before."""


class _Csv:
    """RFC 4180, UTF-8 without a byte order mark."""

    suffix = "csv"
    content_type = "text/csv"
    before = b"id,model,creditsUsed,createdAt,time\r\n"
    after = b""

    def page(self, records: Sequence[Record], where: Zone, *, first: bool) -> bytes:  # noqa: ARG002 - all are alike
        times = TimeTexts(where)
        lines = []
        for record in records:
            utc, local = times.both(record.created_ms)
            lines.append(f"{record.id},{cell(record.model)},{credits_text(record.micros)},{utc},{local}\r\n")
        return "".join(lines).encode()


class _Json:
    """One array, a record a line."""

    suffix = "json"
    content_type = "application/json"
    before = b"["
    after = b"\n]\n"

    def page(self, records: Sequence[Record], where: Zone, *, first: bool) -> bytes:
        text = records_text(records, where, ",\n")
        return f"{'' if first or not text else ','}\n{text}".encode()


class _Ndjson:
    """A record a line."""

    suffix = "ndjson"
    content_type = "application/x-ndjson"
    before = b""
    after = b""

    def page(self, records: Sequence[Record], where: Zone, *, first: bool) -> bytes:  # noqa: ARG002 - all are alike
        text = records_text(records, where, "\n")
        return f"{text}\n".encode() if text else b""


_SHEETS: Final[dict[Format, Sheet]] = {"csv": _Csv(), "json": _Json(), "ndjson": _Ndjson()}


def sheet_of(wanted: Format) -> Sheet:
    """Return the format that is called so."""
    return _SHEETS[wanted]


def cell(text: str) -> str:
    """Return foreign text as a CSV cell that no spreadsheet takes for a formula."""
    if text.startswith(_FORMULA):
        text = f"'{text}"
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
