"""Owns what requests are made of: sound queries, bodies and headers, and the odd ones beside them.

How they are thrown is `inputs`', what must hold of their answers `target`'s.
"""

import json
from typing import Final
from urllib.parse import quote

from hypothesis import strategies as st

from tests.domain.pastes import header_values
from tests.torture.oddities import NUMBERS, a_little_off, json_texts, object_text, texts, to_bytes

READING: Final = (
    *(
        "/api/status",
        "/api/config",
        "/api/usage",
        "/api/usage/export",
        "/api/events",
        "/api/session",
        "/healthz",
        "/metrics",
        "/",
    ),
    "/api/nothing",
)
WRITING: Final = (
    *(("PATCH", "/api/config"), ("PUT", "/api/cookie"), ("PUT", "/api/task"), ("DELETE", "/api/cookie")),
    *(("POST", "/api/cookie/check"), ("POST", "/api/refresh"), ("POST", "/api/status"), ("POST", "/api/session")),
)

_MOMENTS: Final = (
    *("0", "1756129184230", "253402214400000", "253402300800000", "2025-08-25", "2025-08-25T13:39:44.230Z"),
    *(
        "2025-08-25 13:39",
        "1970-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999999999-23:59",
        "0001-01-01",
        "0000-00-00",
    ),
    *("2025-02-29", "2025-08-25T24:00", "2025-08-25T13:39:60Z", "2025-03-30T02:30", "2025-W01-1", "20250825"),
)
_QUERIES: Final[dict[str, tuple[str, ...]]] = {
    "range": ("1", "60", "1440", "1441", "527040", "527041", *NUMBERS),
    "from": _MOMENTS,
    "to": _MOMENTS,
    "model": ("claude-sonnet-4-20250514", "", "*"),
    "bucket": ("1", "300", "86400", "34560000", "34560001", "auto", "AUTO", *NUMBERS),
    "format": ("csv", "json", "ndjson", "CSV", "xml"),
    "lastEventId": ("0", "a-0", "0123456789ab-1", "z" * 40 + "-9223372036854775807", "a-9223372036854775808"),
    "more": ("",),
}


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Draw a query, escaped so that it may stand in a request line."""
    parts = []
    for name in draw(st.lists(st.sampled_from(sorted(_QUERIES)), max_size=4)):
        value = draw(st.one_of(st.sampled_from(_QUERIES[name]), texts, st.sampled_from(_QUERIES[name])))
        parts.append(f"{name}={_escaped(value)}" if draw(st.integers(0, 15)) else _escaped(f"{name}{value}"))
    if draw(st.integers(0, 7)) == 0:
        parts.append(quote(draw(st.binary(max_size=12)), safe="%&=;+"))
    return draw(st.sampled_from(["&", "&", "&", ";", "&&"])).join(parts)


def _escaped(text: str) -> str:
    return quote(to_bytes(text), safe="+:,;/@!$'()*-._~")


_CONFIG: Final[dict[str, tuple[object, ...]]] = {
    "intervalSeconds": (10, 86_400, 9, 86_401),
    "rangeMinutes": (1, 60, 527_040),
    "cookieCheckMinutes": (1, 1_440),
    "timeZone": (
        *("local", "UTC", "Asia/Shanghai", "Pacific/Kiritimati", "America/St_Johns", "Africa/Monrovia", "Asia", "."),
        *(
            "..",
            "../etc/passwd",
            "/etc/localtime",
            "tzdata.zi",
            "zone.tab",
            "__init__.py",
            "a.b/c",
            "UTC\x00",
            "posix/UTC",
        ),
        *("asia/shanghai", "Asia/Shanghai/", "Asia//Shanghai", "~", "CON", "\ud800", "", "x" * 101),
    ),
    "locale": ("auto", "zh-CN", "en", "fr"),
    "theme": ("system", "light", "dark", "Dark"),
    "chartMode": ("requests", "rate", "cumulative", ""),
    "hiddenModels": ([], ["claude-sonnet-4-20250514"], [""] * 1_001, ["x" * 201], [["x"]], [None]),
    "retentionDays": (None, 1, 3_660, 3_661),
}
_FIELDS: Final[dict[str, dict[str, tuple[object, ...]]]] = {
    "/api/config": _CONFIG,
    "/api/task": {"enabled": (True, False)},
    "/api/session": {"key": ("k", "", "é", "\ud800", "x" * 20_000)},
    "/api/cookie": {"cookie": ("a=1", "session=good; b=2", "", "no", "a=" + "1" * 20_000)},
}


@st.composite
def bodies(draw: st.DrawFn, path: str) -> bytes:
    """Draw a body for a path: an object of fields that it knows, more or less, or some other JSON."""
    if draw(st.integers(0, 7)) == 0:
        return to_bytes(draw(json_texts))
    known = _FIELDS.get(path, _CONFIG)
    pairs = []
    for name in draw(st.lists(st.sampled_from([*sorted(known), "more"]), max_size=4)):
        if name not in known or draw(st.integers(0, 3)) == 0:
            value = draw(json_texts)
        elif name == "cookie" and draw(st.booleans()):
            value = json.dumps(draw(header_values()))
        else:
            value = json.dumps(draw(st.sampled_from(known[name])))
        pairs.append((json.dumps(name), value))
    text = to_bytes(object_text(pairs))
    return draw(a_little_off(st.just(text))) if draw(st.integers(0, 3)) == 0 else text


_TYPES: Final = (
    *(
        "application/json",
        "application/json",
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
    ),
    *(
        "application/json; charset=utf-16",
        "text/plain",
        "",
        ";",
        "application/json;;",
        "multipart/form-data; boundary=x",
    ),
)
_CODINGS: Final = (
    None,
    None,
    None,
    None,
    None,
    None,
    "identity",
    "gzip",
    "deflate",
    "br",
    "zstd",
    "gzip, gzip",
    "x",
    "",
)


@st.composite
def body_headers(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Draw the headers that say what a body is, which they need not know."""
    headers = [("Content-Type", draw(st.sampled_from(_TYPES)))]
    coding = draw(st.sampled_from(_CODINGS))
    return headers if coding is None else [*headers, ("Content-Encoding", coding)]


_HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "Host": (
        "127.0.0.1",
        "localhost:1",
        "localhost:99999",
        "[::1]",
        "evil.example",
        "",
        "127.0.0.1:x",
        "[",
        "user@localhost",
    ),
    "Accept-Encoding": (
        "gzip",
        "br;q=1.0, *;q=0",
        "identity;q=0",
        "gzip;q=9",
        ",,,",
        "*;q=0.0001",
        "gzip;q=" + "0" * 999,
    ),
    "If-None-Match": ('"x"', "*", 'W/"x", "y"', '"', "W/", '"' * 99, 'W/"' * 2_000),
    "If-Modified-Since": ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "Thu, 99 Foo 99999 99:99:99 +9999"),
    "Range": ("bytes=0-", "bytes=9-1", "bytes=-", "bytes=0-0,2-", "bytes=99999999999999999999-"),
    "Cookie": ("ccurve-8080=x", "a=b; c", ";;;", '="', "a=" + "x" * 4_000, "\xe4=\xff", 'a="\\400"'),
    "Authorization": ("Bearer x", "Bearer", "Basic eA==", "Bearer \xff", "bearer  a b", ""),
    "Origin": ("null", "http://evil.example", "http://127.0.0.1", "file://", ""),
    "Sec-Fetch-Site": ("same-origin", "none", "cross-site", "same-site", ""),
    "Expect": ("100-continue", "200-ok", ""),
    "Connection": ("close", "keep-alive", "Upgrade", "upgrade, keep-alive", "x, , y", ""),
    "Upgrade": ("websocket", "h2c", "TLS/1.0", ""),
    "Sec-WebSocket-Key": ("dGhlIHNhbXBsZSBub25jZQ==",),
    "Content-Type": (
        "application/json",
        "text/plain; charset=\xff",
        "application/json; charset=utf-7",
        'a/b; c="',
        ";",
    ),
    "Content-Length": ("0", "1", "2", "16", "00002", "+2", "-1", "2, 2", "0x2", "524288", "524289", "9" * 30, "٢", ""),
    "Content-Encoding": ("gzip", "deflate", "br", "zstd", "identity", "x-gzip, gzip", ""),
    "Transfer-Encoding": ("chunked", "Chunked", "gzip, chunked", "chunked, chunked", "identity", " chunked", "x", ""),
    "Last-Event-ID": ("a-0", "0123456789ab-1", "\xff", "-", "a-99999999999999999999", "a" * 4_000),
    "Accept": ("*/*", "text/event-stream", "text/html;q=x", "a" * 3_000),
    "X-Forwarded-Host": ("evil.example",),
    "X-HTTP-Method-Override": ("DELETE",),
    "Date": ("x",),
    "X": ("y", "z" * 7_000, "z" * 9_000, "\t", "\x0b", "\x7f"),
}
_CHUNKS: Final = (
    *(
        b"2\r\n{}\r\n0\r\n\r\n",
        b"2;x=y\r\n{}\r\n0\r\nA: b\r\n\r\n",
        b"ffffffffffffffffff\r\n{}",
        b"-1\r\n",
        b"2\r\n{}0\r\n\r\n",
        b"0\r\n\r\n",
    ),
    *(b"2\n{}\n0\n\n", b"+2\r\n{}\r\n0\r\n\r\n", b"2 \r\n{}\r\n0\r\n\r\n", b"0\r\nX: " + b"y" * 9_000 + b"\r\n\r\n"),
)
_METHODS: Final = (
    *("GET", "GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PRI", "G T", ""),
    *("GET\t", "X" * 70, "G\xc4T"),
)
_TARGETS: Final = (
    *(
        *READING,
        "*",
        "//",
        "/../",
        "/%00",
        "/%ff",
        "/%",
        "/a b",
        "http://127.0.0.1/api/status",
        "http://evil.example/",
        "?",
        "#",
    ),
    *(
        "//evil.example/api/status",
        "http://[",
        "http://127.0.0.1:99999/",
        "/api/status#x",
        "/\x7f",
        "/\xc3\xa4",
        "/" + "a" * 9_000,
    ),
    *(
        "/api/status?" + "a=1&" * 2_000,
        "127.0.0.1:1",
        "",
        "/api/usage?range=60&bucket=auto",
        "\\",
        "/api/status;x",
        "file:///etc",
    ),
)


