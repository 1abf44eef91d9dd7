"""Owns `/healthz`: whether anybody is at home, for whoever supervises us."""

from aiohttp import web

from web.answers import json_answer


def routes() -> list[web.RouteDef]:
    """Return the routes of health. They know of nothing that could be ill but the process itself."""

    async def get(_request: web.Request) -> web.Response:
        return json_answer(b'{"status":"ok"}')

    return [web.get("/healthz", get)]
