"""Owns the putting off of TLS, which nobody needs before the relay is asked over https.

aiohttp makes two TLS contexts when it is imported, for clients; here it only serves plain HTTP. It and asyncio do
without `ssl` where Python was built without it, and that is what they find. It saves a fifth of the start.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LESS_WITHOUT: Final = ("http.client", "urllib.request")


@contextmanager
def without_tls() -> Iterator[None]:
    """Have no module that is imported in this block find `ssl`; whoever is imported after it does."""
    # https://docs.python.org/3/reference/import.html#the-module-cache
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["ssl"]
        # These leave out classes then; the next one to ask gets them whole.
        for name in _LESS_WITHOUT:
            sys.modules.pop(name, None)
