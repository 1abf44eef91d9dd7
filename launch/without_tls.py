"""Owns the putting off of TLS, which nobody needs before the relay is asked over https.

aiohttp makes two TLS contexts when it is imported, for clients; here it only serves plain HTTP. It and asyncio do
without `ssl` where Python was built without it, and that is what they find. It saves a fifth of the start.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_tls() -> Iterator[None]:
    """Have no module that is imported in this block find `ssl`."""
    sys.modules["ssl"] = None  # type: ignore[assignment] - documented: the import then raises ModuleNotFoundError
    try:
        yield
    finally:
        del sys.modules["ssl"]
