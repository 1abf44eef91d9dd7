from pathlib import Path

from domain.records import Answer
from domain.status import CookieStatus, TaskStatus, Trouble
from tests.web.site import Site, Wish, open_site
from tests.web.stand_ins import NOW_MS, charge


async def test_at_first_there_is_nothing(site: Site) -> None:
    document = (await site.get("/api/status")).json
    cursor = document["usage"].pop("cursor")
    assert cursor.endswith("-0")
    assert list(document) == ["version", "demo", "task", "cookie", "usage"]
    assert document == {
        "version": "0.1.0",
        "demo": False,
        "task": {
            "enabled": False,
            "state": "off",
            "lastPollAt": None,
            "lastSuccessAt": None,
            "nextPollAt": None,
            "failures": 0,
            "error": None,
        },
        "cookie": {"present": False, "valid": None, "checkedAt": None, "names": []},
        "usage": {"records": 0, "latest": None, "gaps": []},
    }


async def test_what_is_known_is_told(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"timeZone": "Asia/Shanghai"})
    site.poller.task = TaskStatus(
        enabled=True,
        state="retrying",
        last_poll_ms=NOW_MS,
        last_success_ms=NOW_MS - 60_000,
        next_poll_ms=NOW_MS + 120_000,
        failures=2,
        error=Trouble("upstream_unavailable", "The relay is down.", NOW_MS),
    )
    site.poller.cookie = CookieStatus(present=True, valid=True, checked_ms=NOW_MS, names=["session"])
    cursor = await site.poller.poll(charge(7, micros=1_250_000))
    document = (await site.get("/api/status")).json
    assert document["task"] == {
        "enabled": True,
        "state": "retrying",
        "lastPollAt": "2025-08-25T13:20:00.000Z",
        "lastSuccessAt": "2025-08-25T13:19:00.000Z",
        "nextPollAt": "2025-08-25T13:22:00.000Z",
        "failures": 2,
        "error": {"code": "upstream_unavailable", "detail": "The relay is down.", "at": "2025-08-25T13:20:00.000Z"},
    }
    assert document["cookie"] == {
        "present": True,
        "valid": True,
        "checkedAt": "2025-08-25T13:20:00.000Z",
        "names": ["session"],
    }
    assert document["usage"] == {
        "records": 1,
        "cursor": cursor,
        "latest": {
            "id": 7,
            "model": "claude-opus-4",
            "creditsUsed": 1.25,
            "createdAt": "2025-08-25T13:19:00.000Z",
            "time": "2025-08-25 21:19:00",
        },
        "gaps": [],
    }


async def test_gaps_are_told(site: Site) -> None:
    await site.poller.poll(charge(1, ago_ms=600_000))
    answer = Answer([charge(9)], 1, NOW_MS - 60_000, NOW_MS - 60_000)
    await site.store.history.apply(answer, NOW_MS)
    gaps = (await site.get("/api/status")).json["usage"]["gaps"]
    assert gaps == [{"from": "2025-08-25T13:10:00.000Z", "to": "2025-08-25T13:19:00.000Z"}]


async def test_a_demonstration_says_so(data_dir: Path) -> None:
    async with open_site(data_dir, Wish(demo=True)) as site:
        assert (await site.get("/api/status")).json["demo"] is True


async def test_a_parameter_is_refused(site: Site) -> None:
    answer = await site.get("/api/status?verbose=1")
    assert (answer.status, answer.json["field"]) == (422, "verbose")
