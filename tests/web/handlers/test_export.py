import asyncio
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from domain.errors import StorageError
from storage.history import History
from tests.web.site import Site, Wish, open_site, until
from tests.web.stand_ins import NOW_MS, GatedUsage, charge
from web.handlers.export import PAGE_RECORDS
from web.needs import View

T = TypeVar("T")
MANY = 2 * PAGE_RECORDS + 7


async def many(site: Site) -> None:
    """Store records of which several fall into one millisecond, at the ends of pages too."""
    await site.poller.poll(*(charge(number, ago_ms=(MANY - number) // 3) for number in range(1, MANY + 1)))


def rows(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8"), newline="")))


async def test_csv_is_the_default(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"timeZone": "Asia/Shanghai"})
    await site.poller.poll(charge(1, ago_ms=1_500, micros=250_000), charge(2, ago_ms=0))
    answer = await site.get(f"/api/usage/export?from=0&to={NOW_MS + 1}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    disposition = 'attachment; filename="ccurve-19700101T000000Z-20250825T132000Z.csv"'
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.body == (
        b"id,model,creditsUsed,createdAt,time\r\n"
        b"1,claude-opus-4,0.25,2025-08-25T13:19:58.500Z,2025-08-25 21:19:58\r\n"
        b"2,claude-opus-4,9,2025-08-25T13:20:00.000Z,2025-08-25 21:20:00\r\n"
    )


@pytest.mark.parametrize("model", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x","y")'])
async def test_no_cell_can_start_a_formula(site: Site, model: str) -> None:
    await site.poller.poll(charge(1, model=model))
    _, row = rows((await site.get("/api/usage/export?range=60")).body)
    assert row[1] == f"'{model}"


@pytest.mark.parametrize("model", ["a,b", 'a"b', "a\r\nb", "模型", "a;b", "'a"])
async def test_any_name_reads_back_from_csv(site: Site, model: str) -> None:
    await site.poller.poll(charge(1, model=model), charge(2))
    header, first, second = rows((await site.get("/api/usage/export?range=60")).body)
    assert (len(header), first[1], second[1]) == (5, model, "claude-opus-4")


async def test_csv_holds_every_record_of_many_pages_once(site: Site) -> None:
    await many(site)
    answer = await site.get("/api/usage/export?range=60")
    assert [row[0] for row in rows(answer.body)[1:]] == [str(number) for number in range(1, MANY + 1)]


async def test_json_is_an_array_of_records_as_usage_has_them(site: Site) -> None:
    await many(site)
    answer = await site.get("/api/usage/export?range=60&format=json")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Content-Disposition"].endswith('.json"')
    assert answer.json == (await site.get("/api/usage?range=60")).json["records"]


async def test_ndjson_is_a_record_a_line(site: Site) -> None:
    await many(site)
    answer = await site.get("/api/usage/export?range=60&format=ndjson")
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    records = [json.loads(line) for line in answer.body.decode().removesuffix("\n").split("\n")]
    assert records == (await site.get("/api/usage?range=60")).json["records"]


@pytest.mark.parametrize(
    ("wanted", "body"),
    [("csv", b"id,model,creditsUsed,createdAt,time\r\n"), ("json", b"[\n]\n"), ("ndjson", b"")],
)
async def test_an_empty_window_is_an_empty_list(site: Site, wanted: str, body: bytes) -> None:
    assert (await site.get(f"/api/usage/export?format={wanted}")).body == body


async def test_the_window_and_the_models_are_those_asked_for(site: Site) -> None:
    await site.poller.poll(charge(1, model="a"), charge(2, model="b"), charge(3, model="a", ago_ms=7_200_000))
    answer = await site.get("/api/usage/export?range=60&model=a&format=json")
    assert [record["id"] for record in answer.json] == [1]


async def test_head_tells_what_would_come(site: Site) -> None:
    answer = await site.ask("HEAD", "/api/usage/export?format=ndjson")
    assert (answer.status, answer.body) == (200, b"")
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("query", "field"), [("format=xml", "format"), ("bucket=60", "bucket"), ("range=0", "range")])
async def test_a_wrong_query_names_its_field(site: Site, query: str, field: str) -> None:
    answer = await site.get(f"/api/usage/export?{query}")
    assert (answer.status, answer.json["field"]) == (422, field)


class FailingUsage(GatedUsage):
    """Fails at the read after the first `good` ones."""

    good = 0

    async def read(self, work: Callable[[View], T]) -> T:
        if self.reads == self.good:
            raise StorageError("The history cannot be read.")
        return await super().read(work)


@pytest.mark.parametrize("wanted", ["csv", "json", "ndjson"])
async def test_a_store_that_fails_midway_cuts_the_download_off(data_dir: Path, wanted: str) -> None:
    class Midway(FailingUsage):
        good = 2

    async with open_site(data_dir, Wish(usage=Midway)) as site:
        await many(site)
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(f"GET /api/usage/export?format={wanted} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        received = await reader.read(-1)
        writer.close()
    assert received.startswith(b"HTTP/1.1 200 ")
    assert not received.endswith(b"0\r\n\r\n")


async def test_a_store_that_fails_at_once_is_told(data_dir: Path) -> None:
    async with open_site(data_dir, Wish(usage=FailingUsage)) as site:
        answer = await site.get("/api/usage/export")
        assert (answer.status, answer.json["code"]) == (500, "storage_failed")


async def test_a_client_that_leaves_ends_its_download(data_dir: Path) -> None:
    made: list[GatedUsage] = []

    def gated(history: History) -> GatedUsage:
        made.append(GatedUsage(history))
        return made[0]

    async with open_site(data_dir, Wish(usage=gated)) as site:
        await many(site)
        (usage,) = made
        before = len(asyncio.all_tasks())
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /api/usage/export HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await reader.readuntil(b"createdAt,time\r\n")
        usage.gate.clear()
        await until(lambda: usage.reads == 2)
        writer.transport.abort()
        usage.gate.set()
        await until(lambda: len(asyncio.all_tasks()) <= before)
        assert usage.reads <= 3  # of the four that the whole takes
