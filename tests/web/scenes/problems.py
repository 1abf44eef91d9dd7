"""Owns the scenes in which a request is refused or fails: one for each code, several where the document differs."""

from typing import Final

from aiohttp import web
from msgspec.structs import replace

from domain.errors import (
    CCurveError,
    CookieInvalidError,
    StorageError,
    StorageFullError,
    UpstreamUnavailableError,
    UpstreamUnexpectedError,
)
from tests.web.raw import send
from tests.web.scenes.stage import Before, Play, Scene
from tests.web.site import Site, Wish
from web.attempts import PEER_LIMIT
from web.guard import MAX_BODY_BYTES
from web.limits import USUAL


def refuses(method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Play:
    """Return the play in which a request is answered with a problem."""

    async def play(site: Site) -> bytes:
        answer = await site.ask(method, path, body=body, headers=headers)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.status == answer.json["status"]
        return answer.body

    return play


def refuses_text(text: bytes) -> Play:
    """Return the play in which a body that is no JSON is answered with a problem."""

    async def play(site: Site) -> bytes:
        return (await site.send("PUT", "/api/task", text)).body

    return play


async def refuses_bytes(site: Site) -> bytes:
    return (await send(site.port, "GET /api/status HTTP/1.1", "no header")).body


async def refuses_dripping(site: Site) -> bytes:
    head = ("Host: localhost", "Content-Type: application/json", "Content-Length: 17")
    return (await send(site.port, "PUT /api/task HTTP/1.1", *head, body=b'{"enabled"')).body


def fails(error: CCurveError) -> Before:
    """Return what makes the poller's next call fail."""

    async def fail(site: Site) -> None:
        site.poller.trouble = error

    return fail


async def _bug(_request: web.Request) -> web.Response:
    raise LookupError


def add_bug(app: web.Application) -> None:
    app.router.add_get("/bug", _bug)


async def guess_ten_times(site: Site) -> None:
    for _ in range(PEER_LIMIT):
        await site.ask("POST", "/api/session", body=OTHER)


KEY: Final = "key-of-a-test"
OTHER: Final = {"key": "another"}
PASTE: Final = {"cookie": "session=s3cr3t"}
ON: Final = {"enabled": True}
REFRESH: Final = refuses("POST", "/api/refresh")
SWITCH: Final = refuses("PUT", "/api/task", ON)
SAVE: Final = refuses("PUT", "/api/cookie", PASTE)

SCENES: Final = {
    "problem.malformed_request": Scene(refuses_bytes),
    "problem.malformed_json": Scene(refuses_text(b"{")),
    "problem.cross_origin": Scene(refuses("GET", "/api/status", headers={"Sec-Fetch-Site": "cross-site"})),
    "problem.access_denied": Scene(refuses("GET", "/api/status"), wish=Wish(access_key=KEY)),
    "problem.access_denied-with-another-key": Scene(refuses("POST", "/api/session", OTHER), wish=Wish(access_key=KEY)),
    "problem.too_many_attempts": Scene(
        refuses("POST", "/api/session", OTHER), guess_ten_times, wish=Wish(access_key=KEY)
    ),
    "problem.not_found": Scene(refuses("GET", "/api/nothing")),
    "problem.method_not_allowed": Scene(refuses("POST", "/api/status")),
    "problem.cookie_missing": Scene(refuses("POST", "/api/cookie/check")),
    "problem.cookie_invalid": Scene(SWITCH, fails(CookieInvalidError())),
    "problem.body_too_large": Scene(refuses("PUT", "/api/cookie", {"cookie": "x" * MAX_BODY_BYTES})),
    "problem.unsupported_media_type": Scene(refuses("PUT", "/api/task", ON, {"Content-Type": "text/plain"})),
    "problem.request_timeout": Scene(refuses_dripping, wish=Wish(limits=replace(USUAL, body_timeout_s=0.01))),
    "problem.too_many_streams": Scene(refuses("GET", "/api/events"), wish=Wish(limits=replace(USUAL, streams=0))),
    "problem.host_not_allowed": Scene(refuses("GET", "/api/status", headers={"Host": "evil.example"})),
    "problem.invalid_value-in-a-field": Scene(refuses("PATCH", "/api/config", {"intervalSeconds": 9})),
    "problem.invalid_value-of-a-time-zone": Scene(refuses("PATCH", "/api/config", {"timeZone": "Mars/Olympus"})),
    "problem.invalid_value-in-the-query": Scene(refuses("GET", "/api/usage?from=tomorrow")),
    "problem.invalid_value-of-a-window": Scene(refuses("GET", "/api/usage?from=2&to=1")),
    "problem.invalid_value-for-a-stream": Scene(refuses("GET", "/api/events?range=1441")),
    "problem.invalid_value-without-a-field": Scene(refuses_text(b"[]")),
    "problem.cookie_unreadable": Scene(refuses("PUT", "/api/cookie", {"cookie": "no pair in it"})),
    "problem.cookie_unreadable-when-empty": Scene(refuses("PUT", "/api/cookie", {"cookie": ""})),
    "problem.internal_error": Scene(refuses("GET", "/bug"), wish=Wish(change=add_bug)),
    "problem.storage_failed": Scene(
        SAVE, fails(StorageError("CCurve could not save the cookie (Input/output error)."))
    ),
    "problem.storage_full": Scene(
        SAVE, fails(StorageFullError("The disk is full: CCurve could not save the cookie. Make room on it."))
    ),
    "problem.upstream_unavailable": Scene(
        REFRESH, fails(UpstreamUnavailableError("The relay cannot answer now (status 503)."))
    ),
    "problem.upstream_unexpected": Scene(
        REFRESH, fails(UpstreamUnexpectedError("The relay answered something that is not JSON."))
    ),
}
