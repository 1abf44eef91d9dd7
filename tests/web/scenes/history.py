"""Owns the scenes of what was charged: usage, exports, and the events of the stream."""

from typing import Final
from urllib.parse import quote

from domain.records import Record
from tests.web.scenes.stage import CHARGES, CHINESE, SONNET, Play, Scene, asks, charged, charged_with_gap, streaming
from tests.web.site import Site
from tests.web.stand_ins import charge

CORRECTED: Final = charge(CHARGES[3].id, model=SONNET, ago_ms=60_000, micros=350_000)
NEW: Final = charge(11_048_670, model=SONNET, ago_ms=0, micros=1_250_000)


async def line_of_ndjson(site: Site) -> bytes:
    answer = await site.get("/api/usage/export?range=60&format=ndjson")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/x-ndjson; charset=utf-8")
    return answer.body.splitlines()[2]


def opens_with(name: str) -> Play:
    """Return the play of the first event of a name that a stream brings."""

    async def play(site: Site) -> bytes:
        async with streaming(site) as next_event:
            return await next_event(name)

    return play


def tells_of(record: Record) -> Play:
    """Return the play of the event that tells an open stream of what the relay answered."""

    async def play(site: Site) -> bytes:
        async with streaming(site) as next_event:
            await next_event("usage")
            await site.poller.poll(*CHARGES, record)
            return await next_event("usage")

    return play


def resumes_after(*records: Record) -> Play:
    """Return the play of the event that a stream begins with which comes back after the records were stored."""

    async def play(site: Site) -> bytes:
        cursor = await charged(site)
        if records:
            await site.poller.poll(*records)
        async with streaming(site, f"?lastEventId={cursor}") as next_event:
            return await next_event("usage")

    return play


SCENES: Final = {
    "usage.empty": Scene(asks("GET", "/api/usage?range=60")),
    "usage.records": Scene(asks("GET", "/api/usage?range=60"), charged),
    "usage.records-with-gap": Scene(asks("GET", "/api/usage?range=60"), charged_with_gap),
    "usage.records-of-a-model": Scene(asks("GET", f"/api/usage?range=60&model={quote(CHINESE)}"), charged),
    "usage.series": Scene(asks("GET", "/api/usage?range=60&bucket=300"), charged),
    "usage.series-auto": Scene(asks("GET", "/api/usage?range=10080&bucket=auto"), charged),
    "usage.series-empty": Scene(asks("GET", "/api/usage?range=60&bucket=300")),
    "usage.series-with-gap": Scene(asks("GET", "/api/usage?range=60&bucket=300"), charged_with_gap),
    "export.array": Scene(asks("GET", "/api/usage/export?range=60&format=json"), charged),
    "export.array-empty": Scene(asks("GET", "/api/usage/export?range=60&format=json")),
    "export.ndjson-line": Scene(line_of_ndjson, charged),
    "event.status": Scene(opens_with("status"), charged),
    "event.config": Scene(opens_with("config")),
    "event.usage-reset": Scene(opens_with("usage"), charged),
    "event.usage-reset-empty": Scene(opens_with("usage")),
    "event.usage-added": Scene(tells_of(NEW), charged),
    "event.usage-corrected": Scene(tells_of(CORRECTED), charged),
    "event.usage-resumed": Scene(resumes_after(NEW, CORRECTED)),
    "event.usage-resumed-empty": Scene(resumes_after()),
}
