"""Owns the question whether a request brings the access key, or a session that was opened with it.

Which key and which sessions there are is `needs.Access`', how often one may be wrong is `attempts`'. It is made only
where a key is asked for at all.
"""

from collections.abc import Iterator
from typing import Final

from aiohttp import web

from domain.clock import Clock
from web.attempts import Attempts
from web.errors import AccessDeniedError, TooManyAttemptsError, WrongKeyError
from web.guard import READING, SESSION
from web.needs import Access

SESSION_PATH: Final = "/api/session"

# Browsers keep no cookie for longer; how long a session lasts is for the server to say.
_COOKIE_AGE_S: Final = 400 * 86_400


class Gate:
    """Lets requests through. `open_paths` are those that anybody may read."""

    def __init__(self, access: Access, clock: Clock, open_paths: frozenset[str]) -> None:
        self._access = access
        self._attempts = Attempts(clock)
        self._open_paths = open_paths

    def admit(self, request: web.Request) -> None:
        """Let a request through, and note its session. Raises AccessDeniedError or TooManyAttemptsError."""
        if self._is_open(request):
            return
        session = next(self._sessions(request), None)
        if session is not None:
            request[SESSION] = session
            return
        key = _bearer(request)
        if key is None:
            raise AccessDeniedError
        self._judge(request, key)

    async def open(self, request: web.Request, key: str) -> web.Response:
        """Open a session with the key, in place of what the browser had before.

        Raises WrongKeyError, TooManyAttemptsError or StorageError.
        """
        self._judge(request, key)
        value = await self._access.begin(*self._sessions(request))
        answer = web.Response(status=204)
        plain, secure = _names(request)
        is_secure = _is_over_tls(request)
        answer.set_cookie(
            secure if is_secure else plain,
            value,
            max_age=_COOKIE_AGE_S,
            path="/",
            secure=is_secure,
            httponly=True,
            samesite="Strict",
        )
        return answer

    async def close(self, request: web.Request) -> web.Response:
        """End the session of the request, and no other. Raises StorageError."""
        session = request.get(SESSION)
        if session is not None:
            await self._access.end(session)
        answer = web.Response(status=204)
        plain, secure = _names(request)
        answer.del_cookie(plain, path="/", httponly=True, samesite="Strict")
        if _is_over_tls(request):
            answer.del_cookie(secure, path="/", secure=True, httponly=True, samesite="Strict")
        return answer

    def _sessions(self, request: web.Request) -> Iterator[str]:
        """Yield the sessions whose values came along."""
        return filter(None, map(self._access.session, _cookies(request)))

    def _is_open(self, request: web.Request) -> bool:
        """Tell whether anybody may send this; for a new session too, but not while no key of theirs is judged."""
        resource = request.match_info.route.resource
        path = None if resource is None else resource.canonical
        if path == SESSION_PATH and request.method == "POST":
            self._ensure_judged(_peer(request))
            return True
        return path in self._open_paths and request.method in READING

    def _judge(self, request: web.Request, key: str) -> None:
        peer = _peer(request)
        self._ensure_judged(peer)
        if not self._access.accepts(key):
            self._attempts.wrong(peer)
            raise WrongKeyError
        self._attempts.right(peer)

    def _ensure_judged(self, peer: str) -> None:
        wait_s = self._attempts.wait_s(peer)
        if wait_s:
            raise TooManyAttemptsError(wait_s)


def _bearer(request: web.Request) -> str | None:
    """Return the key in the Authorization header (RFC 6750), None where there is none."""
    sent = request.headers.getall("Authorization", [])
    scheme, _, key = (sent[0] if len(sent) == 1 else "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def _cookies(request: web.Request) -> Iterator[str]:
    """Yield the values of our cookie: of several, one may have been set by a page of another port to hide ours."""
    names = _names(request)
    for header in request.headers.getall("Cookie", []):
        for pair in header.split(";"):
            name, _, value = pair.strip().partition("=")
            if name in names:
                yield value


def _names(request: web.Request) -> tuple[str, str]:
    """Return what the cookie is called: over plain HTTP, and over TLS.

    Cookies ignore ports, so two servers on one machine need two names. Those over TLS are kept from plain HTTP, where
    they could neither be read nor replaced.
    """
    name = f"ccurve_session_{_end(request, 'sockname')[1]}"
    return name, f"__Host-{name}"


def _is_over_tls(request: web.Request) -> bool:
    """Tell whether the browser came over TLS, to a proxy in front of us; the guard has looked at the origin."""
    return request.headers.get("Origin", "").lower().startswith("https://")


def _peer(request: web.Request) -> str:
    return str(_end(request, "peername")[0])


def _end(request: web.Request, name: str) -> tuple[object, ...]:
    end = None if request.transport is None else request.transport.get_extra_info(name)
    if not isinstance(end, tuple):
        raise ConnectionResetError("the client left before it was asked for the key")
    return end
