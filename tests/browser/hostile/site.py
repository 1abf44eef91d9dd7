"""Owns a hostile web site on another port of this machine, whose page tries everything against an address it is told.

What it tries is in `attempts.js`. The site also plays a victim that lets in everybody, to see that the attempts work.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import web

HERE: Final = Path(__file__).parent
PAGE: Final = '<!doctype html><title>hostile</title><body><script type="module" src="/attempts.js"></script>'
CARELESS: Final = "canary-of-the-careless"


def page_headers(target: str) -> dict[str, str]:
    """Return headers by which a page has its browser report to the target, too."""
    reporting = f"img-src 'none'; report-uri {target}/api/refresh {target}/api/task"
    return {"Content-Security-Policy-Report-Only": reporting, "Reporting-Endpoints": f'default="{target}/api/refresh"'}


async def _page(request: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html", headers=page_headers(request.query.get("target", "")))


async def _redirect(request: web.Request) -> web.Response:
    raise web.HTTPTemporaryRedirect(request.query["to"])


async def _blank(_request: web.Request) -> web.Response:
    return web.Response(text="<!doctype html>", content_type="text/html")


async def _careless(_request: web.Request) -> web.Response:
    text = f'{{"secret": "{CARELESS}"}}'
    return web.Response(text=text, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})


async def _careless_stream(request: web.Request) -> web.StreamResponse:
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    await stream.write(f"data: {CARELESS}\n\n".encode())
    return stream


def _site() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", _page), web.get("/blank", _blank), web.route("*", "/redirect", _redirect)])
    for name in ("attempts.js", "worker.js"):
        text = (HERE / name).read_text(encoding="utf-8")

        async def file(_request: web.Request, text: str = text) -> web.Response:
            return web.Response(text=text, content_type="text/javascript")

        app.router.add_get(f"/{name}", file)
    app.router.add_get("/careless/api/events", _careless_stream)
    app.router.add_route("*", "/careless/{rest:.*}", _careless)
    return app


@asynccontextmanager
async def hostile_site() -> AsyncIterator[int]:
    """Serve it; yield its port."""
    runner = web.AppRunner(_site(), shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
