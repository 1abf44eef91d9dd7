"""Owns the ruler of the start: the least aiohttp server that can be."""

import asyncio

from aiohttp import web


async def hello(_: web.Request) -> web.Response:
    """Answer."""
    return web.Response(text="hello")


async def main() -> None:
    """Serve one route on a free port until the end."""
    app = web.Application()
    app.router.add_get("/", hello)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("listening", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
