"""Owns what a person may paste on a day, the right and the wrong, each around a canary.

What it amounts to is `domain.paste`'s.
"""

import io
import json
from collections.abc import Callable
from typing import Final

import aiohttp

from tests.domain.pastes import (
    bash_ansi_bytes,
    bash_chrome,
    cmd_new,
    cmd_oldest,
    cookies_txt,
    curl,
    extension_json,
    storage_rows,
)

RIGHT: Final[dict[str, Callable[[str], str]]] = {
    "header value": lambda value: f"session={value}; theme=dark",
    "header line": lambda value: f"Cookie: session={value}; theme=dark",
    "headers": lambda value: f"GET /api HTTP/1.1\nHost: x\nCookie: session={value}; theme=dark\nAccept: */*",
    "curl for bash": lambda value: curl(bash_chrome, " \\\n  ", "-b", f"session={value}; theme=dark"),
    "curl for bash, escaped": lambda value: curl(bash_ansi_bytes, " ", "-H", f"Cookie: session={value}; theme=dark"),
    "curl for Windows": lambda value: curl(cmd_new, " ^\n  ", "-b", f"session={value}; theme=dark"),
    "curl for Windows, older": lambda value: curl(cmd_oldest, " ", "-H", f"Cookie: session={value}; theme=dark"),
    "extension": lambda value: extension_json([("session", value), ("theme", "dark")]),
    "cookies.txt": lambda value: cookies_txt([("session", value), ("theme", "dark")]),
    "storage table": lambda value: storage_rows([("session", value), ("theme", "dark")]),
    "not all ASCII": lambda value: f"session={value}; theme=dunkel\u00fc",
}
"""By form; each amounts to a session and a theme."""


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


WRONG: Final[dict[str, Callable[[str], bytes]]] = {
    "no name": lambda value: _json({"cookie": value}),
    "no name, no padding": lambda value: _json({"cookie": value.rstrip("=")}),
    "control characters": lambda value: _json({"cookie": f"\0\x01{value.rstrip('=')}\x7f"}),
    "too long": lambda value: _json({"cookie": f"session={value * 1000}"}),
    "a million characters": lambda value: _json({"cookie": value * 30_000}),
    "an unknown field": lambda value: _json({"cookie": f"session={value}", value: value}),
    "a field twice wrong": lambda value: _json({"cookie": [value], "session": {"a": value}}),
    "a wrong type": lambda value: _json({"cookie": {"session": value}}),
    "a wrong top": lambda value: _json([value]),
    "JSON that ends too soon": lambda value: f'{{"cookie": "session={value}'.encode(),
    "no JSON": lambda value: f"cookie=session={value}".encode(),
    "no UTF-8": lambda value: b'{"cookie": "\xff' + value.encode() + b'"}',
    "half a surrogate": lambda value: f'{{"cookie": "\\ud800{value}"}}'.encode(),
    "a web page": lambda value: _json({"cookie": f"<html>{value}"}),
    "an address": lambda value: _json({"cookie": f"https://example.com/{value}"}),
    "a fetch call": lambda value: _json({"cookie": f"fetch('{value}')"}),
    "a curl command without a cookie": lambda value: _json({"cookie": f"curl 'https://x.test/{value}'"}),
    "an open quote": lambda value: _json({"cookie": f"curl 'https://x.test/ -b 'session={value}"}),
    "an extension's JSON that is none": lambda value: _json({"cookie": f'[{{"name": "session", "value": "{value}'}),
    "an oversized body": lambda value: _json({"cookie": "x", "more": value * 20_000}),
}
"""Bodies of `PUT /api/cookie` that are refused."""

ASIDE: Final[dict[str, Callable[[str], tuple[str, str, dict[str, str], bytes | None]]]] = {
    "the query": lambda value: ("GET", f"/api/usage?range={value}&{value}=1", {}, None),
    "the query of the stream": lambda value: ("GET", f"/api/events?lastEventId={value}&range=60&x={value}", {}, None),
    "a model's name": lambda value: ("GET", f"/api/usage?model={value}", {}, None),
    "a moment": lambda value: ("GET", f"/api/usage?from={value}&to={value}", {}, None),
    "the path": lambda value: ("GET", f"/api/cookie/{value}", {}, None),
    "the name of a file": lambda value: ("GET", f"/assets/{value}.js", {}, None),
    "the method": lambda value: (value[:30].upper(), "/api/cookie", {}, None),
    "a cookie of ours": lambda value: ("GET", "/api/status", {"Cookie": f"session={value}"}, None),
    "Authorization": lambda value: ("GET", "/api/status", {"Authorization": f"Bearer {value}"}, None),
    "Host": lambda value: ("GET", "/api/status", {"Host": f"{value[:30]}.example"}, None),
    "Origin": lambda value: ("PUT", "/api/task", {"Origin": f"https://{value[:30]}.example"}, b"{}"),
    "Accept-Encoding": lambda value: ("GET", "/", {"Accept-Encoding": value}, None),
    "Expect": lambda value: ("PUT", "/api/task", {"Expect": value}, b"{}"),
    "Content-Type": lambda value: ("PUT", "/api/cookie", {"Content-Type": f"text/{value}"}, value.encode()),
    "no content type": lambda value: ("PUT", "/api/cookie", {"Content-Type": ""}, value.encode()),
    "Content-Encoding": lambda value: ("PUT", "/api/cookie", {"Content-Encoding": value}, value.encode()),
    "the configuration": lambda value: ("PATCH", "/api/config", {}, _json({"timeZone": value, "theme": value})),
    "the switch": lambda value: ("PUT", "/api/task", {}, _json({"enabled": value})),
}
"""Where a cookie may end up by mistake: method, path, headers and body of a request."""

JSON: Final = {"Content-Type": "application/json"}


async def answer_to(
    session: aiohttp.ClientSession, method: str, url: str, headers: dict[str, str], body: bytes | None
) -> tuple[int, bytes]:
    """Return the status, and all that was answered, the headers too."""
    sent = JSON | headers if body is not None else headers
    async with session.request(method, url, headers=sent, data=body and io.BytesIO(body)) as response:
        lines = [b": ".join(header) for header in response.raw_headers]
        return response.status, b"\n".join((*lines, await response.read()))
