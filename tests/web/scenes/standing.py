"""Owns the scenes of how things stand: status, configuration, cookie, task, refresh."""

from typing import Final

from domain.errors import CookieInvalidError
from domain.status import CookieStatus, PollResult, TaskState, TaskStatus, Trouble
from tests.web.scenes.stage import CHINESE, OPUS, Before, Scene, asks, charged, charged_with_gap, nothing
from tests.web.site import Site, Wish
from tests.web.stand_ins import NOW_MS

POLLED_MS: Final = NOW_MS - 12_345

HELD: Final = CookieStatus(
    present=True, valid=True, checked_ms=NOW_MS - 90_000, names=["session", "theme.0", "theme.1"]
)
UNJUDGED: Final = CookieStatus(present=True, names=["session"])
REFUSED: Final = CookieStatus(present=True, valid=False, checked_ms=NOW_MS - 12_000, names=["session"])

UNAVAILABLE: Final = Trouble("upstream_unavailable", "The relay cannot answer now (status 503).", POLLED_MS)
UNEXPECTED: Final = Trouble("upstream_unexpected", "The relay answered something that is not JSON.", POLLED_MS)
INVALID: Final = Trouble("cookie_invalid", str(CookieInvalidError()), POLLED_MS)
FULL: Final = Trouble("storage_full", "The disk is full: CCurve could not save the usage. Make room on it.", POLLED_MS)


def task(
    state: TaskState,
    error: Trouble | None = None,
    *,
    failures: int = 0,
    success_ms: int | None = POLLED_MS,
    next_ms: int | None = None,
) -> TaskStatus:
    """Return the status of a task that has polled."""
    return TaskStatus(state != "off", state, POLLED_MS, success_ms, next_ms, failures, error)


def stands(task: TaskStatus, cookie: CookieStatus, before: Before = charged) -> Before:
    """Return what makes the poller say so, once `before` has happened."""

    async def stand(site: Site) -> None:
        await before(site)
        site.poller.task, site.poller.cookie = task, cookie

    return stand


async def brings_nothing(site: Site) -> None:
    site.poller.result = PollResult(0, 0, 0, NOW_MS)


async def opens_and_asks(site: Site) -> bytes:
    answer = await site.get("/api/session", Authorization=f"Bearer {KEY}")
    assert answer.status == 200
    return answer.body


KEY: Final = "key-of-a-test"
STATUS: Final = asks("GET", "/api/status")
CHECK: Final = asks("POST", "/api/cookie/check")
NEXT_MS: Final = NOW_MS + 47_655
LONG_AGO_MS: Final = NOW_MS - 192_345

SCENES: Final = {
    "session.not-required": Scene(asks("GET", "/api/session")),
    "session.required": Scene(opens_and_asks, wish=Wish(access_key=KEY)),
    "status.fresh": Scene(STATUS),
    "status.demo": Scene(STATUS, wish=Wish(demo=True)),
    "status.polling": Scene(STATUS, stands(task("polling", next_ms=NEXT_MS), HELD)),
    "status.polling-with-gap": Scene(STATUS, stands(task("polling", next_ms=NEXT_MS), HELD, charged_with_gap)),
    "status.off": Scene(STATUS, stands(task("off"), HELD)),
    "status.retrying": Scene(
        STATUS, stands(task("retrying", UNAVAILABLE, failures=3, success_ms=LONG_AGO_MS, next_ms=NEXT_MS), HELD)
    ),
    "status.retrying-from-the-start": Scene(
        STATUS, stands(task("retrying", UNEXPECTED, failures=1, success_ms=None, next_ms=NEXT_MS), UNJUDGED, nothing)
    ),
    "status.retrying-on-a-full-disk": Scene(
        STATUS, stands(task("retrying", FULL, failures=1, success_ms=LONG_AGO_MS, next_ms=NEXT_MS), HELD)
    ),
    "status.cookie_invalid": Scene(STATUS, stands(task("cookie_invalid", INVALID, success_ms=LONG_AGO_MS), REFUSED)),
    "status.cookie_missing": Scene(STATUS, stands(task("cookie_missing"), CookieStatus())),
    "config.defaults": Scene(asks("GET", "/api/config")),
    "config.changed": Scene(
        asks(
            "PATCH",
            "/api/config",
            {
                "intervalSeconds": 30,
                "rangeMinutes": 1_440,
                "cookieCheckMinutes": 5,
                "timeZone": "Asia/Shanghai",
                "locale": "zh-CN",
                "theme": "dark",
                "chartMode": "cumulative",
                "hiddenModels": [OPUS, CHINESE],
                "retentionDays": 365,
            },
        )
    ),
    "config.changed-otherwise": Scene(
        asks("PATCH", "/api/config", {"timeZone": "UTC", "locale": "en", "theme": "light", "chartMode": "rate"})
    ),
    "cookie.saved": Scene(asks("PUT", "/api/cookie", {"cookie": "session=s3cr3t; theme=s3cr3t"})),
    "cookie.checked": Scene(CHECK, stands(task("polling"), HELD, nothing)),
    "cookie.unjudged": Scene(CHECK, stands(task("off"), UNJUDGED, nothing)),
    "cookie.refused": Scene(CHECK, stands(task("cookie_invalid", INVALID), REFUSED, nothing)),
    "cookie.deleted": Scene(asks("DELETE", "/api/cookie"), stands(task("polling"), HELD, nothing)),
    "task.on": Scene(asks("PUT", "/api/task", {"enabled": True})),
    "task.off": Scene(asks("PUT", "/api/task", {"enabled": False}), stands(task("polling"), HELD, nothing)),
    "refresh.new": Scene(asks("POST", "/api/refresh")),
    "refresh.empty": Scene(asks("POST", "/api/refresh"), brings_nothing),
}
