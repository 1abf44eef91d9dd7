"""Owns what is fuzzed with an eye on the code that is reached: one function for each parser, fed with any bytes.

Each returns where the outcome is one of those promised, and raises where it is not. Where there is a second way to say
the same, both must agree. How they are run is `__main__`'s.
"""

import contextlib
import io
import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import msgspec
from multidict import MultiDict

from domain.cookie import MAX_HEADER_BYTES, names, rotated
from domain.cookie_change import read_change
from domain.cookie_date import read_cookie_date
from domain.credits import MAX_MICROS, credits_text, micros_from_decimal
from domain.cursor import MAX_SEQUENCE, cursor_from_text
from domain.errors import CookieUnreadableError, InvalidValueError, StartError, UpstreamError
from domain.paste import read_cookie
from domain.settings import Config, ConfigPatch, patched
from domain.zones import zone
from launch.options import read_options
from poller import judge
from poller.parse import read_answer
from web.bodies import _explained
from web.hosts import Hosts, is_loopback
from web.moments import moment_ms
from web.query import Now, bucket, export_format, selection, stream_range_min

SAMPLE: Final = (Path(__file__).parents[2] / "samples" / "usage.json").read_bytes()
UTC_ZONE: Final = zone("UTC")
NOW: Final = Now(1_756_129_184_230, None, 60, UTC_ZONE)
NOW_MS: Final = NOW.ms


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def answer(data: bytes) -> None:
    """An answer of the relay; msgspec's reading and the standard library's must agree on what both can read."""
    try:
        read = read_answer(data)
    except UpstreamError:
        return
    if not all(0 <= record.micros <= MAX_MICROS for record in read.records):
        raise AssertionError(read)
    # A byte that only one of the two readers takes, in a record of its own: the others must not notice.
    if data.startswith(b"[") and data.rstrip().endswith(b"]") and read.fetched:
        other = read_answer(b'["\x01",' + data[1:])
        if (other.records, other.fetched) != (read.records, read.fetched + 1):
            raise AssertionError((read, other))


def page(data: bytes) -> None:
    """A web page of the relay, and the headers that it came with."""
    text = data[:80].decode("latin-1")
    response = judge.Response(200, "text/html", text, text, [], b"<" + data)
    with contextlib.suppress(UpstreamError):
        judge.raise_for_login_page(response)
    wait_s = judge.retry_after_s(text, data[80:160].decode("latin-1"), NOW_MS)
    if wait_s is not None and not 0 <= wait_s <= 86_400:
        raise AssertionError(wait_s)


def paste(data: bytes) -> None:
    """A cookie as somebody pasted it."""
    try:
        value = read_cookie(_text(data))
    except CookieUnreadableError:
        return
    sound = value.isascii() and value.isprintable() and value == value.strip() and names(value)
    if not sound or len(value) > MAX_HEADER_BYTES:
        raise AssertionError(value)


def change(data: bytes) -> None:
    """A stored cookie, and the Set-Cookie lines of an answer to it."""
    first, *lines = data.decode("latin-1").split("\n")
    try:
        stored = read_cookie(first)
    except CookieUnreadableError:
        stored = "session=a; b=c"
    for line in lines:
        read_change(line, host="www.example.com", path="/api/user/usage", now_ms=NOW_MS)
    after = rotated(stored, lines, host="www.example.com", path="/api/user/usage", now_ms=NOW_MS)
    if not (after.isascii() and after.isprintable() and names(after) and len(after) <= MAX_HEADER_BYTES):
        raise AssertionError(after)


def date(data: bytes) -> None:
    """A date of a Set-Cookie line."""
    ms = read_cookie_date(data.decode("latin-1"))
    if ms is not None and ms % 1000:
        raise AssertionError(ms)


