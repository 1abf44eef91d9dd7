"""Where a request ends, nobody may see otherwise: what could be read in two ways is refused, or is the last."""

import asyncio
import re
from typing import Final

import pytest

from tests.web.site import Site

HOST: Final = b"Host: localhost\r\n"
PUT: Final = b"PUT /api/task HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
BODY: Final = b'{"enabled": true}'
CHUNKS: Final = b"11\r\n" + BODY + b"\r\n0\r\n\r\n"
CHUNKED: Final = PUT + b"Transfer-Encoding: chunked\r\n\r\n"
GET: Final = b"GET /healthz HTTP/1.1\r\n" + HOST
NEXT: Final = GET + b"Connection: close\r\n\r\n"
"""What follows on the connection; that it is answered says where the server saw the first one end."""


async def answered(site: Site, sent: bytes) -> list[int]:
    """Send all of it at once; return the statuses of the answers once the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    try:
        writer.write(sent)
        received = await reader.read()
        while more := await reader.read():
            received += more
    finally:
        writer.close()
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


CODINGS: Final = (
    *(b"xchunked", b"chunked, identity", b"identity", b"identity, chunked", b"gzip, chunked", b"chunked, chunked"),
    *(b'"chunked"', b"chunked;q=1", b"\x0bchunked", b"chunked\x0b", b"chun\tked", b"", b"chunked,", b",chunked"),
    *(b"chunked\r\nTransfer-Encoding: identity", b"identity\r\nTransfer-Encoding: chunked", b"\r\n chunked"),
    *(b"chunked\r\nTransfer-Encoding: chunked", b"chunked\r\nContent-Length: 17", b"chunked\r\nContent-Length: 0"),
)
LENGTHS: Final = (
    *(b"+17", b"-17", b"0x11", b"1e1", b"17.0", b"1 7", b"", b"17;a", b"17, 17", b"17,", b"17\x0b", b"\xc2\xb2"),
    *(b"18446744073709551616", b"9" * 100, b"17\r\nContent-Length: 17", b"17\r\nContent-Length: 0", b"1_7"),
    *(b"17\r\nTransfer-Encoding: chunked", b"17\r\n 0", b"17\r\nTransfer-Encoding: identity"),
)
BAD_CHUNKS: Final = (
    *(
        b"0x11\r\n" + BODY,
        b"+11\r\n" + BODY,
        b"-11\r\n" + BODY,
        b"11 \r\n" + BODY,
        b" 11\r\n" + BODY,
        b"1_1\r\n" + BODY,
    ),
    *(b"\r\n" + BODY, b"11\n" + BODY, b"11;a\n" + BODY, b'11;a="\r\n' + BODY, b"ffffffffffffffff1\r\n" + BODY),
    *(b"11\r" + BODY, b"11\0\r\n" + BODY, b"11\r\n" + BODY + b"0\r\n\r\n", b"11\r\n" + BODY + b"x\r\n0\r\n\r\n"),
    *(
        b"10\r\n" + BODY + b"\r\n0\r\n\r\n",
        b"11\r\n" + BODY + b"\n0\r\n\r\n",
        b"11\r\n" + BODY + b"\r\n0\r\nno field\r\n\r\n",
    ),
    *(b"11\r\n" + BODY + b"\r\n0\r\nHost: evil.example\r\n\r\n", b"11\r\n" + BODY + b"\r\n0\r\n folded: x\r\n\r\n"),
)
HEADS: Final = (
    *(b"GET /healthz HTTP/1.1\nHost: localhost\n\n", b"GET /healthz HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n"),
    *(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\n", b"GET /healthz HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n"),
    *(GET + b"X\0: y\r\n\r\n", GET + b"X: y\0\r\n\r\n", GET + b"X: y\r\n z\r\n\r\n", GET + b"X: y\r\n\tz\r\n\r\n"),
    *(
        GET + b"X : y\r\n\r\n",
        GET + b" X: y\r\n\r\n",
        GET + b": y\r\n\r\n",
        GET + b"no colon\r\n\r\n",
        GET + b"X\xff: y\r\n\r\n",
    ),
    *(GET + b"(X): y\r\n\r\n", GET + b"Transfer-Encoding : chunked\r\n\r\n", GET + b"Content-Length\x0b: 5\r\n\r\n"),
    *(b"get /healthz HTTP/1.1\r\n" + HOST + b"\r\n", b"GET\t/healthz\tHTTP/1.1\r\n" + HOST + b"\r\n"),
    *(b"GET /heal thz HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /healthz HTTP/1.1 HTTP/1.1\r\n" + HOST + b"\r\n"),
    *(
        b"GET /healthz\r\n\r\n",
        b"CONNECT \r\n" + HOST + b"\r\n",
        b"GET /healthz HTTP/0.9\r\n" + HOST + b"\r\n",
        b"GET /healthz HTTP/2.0\r\n" + HOST + b"\r\n",
    ),
    *(b"GET /healthz HTTP/1.10\r\n" + HOST + b"\r\n", b"GET /healthz http/1.1\r\n" + HOST + b"\r\n"),
    *(
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /healthz RTSP/1.0\r\n" + HOST + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    ),
    *(
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        GET + b"X: " + b"a" * 9_000 + b"\r\n\r\n",
    ),
    GET + b"X: y\r\n" * 200 + b"\r\n",
)
AMBIGUOUS: Final = (
    *(PUT + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + CHUNKS for coding in CODINGS),
    *(PUT + b"Content-Length: " + length + b"\r\n\r\n" + BODY for length in LENGTHS),
    *(CHUNKED + chunks for chunks in BAD_CHUNKS),
    *HEADS,
    PUT.replace(b"1.1", b"1.0") + b"Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
)


@pytest.mark.parametrize("sent", AMBIGUOUS, ids=range(len(AMBIGUOUS)))
async def test_what_could_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_read(site: Site, sent: bytes) -> None:
    assert await answered(site, sent + NEXT) == [400]
    assert not site.poller.task.enabled


@pytest.mark.parametrize(
    "sent",
    [
        CHUNKED + CHUNKS,
        CHUNKED.replace(b"chunked", b"Chunked ") + CHUNKS,
        CHUNKED + b"11;name=value\r\n" + BODY + b"\r\n0\r\n\r\n",
        CHUNKED + b"00000000000000011\r\n" + BODY + b"\r\n0\r\n\r\n",
        CHUNKED + b"11\r\n" + BODY + b"\r\n0\r\nX-Trailer: 1\r\n\r\n",
        CHUNKED + b"11\r\n" + BODY + b"\r\n0\r\nOrigin: http://evil.example\r\n\r\n",
        GET + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAA\r\n\r\n",
        GET + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA\r\n\r\n",
        PUT + b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 17\r\n\r\n" + BODY,
        GET + b"Upgrade: h2c\r\n\r\n",
    ],
)
async def test_behind_what_leaves_it_open_where_the_next_one_begins_there_is_none(site: Site, sent: bytes) -> None:
    assert await answered(site, sent + NEXT) == [200]


async def test_behind_a_call_for_a_tunnel_there_is_nothing(site: Site) -> None:
    connect = b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n"
    assert await answered(site, connect + NEXT) == [415]
    assert await answered(site, connect.replace(b"localhost", b"evil.example") + NEXT) == [421]


async def test_a_trailer_is_no_header_of_the_next_request(site: Site) -> None:
    """It was: without a Host of its own, the next one took that of the trailer."""
    trailing = CHUNKED + b"11\r\n" + BODY + b"\r\n0\r\nHost: localhost\r\n\r\n"
    assert await answered(site, trailing + b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n") == [200]


@pytest.mark.parametrize(
    "sent",
    [
        *(PUT + b"Content-Length: " + length + b"\r\n\r\n" + BODY for length in (b"17", b" 17 \t", b"0017")),
        *(b"\r\n\r\n" + GET + b"\r\n", GET + b"Content-Length: 0\r\n\r\n", GET + b"Connection: Upgrade\r\n\r\n"),
        GET + b"Content-Length: %d\r\n\r\n" % len(NEXT) + NEXT,
        GET.replace(b"GET", b"HEAD") + b"Content-Length: %d\r\n\r\n" % len(NEXT) + NEXT,
    ],
)
async def test_behind_what_is_plain_the_next_request_is_answered(site: Site, sent: bytes) -> None:
    assert await answered(site, sent + NEXT) == [200, 200]


@pytest.mark.parametrize("foreign", [b"Host: evil.example\r\n", HOST + b"Origin: http://evil.example\r\n"])
async def test_each_request_of_a_connection_is_judged_by_itself(site: Site, foreign: bytes) -> None:
    strange = b"GET /api/status HTTP/1.1\r\n" + foreign + b"\r\n"
    refused = 421 if b"Host: evil" in foreign else 403
    assert await answered(site, GET + b"\r\n" + strange + GET + b"\r\n" + strange + NEXT) == [
        *(200, refused, 200, refused, 200)
    ]


async def test_an_answer_names_a_version_that_is_spoken_here(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n")
    assert await reader.readline() == b"HTTP/1.1 400 Bad Request\r\n"
    writer.close()
