"""Owns the JSON documents of the contract but for lists of records: status, configuration, totals, series, gaps.

Records are `encode`'s; how a document travels is for handlers and the stream.
"""

from collections.abc import Iterable

import msgspec

from domain.credits import credits_text
from domain.records import Gap, ModelTotal, Series
from domain.status import CookieStatus, PollResult, TaskStatus
from domain.zones import utc_text
from web.encode import records_text
from web.rooms import Rooms


def status_json(rooms: Rooms) -> bytes:
    """Return the whole status."""
    summary = rooms.usage.summary()
    latest = None
    if summary.latest is not None:
        latest = msgspec.Raw(records_text([summary.latest], rooms.zone()).encode())
    return msgspec.json.encode(
        {
            "version": rooms.version,
            "demo": rooms.demo,
            "task": _task(rooms.poller.task),
            "cookie": _cookie(rooms.poller.cookie),
            "usage": {
                "records": summary.records,
                "cursor": summary.cursor,
                "latest": latest,
                "gaps": [_gap(gap) for gap in summary.gaps],
            },
        }
    )


def task_json(task: TaskStatus) -> bytes:
    """Return the status' `task` part."""
    return msgspec.json.encode(_task(task))


def cookie_json(cookie: CookieStatus) -> bytes:
    """Return the status' `cookie` part."""
    return msgspec.json.encode(_cookie(cookie))


def config_json(rooms: Rooms) -> bytes:
    """Return the whole configuration."""
    return msgspec.json.encode(rooms.settings.config)


def refresh_json(result: PollResult) -> bytes:
    """Return what a refresh brought."""
    return msgspec.json.encode(
        {
            "fetched": result.fetched,
            "matched": result.matched,
            "new": result.new,
            "polledAt": utc_text(result.polled_ms),
        }
    )


def models_json(totals: Iterable[ModelTotal]) -> bytes:
    """Return the usage answer's `models`."""
    return msgspec.json.encode(
        [
            {
                "model": total.model,
                "credits": _number(total.micros),
                "requests": total.requests,
                "latestAt": utc_text(total.latest_ms),
            }
            for total in totals
        ]
    )


def series_json(series: Iterable[Series]) -> bytes:
    """Return the usage answer's `series`: of the models that hold something."""
    parts = []
    for one in series:
        if one.points:
            points = ",".join(
                [f"[{start},{credits_text(micros)},{requests}]" for start, micros, requests in one.points]
            )
            parts.append(f'{{"model":{msgspec.json.encode(one.model).decode()},"points":[{points}]}}')
    return f"[{','.join(parts)}]".encode()


def gaps_json(gaps: Iterable[Gap]) -> bytes:
    """Return the usage answer's `gaps`."""
    return msgspec.json.encode([_gap(gap) for gap in gaps])


def _task(task: TaskStatus) -> dict[str, object]:
    error = task.error
    return {
        "enabled": task.enabled,
        "state": task.state,
        "lastPollAt": _moment(task.last_poll_ms),
        "lastSuccessAt": _moment(task.last_success_ms),
        "nextPollAt": _moment(task.next_poll_ms),
        "failures": task.failures,
        "error": error and {"code": error.code, "detail": error.detail, "at": utc_text(error.at_ms)},
    }


def _cookie(cookie: CookieStatus) -> dict[str, object]:
    return {
        "present": cookie.present,
        "valid": cookie.valid,
        "checkedAt": _moment(cookie.checked_ms),
        "names": cookie.names,
    }


def _gap(gap: Gap) -> dict[str, str]:
    return {"from": utc_text(gap.from_ms), "to": utc_text(gap.to_ms)}


def _moment(ms: int | None) -> str | None:
    return None if ms is None else utc_text(ms)


def _number(micros: int) -> msgspec.Raw:
    return msgspec.Raw(credits_text(micros).encode())
