"""Owns `/api/usage`: a window of the history, as records or summed into buckets.

What a query may say is `query`'s, how records become text is `encode`'s.
"""

from typing import Literal

from aiohttp import web

from domain.windows import Buckets, Window, auto_bucket_s
from domain.zones import Zone, utc_text
from web.answers import pieces_answer
from web.documents import gaps_json, models_json, series_json
from web.encode import record_batches
from web.needs import View
from web.query import Now, Selection, bucket, selection
from web.rooms import Rooms


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of usage."""

    async def get(request: web.Request) -> web.StreamResponse:
        now = Now.of(rooms)
        wanted = selection(request.query, now, {"bucket"})
        size_s = bucket(request.query)

        def read(view: View) -> list[bytes]:
            return _records(view, wanted, now.where) if size_s is None else _summed(view, wanted, size_s, now.where)

        return await pieces_answer(request, await rooms.usage.read(read))

    return [web.get("/api/usage", get)]


def _records(view: View, wanted: Selection, where: Zone) -> list[bytes]:
    batches = record_batches(view.records(wanted.window, wanted.models), where)
    totals = view.sums(wanted.window, None, wanted.models).totals
    return [_head(view, wanted.window), b',"records":[', *batches, b"]", _tail(view, wanted, models_json(totals))]


def _summed(view: View, wanted: Selection, size_s: int | Literal["auto"], where: Zone) -> list[bytes]:
    # What holds data may be far shorter than the window, `from=0` say.
    held = view.span(wanted.window) or Window(wanted.window.from_ms, wanted.window.from_ms + 1)
    if size_s == "auto":
        size_s = auto_bucket_s(held)
    sums = view.sums(wanted.window, Buckets(size_s, held, where), wanted.models)
    buckets = f',"bucketSeconds":{size_s},"series":'.encode()
    return [
        _head(view, wanted.window),
        buckets,
        series_json(sums.series),
        _tail(view, wanted, models_json(sums.totals)),
    ]


def _head(view: View, window: Window) -> bytes:
    return f'{{"from":"{utc_text(window.from_ms)}","to":"{utc_text(window.to_ms)}","cursor":"{view.cursor}"'.encode()


def _tail(view: View, wanted: Selection, models: bytes) -> bytes:
    return b',"models":%s,"gaps":%s}' % (models, gaps_json(view.gaps(wanted.window)))
