import asyncio
import socket

from aiohttp import web
from aiohttp_sse import sse_response

from web.frames import FrameResponse, event
from web.serve import serving

LONG = event("usage", b"x" * 20_000_000)  # more than the kernel takes


def test_an_event_has_its_name_its_data_and_its_cursor() -> None:
    assert event("usage", b"{}", "ab-1") == b"id: ab-1\nevent: usage\ndata: {}\n\n"
    assert event("status", b"{}") == b"event: status\ndata: {}\n\n"


async def long_event(request: web.Request) -> web.StreamResponse:
    async with sse_response(request, response_cls=FrameResponse, ping_interval=0.001) as response:
        await response.write_frames([LONG[:10_000_000], LONG[10_000_000:]])
    return response


async def test_a_ping_never_cuts_an_event_in_two_however_slowly_it_is_read() -> None:
    app = web.Application()
    app.router.add_get("/", long_event)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    async with serving(app, listener):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 25)
        writer.write(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.pause_reading()  # type: ignore[attr-defined] # of the concrete class
        await asyncio.sleep(0.05)  # many pings would have come
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        assert LONG in await reader.read()
        writer.close()
