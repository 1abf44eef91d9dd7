"""However the relay's bytes come over the wire, a call ends in an answer or in an error of ours, and leaves nothing."""

import gzip
import json
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from domain.cookie import MAX_HEADER_BYTES, names
from domain.errors import UpstreamError
from poller.client import RelayClient
from tests.fakes.relay import CHECK, USAGE, Behaviour, Exchange, FakeRelay
from tests.torture.inputs import throw
from tests.torture.oddities import a_little_off

SAMPLE: Final = (Path(__file__).parents[1] / "samples" / "usage.json").read_bytes()
COOKIE: Final = "session=good; other=1"

HEADERS: Final[dict[bytes, tuple[bytes, ...]]] = {
    b"Content-Type": (
        *(
            b"application/json",
            b"text/html",
            b"application/json; charset=utf-16",
            b"text/html; charset=\xff",
            b"",
            b";=;",
        ),
    ),
    b"Content-Length": (b"0", b"1", b"999999", b"-1", b"+5", b"5, 5", b"5, 6", b"x", b"9" * 40, b"", b"\xb2"),
    b"Transfer-Encoding": (b"chunked", b"gzip, chunked", b"identity", b"x", b"Chunked", b"chunked, chunked"),
    b"Content-Encoding": (
        b"gzip",
        b"deflate",
        b"br",
        b"zstd",
        b"gzip, gzip",
        b"gzip," * 99 + b"gzip",
        b"x",
        b"",
        b"\xff",
    ),
    b"Set-Cookie": (
        *(
            b"session=new; Path=/",
            b"session=; Max-Age=0",
            b"a=b; Expires=Mon, 99-Foo-9999 99:99:99 GMT",
            b"=",
            b";",
            b"\xe4=\xff",
        ),
        *(
            b"x=" + b"y" * 20_000,
            b'session="a\\"b"; Domain=.x',
            b"s.0=1; Max-Age=99999999999999999999",
            b"a=b; Expires=" + b" 1" * 3_000,
        ),
        *(b'a=b; Version=x; Port="80,x"; Max-Age=\x00', b"session=a\r\n b"),
    ),
    b"Retry-After": (
        b"120",
        b"-1",
        b"9" * 400,
        b"Mon, 25 Aug 2025 13:39:44 GMT",
        b"1 Jan , 10:00 +0",
        b"Mon,",
        b",,,,,",
        b"\xb2",
    ),
    b"Date": (b"Mon, 25 Aug 2025 13:39:44 GMT", b"0 0 0 0:0:0 +9999999999", b"31 Dec 9999 23:59:59 -2359", b"x"),
    b"Location": (b"/login", b"http://[", b"//\xff"),
    b"Connection": (b"close", b"keep-alive", b"upgrade"),
    b"X": (b"y" * 70_000, b"\x00", b"a\r\n folded", b""),
    b"\xff\xfe": (b"",),
    b" X": (b"y",),
}
STATUS_LINES: Final = (
    *(
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200",
        b"HTTP/1.0 200 OK",
        b"HTTP/1.1 204 No",
        b"HTTP/1.1 304 No",
    ),
    *(
        b"HTTP/1.1 401 No",
        b"HTTP/1.1 302 Go",
        b"HTTP/1.1 429 Slow",
        b"HTTP/1.1 503 Down",
        b"HTTP/1.1 100 Continue",
        b"HTTP/2 200",
    ),
    *(
        b"HTTP/1.1 999 x",
        b"HTTP/1.1 1000 x",
        b"HTTP/1.1 -1 x",
        b"HTTP/1.1 abc",
        b"ICY 200 OK",
        b"",
        b"HTTP/1.1 200 \xff\x00",
    ),
)


@st.composite
def wires(draw: st.DrawFn) -> bytes:
    """Draw the bytes of an answer whose headers may lie of its body."""
    body = draw(st.sampled_from([SAMPLE, SAMPLE[:300] + b"]", b"[]", b"", b"<html><title>Login", b'{"code":401}']))
    body = draw(st.sampled_from([body, gzip.compress(body), zlib.compress(body), chunks(body), chunks(body)[:-5]]))
    chosen = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=5))
    colon = draw(st.sampled_from([b": ", b": ", b":", b" : "]))
    lines = [
        draw(st.sampled_from(STATUS_LINES)),
        *(name + colon + draw(st.sampled_from(HEADERS[name])) for name in chosen),
    ]
    lines += [b"Set-Cookie: n%d=1" % number for number in range(draw(st.sampled_from([0, 0, 0, 30, 120])))]
    return b"\r\n".join((*lines, b"", b"")) + body


def chunks(data: bytes) -> bytes:
    """Return data as two chunks and the last one."""
    middle = len(data) // 2
    parts = [part for part in (data[:middle], data[middle:]) if part]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def sends(wire: bytes) -> Behaviour:
    """Answer with these bytes, and no more."""

    async def send(exchange: Exchange) -> None:
        await exchange.send(wire)

    return send


async def test_a_call_ends_whatever_comes_over_the_wire(
    count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    drawn: list[bytes] = []
    throw(st.one_of(wires(), a_little_off(wires())), max(100, count("inputs") // 20), drawn.append)
    outcomes: dict[str, int] = {}
    began_s = time.monotonic()
    async with FakeRelay() as relay:
        client = RelayClient(relay.url)
        for wire in drawn:
            relay.behave(USAGE, sends(wire))
            relay.behave(CHECK, sends(wire))
            for reply in (await client.usage(COOKIE), await client.check(COOKIE)):
                assert reply.error is None or isinstance(reply.error, UpstreamError), wire
                after = reply.cookie_after(COOKIE, 1_756_129_184_230)
                assert after.isascii(), wire
                assert after.isprintable(), wire
                assert names(after), wire
                assert len(after) <= MAX_HEADER_BYTES, wire
                outcome = reply.error.code if reply.error else "taken"
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
        await client.close()
        await relay.wait_for_quiet()
    figure("answers over a lying wire", f"{json.dumps(outcomes)} in {time.monotonic() - began_s:.0f} s")
