"""Owns the one table of what an error answers, and the problem document (RFC 9457) that says it.

The sentences are in the errors themselves, those of other rooms in `domain.errors`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar, Final

import msgspec
from aiohttp import web

from domain import errors as domain


class RequestError(domain.CCurveError):
    """A request cannot be taken as it is; the sentence stands in the class."""

    detail: ClassVar[str]
    headers: Mapping[str, str] = MappingProxyType({})
    """What its answer carries beside the document."""

    def __init__(self) -> None:
        super().__init__(self.detail)


class MalformedRequestError(RequestError):
    """The bytes are no HTTP request, or its body ends too soon."""

    code = "malformed_request"
    detail = "The request cannot be read as HTTP. Send it again, whole."


class MalformedJsonError(RequestError):
    """The body is no JSON."""

    code = "malformed_json"
    detail = 'The body cannot be read as JSON. Send an object such as {"enabled": true}, in UTF-8.'


class HostNotAllowedError(RequestError):
    """The request was meant for another server, or for ours under a name that it does not have."""

    code = "host_not_allowed"
    detail = (
        "This server does not answer to the name in the Host header. Use 127.0.0.1 or localhost, "
        "or start CCurve with --allow-host and that name."
    )


class CrossOriginError(RequestError):
    """The request was sent by a page of another site."""

    code = "cross_origin"
    detail = "Pages of other sites may not ask. Open the address of CCurve in a tab of its own."


class AccessDeniedError(RequestError):
    """The request brings neither the access key nor a session that was opened with it."""

    code = "access_denied"
    detail = (
        "This CCurve asks for its access key. Open its page and give the key there, "
        "or send it in the header Authorization: Bearer."
    )
    headers = MappingProxyType({"WWW-Authenticate": "Bearer"})


class WrongKeyError(AccessDeniedError):
    """The request brings another key."""

    detail = (
        "That is not the access key. It is what CCurve was started with, or what it showed at its first start "
        "on this address."
    )


class TooManyAttemptsError(RequestError):
    """Too many wrong keys were given; `retry_after_s` is how long no other is looked at."""

    code = "too_many_attempts"
    detail = "Too many wrong access keys were given. Wait a minute, then try again."

    def __init__(self, retry_after_s: int) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(retry_after_s)}


class UnsupportedMediaTypeError(RequestError):
    """The body says that it is something else than JSON."""

    code = "unsupported_media_type"
    detail = "The body must be JSON in UTF-8. Send it with Content-Type: application/json."


class BodyTooLargeError(RequestError):
    """The body is longer than anything that is taken."""

    code = "body_too_large"
    detail = "The body is too large. At most 512 KiB are taken."


class RequestTimeoutError(RequestError):
    """The head or the body came too slowly."""

    code = "request_timeout"
    detail = "The request took too long to arrive. Send it again, all at once."


class TooManyStreamsError(RequestError):
    """More streams are open than anybody has pages."""

    code = "too_many_streams"
    detail = "Too many streams are open. Close some, or try again later."
    headers = MappingProxyType({"Retry-After": "5"})


STATUS: Final[Mapping[type[domain.CCurveError], HTTPStatus]] = {
    MalformedRequestError: HTTPStatus.BAD_REQUEST,
    MalformedJsonError: HTTPStatus.BAD_REQUEST,
    AccessDeniedError: HTTPStatus.UNAUTHORIZED,
    CrossOriginError: HTTPStatus.FORBIDDEN,
    BodyTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedMediaTypeError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HostNotAllowedError: HTTPStatus.MISDIRECTED_REQUEST,
    TooManyAttemptsError: HTTPStatus.TOO_MANY_REQUESTS,
    RequestTimeoutError: HTTPStatus.REQUEST_TIMEOUT,
    TooManyStreamsError: HTTPStatus.SERVICE_UNAVAILABLE,
    domain.InvalidValueError: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.CookieUnreadableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.CookieMissingError: HTTPStatus.CONFLICT,
    domain.CookieInvalidError: HTTPStatus.CONFLICT,
    domain.UpstreamRefusedError: HTTPStatus.CONFLICT,
    domain.UpstreamUnavailableError: HTTPStatus.BAD_GATEWAY,
    domain.UpstreamUnexpectedError: HTTPStatus.BAD_GATEWAY,
    domain.StorageFullError: HTTPStatus.INSUFFICIENT_STORAGE,
    domain.StorageError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""What each class answers; a class that is not here answers as the nearest one above it, else 500."""

_HTTP_DETAILS: Final = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address. docs/api.md lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method. The Allow header lists those it takes.",
    HTTPStatus.EXPECTATION_FAILED: "Of the Expect header only 100-continue is understood.",
}
_HTTP_CODES: Final = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE: BodyTooLargeError.code}

INTERNAL_DETAIL: Final = "Something went wrong inside CCurve. Its log says where; trying again may help."


def problem(error: domain.CCurveError) -> web.Response:
    """Return what an error of ours answers."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.INTERNAL_SERVER_ERROR)
    answer = _answer(status, str(error), error.code, field=getattr(error, "field", None) or None)
    if isinstance(error, RequestError):
        answer.headers.update(error.headers)
    return answer


def http_problem(error: web.HTTPException) -> web.Response:
    """Return what an error of aiohttp's own answers: no route, wrong method, body too large, and the like."""
    status = HTTPStatus(error.status)
    detail = BodyTooLargeError.detail if status in _HTTP_CODES else _HTTP_DETAILS.get(status, f"{status.description}.")
    answer = _answer(status, detail, _HTTP_CODES.get(status, status.name.lower()))
    if "Allow" in error.headers:
        answer.headers["Allow"] = error.headers["Allow"]
    return answer


def internal_problem() -> web.Response:
    """Return what an error answers that nobody foresaw."""
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, INTERNAL_DETAIL, domain.CCurveError.code)


def _answer(status: HTTPStatus, detail: str, code: str, *, field: str | None = None) -> web.Response:
    # With `about:blank` the title is the status' phrase; what exactly went wrong is `code`.
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, "code": code}
    if field is not None:
        document["field"] = field
    return web.Response(status=status, body=msgspec.json.encode(document), content_type="application/problem+json")
