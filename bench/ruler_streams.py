"""Owns the ruler of memory: the least aiohttp-sse server that can be, which says how many it serves."""

import asyncio

from aiohttp import web
from aiohttp_sse import sse_response

subscribers = 0


async def stream(request: web.Request) -> web.StreamResponse:
    """Send one event, then wait until the client has left."""
    global subscribers  # noqa: PLW0603 - a ruler is one file
    async with sse_response(request) as response:
        subscribers += 1
        await response.send("{}")
        await response.wait()
    subscribers -= 1
    return response


async def metrics(_: web.Request) -> web.Response:
    """Say how many streams are open."""
    return web.Response(text=f"ccurve_subscribers {subscribers}\n")


async def main() -> None:
    """Serve on a free port until the end."""
    app = web.Application()
    app.add_routes([web.get("/", stream), web.get("/metrics", metrics)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(f"listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
