"""Owns what the errors of the libraries mean: each is told as one of ours, in words that hold nothing of theirs.

Like `poller.exchange`, which catches them, it is imported when the first call is made.
"""

import http.client
import re
import socket
import ssl
import traceback
from collections.abc import Iterator
from typing import Final, TypeAlias

import socks
from urllib3.exceptions import DecodeError, InvalidHeader

from domain.errors import UpstreamError, UpstreamUnavailableError, UpstreamUnexpectedError
from poller.line import Partner

_Kinds: TypeAlias = tuple[type[Exception], ...]

_BROKE_OFF: Final = "The connection to the {} broke off."
_ADDRESS: Final = "The relay's address cannot be used. Check --upstream."
_NOT_HTTP: Final = "The {} answered something that is not HTTP."
_STRANGER: Final = (
    "The {} asks for a user and a password that it knows. They belong into its address in the environment."
)

_UNEXPECTED: Final[tuple[tuple[_Kinds, str], ...]] = (
    ((DecodeError,), "The relay's answer is damaged: it cannot be decompressed."),
    ((http.client.HTTPException, InvalidHeader), _NOT_HTTP),
)
_UNAVAILABLE: Final[tuple[tuple[_Kinds, str], ...]] = (
    ((http.client.IncompleteRead, http.client.RemoteDisconnected), _BROKE_OFF),
    ((ssl.SSLCertVerificationError,), "The certificate of the {} cannot be trusted, so nothing was sent."),
    ((ssl.SSLError,), "No secure connection to the {} could be made."),
    ((socket.gaierror,), "The name of the {} could not be found. Is this machine online?"),
    ((ConnectionRefusedError,), "The {} does not accept connections."),
    ((TimeoutError,), "The {} could not be reached in time."),
    ((socks.SOCKS5AuthError,), _STRANGER),
    ((ConnectionError,), _BROKE_OFF),
)
_PROXY_LIES: Final[tuple[tuple[_Kinds, str], ...]] = (
    ((http.client.HTTPException, InvalidHeader), _NOT_HTTP),
    ((socks.GeneralProxyError,), "The {} did not go through with the greetings of SOCKS. Is its address right?"),
)
_NO_TUNNEL: Final = re.compile(r"Tunnel connection failed: (\d{3})\b")
"""What http.client says in a plain OSError where a proxy answers CONNECT with anything but 200."""


def translated(error: Exception, partner: Partner) -> UpstreamError:
    """Return the error of ours that tells what happened, while `partner` was spoken with."""
    causes = list(_causes(error))
    for cause in causes:
        # The libraries' frames may hold a half-read answer, and with it the socket, until a garbage collection.
        traceback.clear_frames(cause.__traceback__)
    unavailable = _refusal(causes) or _sentence(_UNAVAILABLE, causes)
    unexpected = _sentence(_UNEXPECTED, causes)
    if partner.is_proxy:
        unavailable = unavailable or _sentence(_PROXY_LIES, causes)
    if unavailable is None and unexpected is not None:
        return UpstreamUnexpectedError(unexpected.format(partner.name))
    # What is left of the ValueErrors comes from URLs; most of the other errors are such too, by inheritance.
    rest = _ADDRESS if any(isinstance(cause, ValueError) for cause in causes) else _BROKE_OFF
    return UpstreamUnavailableError((unavailable or rest).format(partner.name))


def stranger(proxy: Partner) -> UpstreamUnavailableError:
    """Return the error for a proxy that does not know who asks."""
    return UpstreamUnavailableError(_STRANGER.format(proxy.name))


def _refusal(causes: list[BaseException]) -> str | None:
    """Return the sentence for a proxy that understood what it was asked for, and said no."""
    for cause in causes:
        if isinstance(cause, socks.SOCKS4Error | socks.SOCKS5Error):
            return f"The {{}} did not let the call through ({cause})."  # a number, and the library's word for it
        if found := _NO_TUNNEL.match(str(cause)) if type(cause) is OSError else None:
            known = int(found[1]) != http.HTTPStatus.PROXY_AUTHENTICATION_REQUIRED
            return f"The {{}} did not let the call through (status {found[1]})." if known else _STRANGER
    return None


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
