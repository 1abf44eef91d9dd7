"""Owns the bytes that the relay to test against reads and writes, as far as it keeps to HTTP."""

from typing import NamedTuple, TypeAlias

Headers: TypeAlias = dict[str, str]


class Request(NamedTuple):
    """One request as it arrived: `raw` is its whole head, `cookie` the value of its Cookie header, if it had one."""

    raw: bytes
    path: str
    cookie: str | None


def parsed(raw: bytes) -> Request:
    request_line, *lines = raw.decode("latin-1").split("\r\n")
    cookies = [line[len("cookie:") :].strip(" ") for line in lines if line.lower().startswith("cookie:")]
    return Request(raw, request_line.split(" ")[1], cookies[0] if cookies else None)


def head(code: int, headers: Headers, set_cookies: list[str]) -> bytes:
    lines = [f"HTTP/1.1 {code} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    lines += [f"Set-Cookie: {line}" for line in set_cookies]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def whole(code: int, body: bytes, headers: Headers, set_cookies: list[str]) -> bytes:
    return head(code, {"Content-Length": str(len(body))} | headers, set_cookies) + body
