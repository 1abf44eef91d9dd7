"""Owns what the errors of the libraries mean: each is told as one of ours, in words that hold nothing of theirs.

Like `poller.exchange`, which catches them, it is imported when the first call is made.
"""

import http.client
import socket
import ssl
import traceback
from collections.abc import Iterator
from typing import Final, TypeAlias

import requests
from urllib3.exceptions import DecodeError, InvalidHeader

from domain.errors import UpstreamError, UpstreamUnavailableError, UpstreamUnexpectedError

_Kinds: TypeAlias = tuple[type[Exception], ...]

_BROKE_OFF: Final = "The connection to the relay broke off."
_ADDRESS: Final = "The relay's address cannot be used. Check --upstream, and the proxies in the environment."
_PROXY: Final = "The proxy that the environment names did not let the call through."

_UNEXPECTED: Final[tuple[tuple[_Kinds, str], ...]] = (
    ((DecodeError,), "The relay's answer is damaged: it cannot be decompressed."),
    ((http.client.HTTPException, InvalidHeader), "The relay answered something that is not HTTP."),
)
_UNAVAILABLE: Final[tuple[tuple[_Kinds, str], ...]] = (
    ((requests.exceptions.ProxyError,), _PROXY),
    ((http.client.IncompleteRead, http.client.RemoteDisconnected), _BROKE_OFF),
    ((ssl.SSLCertVerificationError,), "The relay's certificate cannot be trusted, so nothing was sent."),
    ((ssl.SSLError,), "No secure connection to the relay could be made."),
    ((socket.gaierror,), "The relay's name could not be found. Is this machine online?"),
    ((ConnectionRefusedError,), "The relay does not accept connections."),
    ((TimeoutError,), "The relay could not be reached in time."),
)


def translated(error: Exception) -> UpstreamError:
    """Return the error of ours that tells what happened."""
    causes = list(_causes(error))
    for cause in causes:
        # The libraries' frames may hold a half-read answer, and with it the socket, until a garbage collection.
        traceback.clear_frames(cause.__traceback__)
    unavailable = _sentence(_UNAVAILABLE, causes)
    unexpected = _sentence(_UNEXPECTED, causes)
    if unavailable is None and unexpected is not None:
        return UpstreamUnexpectedError(unexpected)
    # What is left of the ValueErrors comes from URLs; most of the other errors are such too, by inheritance.
    rest = _ADDRESS if any(isinstance(cause, ValueError) for cause in causes) else _BROKE_OFF
    return UpstreamUnavailableError(unavailable or rest)


def _sentence(table: tuple[tuple[_Kinds, str], ...], causes: list[BaseException]) -> str | None:
    """Return the sentence of the first line of the table that fits any of the causes."""
    return next((words for kinds, words in table if any(isinstance(cause, kinds) for cause in causes)), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it was made from: the libraries wrap one another in three different ways."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        around = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting.extend(other for other in around if isinstance(other, BaseException))
