"""Owns what the relay's own words may do: its texts and its names pass through to people without our cookie in them.

What is hidden in a text is `domain.redaction`'s to say.
"""

from functools import cache
from http import HTTPStatus
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from domain.errors import UpstreamError, UpstreamRefusedError
from domain.records import Answer
from domain.redaction import hiding_secrets, redacted
from poller.judge import Response

_MOST_BYTES: Final = 4 * 1024
_REFUSALS: Final = range(300, 400), (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

_FIELDS: Final = ("message", "msg", "error_description", "detail", "error")


def wanted(status: int) -> int:
    """Return how many bytes of the body matter where the status is one of failure: those that may say why."""
    return 0 if any(status in refusals for refusals in _REFUSALS) else _MOST_BYTES


def told(error: UpstreamError, response: Response, cookie: str) -> UpstreamError:
    """Return the error with what the relay said of it in its body, redacted, behind our own words.

    A refusal stays as it is: what is to be done about it is known, and its remedy is all that matters.
    """
    if isinstance(error, UpstreamRefusedError):
        return error
    words = redacted(_words(response.body), cookie)
    return type(error)(f'{error} It says: "{words}"', retry_after_s=error.retry_after_s) if words else error


def without_cookie(answer: Answer, cookie: str) -> Answer:
    """Return the answer with the cookie's values hidden in the names of models, should the relay quote them there.

    Such a record counts all the same: what it cost was spent.
    """
    hide = hiding_secrets(cookie)
    all_names = "\n".join({record.model for record in answer.records})
    if hide(all_names) == all_names:
        return answer
    name = cache(hide)
    return replace(answer, records=[replace(record, model=name(record.model)) for record in answer.records])


def _words(body: bytes) -> str:
    """Return what a JSON object says in the fields where errors are explained; empty where it is none, or too long."""
    if len(body) > _MOST_BYTES:
        return ""
    try:
        said: Any = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    for _ in range(2):  # some put an object under "error"
        if not isinstance(said, dict):
            break
        said = next((said[field] for field in _FIELDS if said.get(field)), "")
    return said if isinstance(said, str) else ""
