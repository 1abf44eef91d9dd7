"""Owns `/api/usage/export`: a window as a download, however long, in pages that are never in memory together.

How a page is written in each format is `web.sheets`'.
"""

from itertools import dropwhile, islice
from typing import Final

from aiohttp import web
from msgspec import Struct

from domain.records import Record
from domain.windows import Window
from domain.zones import Zone, utc_text
from web.needs import View
from web.query import Now, Selection, export_format, selection
from web.rooms import Rooms
from web.sheets import Sheet, sheet_of

PAGE_RECORDS: Final = 5_000
"""How many records are read at a time."""


class Page(Struct, frozen=True):
    """Some of the records as text, and the last of them; None where there was none."""

    text: bytes
    last: Record | None


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of exports."""

    async def get(request: web.Request) -> web.StreamResponse:
        now = Now.of(rooms)
        wanted = selection(request.query, now, {"format"})
        sheet = sheet_of(export_format(request.query))
        response = web.StreamResponse(
            headers={"Content-Disposition": f'attachment; filename="{_file_name(wanted.window, sheet)}"'}
        )
        response.content_type = sheet.content_type
        response.charset = "utf-8"
        if request.method == "HEAD":
            await response.prepare(request)
            return response

        async def page_behind(last: Record | None) -> Page:
            return await rooms.usage.read(lambda view: _page(view, wanted, last, sheet, now.where))

        # Before the first byte is sent: a store that cannot be read is still told as an error.
        page = await page_behind(None)
        await response.prepare(request)
        await response.write(sheet.before)
        while page.last is not None:
            await response.write(page.text)
            page = await page_behind(page.last)
        await response.write_eof(sheet.after)
        return response

    return [web.get("/api/usage/export", get)]


def _page(view: View, wanted: Selection, after: Record | None, sheet: Sheet, where: Zone) -> Page:
    """Return the first of the records that follow `after`, of them all where that is None."""
    window = wanted.window
    records = view.records(Window(window.from_ms if after is None else after.created_ms, window.to_ms), wanted.models)
    if after is not None:
        place = (after.created_ms, after.id)
        records = dropwhile(lambda record: (record.created_ms, record.id) <= place, records)
    found = list(islice(records, PAGE_RECORDS))
    return Page(sheet.page(found, where, first=after is None), found[-1] if found else None)


def _file_name(window: Window, sheet: Sheet) -> str:
    start, end = (utc_text(ms)[:19].replace("-", "").replace(":", "") for ms in (window.from_ms, window.to_ms))
    return f"ccurve-{start}Z-{end}Z.{sheet.suffix}"