@st.composite
def raw_requests(draw: st.DrawFn) -> bytes:
    """Draw the bytes of a request: some of its headers odd, or said twice, or lying of the body."""
    method, path = draw(st.sampled_from(_METHODS)), draw(st.sampled_from(_TARGETS))
    version = draw(
        st.sampled_from(["HTTP/1.1"] * 8 + ["HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.10", "http/1.1", ""])
    )
    lines = [f"{method} {path} {version}", *(["Host: 127.0.0.1"] if draw(st.integers(0, 9)) else [])]
    for name in draw(st.lists(st.sampled_from(sorted(_HEADERS)), max_size=5)):
        colon = draw(st.sampled_from([": ", ": ", ": ", ":", " : ", ":\t", "", ": \r\n "]))
        lines.append(f"{name}{colon}{draw(st.sampled_from(_HEADERS[name]))}")
    end = draw(st.sampled_from(["\r\n"] * 6 + ["\n", "\r"]))
    head = end.join((*lines, "", "")).encode("utf-8" if draw(st.booleans()) else "latin-1", "replace")
    body = draw(st.one_of(st.just(b""), st.just(b"{}"), st.sampled_from(_CHUNKS), bodies("/api/config")))
    return head + body


def off_requests() -> st.SearchStrategy[bytes]:
    """Draw the bytes of a request, or something that was one once."""
    return st.one_of(raw_requests(), raw_requests(), a_little_off(raw_requests()))