def moment(data: bytes) -> None:
    """A moment of a query; where it says all, datetime reads the same."""
    text = _text(data)
    ms = moment_ms(text, UTC_ZONE)
    if ms is None or text.isdigit():
        return
    written = text.upper().replace(" ", "T", 1)
    tail = written[19:].replace(" ", "+")
    try:
        other = datetime.fromisoformat(written[:19] + tail)
    except ValueError:
        return  # a fraction of seven digits, say
    other = other if other.tzinfo else other.replace(tzinfo=UTC)
    whole_ms = -((datetime(1970, 1, 1, tzinfo=UTC) - other) // timedelta(milliseconds=1))
    if abs(ms - whole_ms) > 1:
        raise AssertionError((text, ms, whole_ms))


def query(data: bytes) -> None:
    """A query, as pairs of a line each."""
    lines = (line.partition("=") for line in _text(data).split("\n"))
    pairs = MultiDict((name, value) for name, _, value in lines)
    for read in (
        lambda: selection(pairs, NOW, {"bucket", "format"}),
        lambda: bucket(pairs),
        lambda: export_format(pairs),
        lambda: stream_range_min(pairs, 60),
    ):
        with contextlib.suppress(InvalidValueError):
            read()


def body(data: bytes) -> None:
    """A patch of the configuration; what is taken can be written and read again."""
    try:
        patch = msgspec.json.decode(data, type=ConfigPatch)
    except msgspec.ValidationError as error:
        if not str(_explained(str(error), ConfigPatch)).endswith("."):
            raise
        return
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    try:
        config = patched(Config(), patch)
    except InvalidValueError:
        return
    if msgspec.json.decode(msgspec.json.encode(config), type=Config) != config:
        raise AssertionError(config)


def cursor(data: bytes) -> None:
    """A Last-Event-ID; what is read is written the same."""
    text = data.decode("latin-1")
    read = cursor_from_text(text)
    if read is not None and (read.text != text or not 0 <= read.sequence <= MAX_SEQUENCE):
        raise AssertionError(text)


def host(data: bytes) -> None:
    """A Host header; what is let in is a name of ours, or an address that ipaddress calls a loopback one."""
    text = data.decode("latin-1")
    if not Hosts(("ccurve.home",)).allows_authority(text):
        return
    bare = text[1 : text.index("]")] if text.startswith("[") else text.partition(":")[0]
    if bare.lower().removesuffix(".") in {"localhost", "ccurve.home"}:
        return
    if not ipaddress.ip_address(bare).is_loopback or not is_loopback(bare):
        raise AssertionError(text)


def amount(data: bytes) -> None:
    """An amount as text; what is taken differs from what was written by less than half a millionth."""
    try:
        written = Decimal(data.decode("latin-1"))
    except InvalidOperation:
        return
    micros = micros_from_decimal(written)
    if micros is None:
        return
    if abs(Decimal(credits_text(micros)) - written) > Decimal("0.0000005"):
        raise AssertionError((written, micros))


def options(data: bytes) -> None:
    """A command line, and below an empty line the environment."""
    words, _, rest = _text(data).partition("\n\n")
    environment = dict(line.split("=", 1) for line in rest.split("\n") if "=" in line)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            read_options(words.split("\n") if words else [], environment)
        except SystemExit as end:
            if end.code not in (0, 2):
                raise AssertionError(end.code) from end
        except StartError:
            return


_CURL: Final = b"curl 'https://www.aicodemirror.com/' -H $'cookie: a=\\'1' --compressed"
_FILE: Final = b".aicodemirror.com\tTRUE\t/\tTRUE\t1790000000\tsession\tgood\n"

TARGETS: Final[dict[str, tuple[Callable[[bytes], None], list[bytes]]]] = {
    "answer": (answer, [SAMPLE[:400] + b"]", b'{"code":200,"data":[{"id":1}]}', b'[{"creditsUsed":1e-3}]']),
    "page": (page, [b"Mon, 25 Aug 2025 13:39:44 GMT".ljust(160) + b"form action='/login'><title>Sign in", b"120"]),
    "paste": (paste, [b"session=good; a=1", b"Cookie: a=1\nDNT: 1", _CURL, b'[{"name":"a","value":"1"}]', _FILE]),
    "change": (change, [b"a=1; b=2\na=3; Path=/; Expires=Mon, 25-Aug-25 13:39:44 GMT; Max-Age=0; Domain=.example.com"]),
    "date": (date, [b"Mon, 25-Aug-2025 13:39:44 GMT", b"Mon Aug 25 13:39:44 25"]),
    "moment": (moment, [b"2025-08-25T13:39:44.230Z", b"2025-08-25 13:39+08:00", b"1756129184230", b"2025-08-25"]),
    "query": (query, [b"from=2025-08-25\nto=1756129184230\nmodel=a\nmodel=b\nbucket=auto\nformat=csv", b"range=60"]),
    "body": (body, [b'{"intervalSeconds":10,"timeZone":"Asia/Shanghai","hiddenModels":["a"],"retentionDays":null}']),
    "cursor": (cursor, [b"0123456789ab-16", b"a-9223372036854775807"]),
    "host": (host, [b"127.0.0.1:8080", b"[::1]:1", b"localhost.", b"ccurve.home"]),
    "amount": (amount, [b"12.345678", b"1e-6", b"100000000"]),
    "options": (options, [b"--port\n0\n--upstream\nhttps://relay.example\n\nCCURVE_HOST=::1\nCCURVE_DEMO=yes"]),
}
"""Each parser, and what it is fed with at first."""
