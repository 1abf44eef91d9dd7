"""After weeks, with its files gone, it serves the page and whatever programs ask of it."""

import csv
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final
from zoneinfo import TZPATH

import aiohttp
import pytest

from tests.dist.mounts import needs_mounts, seeing
from tests.dist.place import Place
from tests.dist.survivor import surviving
from tests.e2e.page import Page
from tests.e2e.program import ROOT, Api, Program
from tests.fakes.relay import FakeRelay

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove the files of what runs")

WINDOW: Final = "from=2025-08-25T00:00:00Z&to=2025-08-26T00:00:00Z"
STATIC: Final = ROOT / "static"
CODINGS: Final = {".br": "br", ".gz": "gzip"}
JSON: Final = {"Content-Type": "application/json"}
REFUSED: Final[list[tuple[str, str, dict[str, str], bytes, int, str]]] = [
    ("GET", "/nothing", {}, b"", 404, "not_found"),
    ("POST", "/healthz", JSON, b"{}", 405, "method_not_allowed"),
    ("GET", "/api/status", {"Host": "evil.example"}, b"", 421, "host_not_allowed"),
    ("GET", "/api/status", {"Sec-Fetch-Site": "cross-site"}, b"", 403, "cross_origin"),
    ("PUT", "/api/task", {"Content-Type": "text/plain"}, b"{}", 415, "unsupported_media_type"),
    ("PUT", "/api/cookie", JSON, b'"' + b"x" * 600_000 + b'"', 413, "body_too_large"),
    ("PUT", "/api/task", JSON, b"{", 400, "malformed_json"),
    ("PUT", "/api/task", JSON, b'{"enabled": 1}', 422, "invalid_value"),
    ("PUT", "/api/cookie", JSON, b'{"cookie": "none"}', 422, "cookie_unreadable"),
    ("PATCH", "/api/config", JSON, b'{"timeZone": "Mars/Olympus"}', 422, "invalid_value"),
    ("GET", "/api/usage?bucket=x", {}, b"", 422, "invalid_value"),
    ("GET", "/api/usage/export?format=xls", {}, b"", 422, "invalid_value"),
    ("POST", "/api/refresh", JSON, b"{}", 409, "cookie_missing"),
]
TIMES: Final = {
    "UTC": "2025-08-25 13:39:44",
    "local": "2025-08-25 17:09:44",
    "Asia/Shanghai": "2025-08-25 21:39:44",
    "Asia/Kolkata": "2025-08-25 19:09:44",
    "Australia/Lord_Howe": "2025-08-26 00:09:44",
    "US/Pacific": "2025-08-25 06:39:44",
    "Etc/GMT+5": "2025-08-25 08:39:44",
}
"""When the sample's newest charge was, for people in each zone; the machine's own is three and a half hours ahead."""


@pytest.fixture
async def program(place: Place, sample: FakeRelay) -> AsyncIterator[Program]:
    async with surviving(place, CCURVE_UPSTREAM=sample.url) as program:
        yield program


@pytest.fixture
def api(session: aiohttp.ClientSession, program: Program) -> Api:
    return Api(session, program.url)


async def poll(api: Api) -> None:
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    assert (await api.do("POST", "/api/refresh"))["new"] == 16


async def test_every_file_of_the_page_is_served_in_each_of_its_forms(program: Program) -> None:
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        for file in (path for path in STATIC.rglob("*") if path.is_file()):
            coding = CODINGS.get(file.suffix, "identity")
            name = (file.with_suffix("") if file.suffix in CODINGS else file).relative_to(STATIC).as_posix()
            url = f"{program.url}/{'' if name == 'index.html' else name}"
            async with session.get(url, headers={"Accept-Encoding": coding}) as response:
                assert response.headers.get("Content-Encoding", "identity") == coding
                assert await response.read() == file.read_bytes()


async def test_the_stream_the_sums_and_the_metrics_tell_of_what_is_polled(program: Program, api: Api) -> None:
    page = Page()
    async with page.follow(program.url):
        await page.until(lambda page: page.cursor)
        await poll(api)
        await page.until(lambda page: len(page.records) == 16)
    summed = await api.get(f"/api/usage?{WINDOW}&bucket=auto")
    assert sum(point[1] for series in summed["series"] for point in series["points"]) == 334
    async with aiohttp.ClientSession() as session, session.get(f"{program.url}/metrics") as response:
        assert 'ccurve_requests_total{model="claude-sonnet-4-20250514"} 16.0' in (await response.text()).splitlines()


async def test_what_is_known_is_exported_in_each_format(program: Program, api: Api) -> None:
    await poll(api)
    sums = []
    async with aiohttp.ClientSession() as session:
        for form in ("csv", "json", "ndjson"):
            async with session.get(f"{program.url}/api/usage/export?{WINDOW}&format={form}") as response:
                assert response.status == 200
                rows = parsed(form, (await response.read()).decode("utf-8-sig"))
                sums.append(sum(float(row["creditsUsed"]) for row in rows))
    assert sums == [334, 334, 334]


def parsed(form: str, text: str) -> list[Any]:
    match form:
        case "csv":
            return list(csv.DictReader(text.splitlines()))
        case "json":
            return list(json.loads(text))
        case _:
            return [json.loads(line) for line in text.splitlines()]


async def test_each_kind_of_wrong_request_is_refused_as_always(program: Program) -> None:
    async with aiohttp.ClientSession() as session:
        for method, path, headers, body, status, code in REFUSED:
            async with session.request(method, program.url + path, headers=headers, data=body or None) as response:
                assert (response.status, (await response.json(content_type=None))["code"]) == (status, code)


@needs_mounts
async def test_times_are_told_in_every_kind_of_zone_where_the_system_knows_none(
    place: Place, sample: FakeRelay, session: aiohttp.ClientSession
) -> None:
    known = {Path(path): "size=4k" for path in TZPATH if Path(path).is_dir()}
    command = seeing(known, place.program)
    async with surviving(place, *command, CCURVE_UPSTREAM=sample.url, TZ="NOW-3:30") as program:
        api = Api(session, program.url)
        await poll(api)
        for zone, time in TIMES.items():
            await api.do("PATCH", "/api/config", {"timeZone": zone})
            usage = await api.get(f"/api/usage?{WINDOW}")
            assert (zone, usage["records"][-1]["time"]) == (zone, time)
