import asyncio
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.records import Answer, Record
from tests.web.raw import send
from tests.web.site import Site, open_site
from tests.web.stand_ins import NOW_MS, charge
from tests.web.stream_reader import StreamReader

HOUR_MS = 3_600_000


def exact(body: bytes) -> dict[str, Any]:
    """Return the document, its amounts as they are written."""
    document = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    assert isinstance(document, dict)
    return document


async def test_an_empty_history_is_an_empty_window(site: Site) -> None:
    document = (await site.get("/api/usage?range=60")).json
    assert list(document) == ["from", "to", "cursor", "records", "models", "gaps"]
    assert document["cursor"].endswith("-0")
    assert document | {"cursor": ""} == {
        "from": "2025-08-25T12:20:00.000Z",
        "to": "2025-08-25T13:20:00.000Z",
        "cursor": "",
        "records": [],
        "models": [],
        "gaps": [],
    }


async def test_the_records_of_the_window_come_oldest_first_and_add_up(site: Site) -> None:
    cursor = await site.poller.poll(
        charge(3, ago_ms=1_000, micros=500_000),
        charge(1, ago_ms=HOUR_MS + 1),
        charge(2, ago_ms=HOUR_MS, micros=250_000),
        charge(4, ago_ms=500, model="claude-sonnet-4", micros=9_000_000),
    )
    document = (await site.get("/api/usage?range=60")).json
    assert [record["id"] for record in document["records"]] == [2, 3, 4]
    assert document["cursor"] == cursor
    assert document["models"] == [
        {"model": "claude-sonnet-4", "credits": 9, "requests": 1, "latestAt": "2025-08-25T13:19:59.500Z"},
        {"model": "claude-opus-4", "credits": 0.75, "requests": 2, "latestAt": "2025-08-25T13:19:59.000Z"},
    ]


async def test_from_is_within_the_window_and_to_is_not(site: Site) -> None:
    await site.poller.poll(charge(1, ago_ms=2_000), charge(2, ago_ms=1_000), charge(3, ago_ms=0))
    document = (await site.get(f"/api/usage?from={NOW_MS - 2_000}&to={NOW_MS}")).json
    assert [record["id"] for record in document["records"]] == [1, 2]
    assert (document["from"], document["to"]) == ("2025-08-25T13:19:58.000Z", "2025-08-25T13:20:00.000Z")


async def test_only_the_models_asked_for_come(site: Site) -> None:
    await site.poller.poll(charge(1, model="a"), charge(2, model="b"), charge(3, model="c & d"))
    for query in ("range=60", "range=60&bucket=60"):
        document = (await site.get(f"/api/usage?{query}&model=a&model=c+%26+d&model=unknown")).json
        assert {one["model"] for one in document["models"]} == {"a", "c & d"}
    assert (await site.get("/api/usage?range=60&model=unknown")).json["records"] == []


async def test_a_record_from_a_relay_whose_clock_is_ahead_is_there(site: Site) -> None:
    await site.poller.poll(charge(1, ago_ms=-5_000))
    for query in ("range=1", "range=1&bucket=1", "range=1&bucket=auto"):
        assert (await site.get(f"/api/usage?{query}")).json["models"][0]["requests"] == 1


async def test_buckets_start_where_the_persons_clock_says(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"timeZone": "Asia/Kathmandu"})  # 5:45 ahead
    await site.poller.poll(charge(1, ago_ms=0, micros=500_000), charge(2, ago_ms=1_000))
    document = (await site.get(f"/api/usage?from=0&to={NOW_MS + 1}&bucket=3600")).json
    assert list(document) == ["from", "to", "cursor", "bucketSeconds", "series", "models", "gaps"]
    assert document["bucketSeconds"] == 3600
    # 19:05 there; its hour began at 13:15 UTC.
    assert document["series"] == [{"model": "claude-opus-4", "points": [[NOW_MS - 300_000, 9.5, 2]]}]


async def test_auto_fits_the_buckets_to_what_there_is(site: Site) -> None:
    await site.poller.poll(charge(1, ago_ms=60_000), charge(2, ago_ms=0))
    assert (await site.get("/api/usage?from=0&to=9999999999999&bucket=auto")).json["bucketSeconds"] == 1
    assert (await site.get("/api/usage?range=60&bucket=auto&model=unknown")).json["series"] == []


async def test_auto_gives_a_model_no_more_than_a_thousand_points(site: Site) -> None:
    await site.poller.poll(*(charge(number, ago_ms=number * 10_000) for number in range(1, 8_001)))
    document = (await site.get("/api/usage?range=1440&bucket=auto")).json
    (series,) = document["series"]
    assert 500 < len(series["points"]) <= 1_000
    assert sum(point[2] for point in series["points"]) == 8_000


