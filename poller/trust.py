"""Owns which certificate authorities are believed, and keeps them in memory: the files may be gone after some days.

Like `poller.transport`, which uses them, it is imported when the first call is made.
"""

import contextlib
import os
import ssl
from functools import cache
from pathlib import Path
from typing import Final

from domain.errors import UpstreamUnavailableError
from poller.authorities import BUILT_IN

_ALONE: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables of which the first that is set decides alone; each names a file or a folder."""

_FILE, _FOLDERS = "SSL_CERT_FILE", "SSL_CERT_DIR"
"""Those of OpenSSL, which count together where none of the above is set."""


@cache
def tls_context() -> ssl.SSLContext:
    """Return what certificates are verified with: what the environment names, else the built-in bundle.

    Read once and kept. Raises UpstreamUnavailableError, which names the variable at fault, where something cannot be
    read; what is named is then looked for again at the next call.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    named = _named()
    for variable, place in named:
        try:
            _load(context, place)
        except OSError as error:
            raise UpstreamUnavailableError(
                f"{variable} names no certificates that can be read. It must name a PEM file, or a folder of them."
            ) from error
    if not named:
        context.load_verify_locations(cadata=BUILT_IN)
    return context


def _named() -> list[tuple[str, Path]]:
    """Return the places that the environment names, each with its variable."""
    for variable in _ALONE:
        if place := os.environ.get(variable):
            return [(variable, Path(place))]
    files = [os.environ.get(_FILE, "")]
    folders = os.environ.get(_FOLDERS, "").split(os.pathsep)
    return [
        (variable, Path(place))
        for variable, places in ((_FILE, files), (_FOLDERS, folders))
        for place in places
        if place
    ]


def _load(context: ssl.SSLContext, place: Path) -> None:
    """Load a file, or all of a folder that is one of certificates. Raises OSError where there are none."""
    if not place.is_dir():
        context.load_verify_locations(place)
        return
    loaded = 0
    # Given the folder itself, OpenSSL would look into it whenever it meets a certificate.
    for path in place.iterdir():
        if path.is_file():
            with contextlib.suppress(ssl.SSLError):  # it may hold other things too
                context.load_verify_locations(path)
                loaded += 1
    if not loaded:
        raise FileNotFoundError