async def test_the_gaps_that_touch_the_window_come_whole(site: Site) -> None:
    await site.poller.poll(charge(1, ago_ms=2 * HOUR_MS))
    await site.store.history.apply(Answer([charge(2)], 1, NOW_MS - 60_000, NOW_MS - 60_000), NOW_MS)
    gap = {"from": "2025-08-25T11:20:00.000Z", "to": "2025-08-25T13:19:00.000Z"}
    for query in ("range=30", "range=30&bucket=60"):
        assert (await site.get(f"/api/usage?{query}")).json["gaps"] == [gap]
    assert (await site.get("/api/usage?range=1")).json["gaps"] == []


async def test_a_stream_goes_on_from_where_the_answer_stood(site: Site) -> None:
    await site.poller.poll(charge(1))
    for query in ("range=60", "range=60&bucket=auto"):
        cursor = (await site.get(f"/api/usage?{query}")).json["cursor"]
        async with StreamReader.on(site.port, f"?lastEventId={cursor}") as stream:
            assert (await stream.usage()).data == {"reset": False, "records": []}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("range=0", "range"),
        ("range=60&from=0", "range"),
        ("from=2025-02-30", "from"),
        ("from=1&to=1", "from"),
        ("range=60&bucket=0", "bucket"),
        ("range=60&range=120", "range"),
        ("format=csv", "format"),
    ],
)
async def test_a_wrong_query_names_its_field(site: Site, query: str, field: str) -> None:
    answer = await site.get(f"/api/usage?{query}")
    assert (answer.status, answer.json["code"], answer.json["field"]) == (422, "invalid_value", field)


async def test_a_plus_that_was_not_escaped_is_understood(site: Site) -> None:
    answer = await send(site.port, "GET /api/usage?from=2025-08-25T20:00+08:00 HTTP/1.1", "Host: localhost")
    assert answer.json["from"] == "2025-08-25T12:00:00.000Z"


async def test_an_answer_of_megabytes_arrives_whole(site: Site) -> None:
    await site.poller.poll(*(charge(number, ago_ms=number) for number in range(1, 20_001)))
    answer = await site.get("/api/usage?range=60")
    assert len(answer.body) > 2_000_000
    assert [record["id"] for record in answer.json["records"]] == list(range(20_000, 0, -1))
    assert answer.json["models"][0]["requests"] == 20_000


async def test_head_answers_without_a_body(site: Site) -> None:
    answer = await site.ask("HEAD", "/api/usage?range=60")
    assert (answer.status, answer.body) == (200, b"")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    charges=st.lists(
        st.tuples(st.integers(0, 3 * 86_400_000), st.sampled_from("abc"), st.integers(0, 10**12)), max_size=40
    ),
    range_min=st.integers(1, 4_320),
    bucket=st.sampled_from(["1", "7", "300", "3600", "86400", "auto"]),
    zone=st.sampled_from(["UTC", "Asia/Kathmandu", "Europe/Berlin"]),
)
def test_records_series_and_models_agree_to_the_millionth(
    tmp_path_factory: pytest.TempPathFactory,
    charges: list[tuple[int, str, int]],
    range_min: int,
    bucket: str,
    zone: str,
) -> None:
    asyncio.run(agree(tmp_path_factory.mktemp("site"), charges, range_min, bucket, zone))


async def agree(directory: Path, charges: list[tuple[int, str, int]], range_min: int, bucket: str, zone: str) -> None:
    async with open_site(directory / "data") as site:
        await site.ask("PATCH", "/api/config", body={"timeZone": zone})
        records = [
            Record(number, model, micros, NOW_MS - ago_ms) for number, (ago_ms, model, micros) in enumerate(charges, 1)
        ]
        await site.poller.poll(*records)
        plain = exact((await site.get(f"/api/usage?range={range_min}")).body)
        summed = exact((await site.get(f"/api/usage?range={range_min}&bucket={bucket}")).body)
        expected: dict[str, tuple[Decimal, int]] = {}
        for record in records:
            if record.created_ms >= NOW_MS - range_min * 60_000:
                amount, count = expected.get(record.model, (Decimal(0), 0))
                expected[record.model] = amount + Decimal(record.micros) / 1_000_000, count + 1
        assert {one["model"]: (one["credits"], one["requests"]) for one in plain["models"]} == expected
        assert plain["models"] == summed["models"]
        assert sum(one["creditsUsed"] for one in plain["records"]) == sum(amount for amount, _ in expected.values())
        points = {one["model"]: one["points"] for one in summed["series"]}
        assert {
            model: (sum(point[1] for point in own), sum(point[2] for point in own)) for model, own in points.items()
        } == expected
