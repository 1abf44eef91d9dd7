"""Owns the certificates of the tests: an authority that vouches for `relay.invalid`, `localhost` and `127.0.0.1`.

They were made once with openssl, of which not every system has a command, and are worth nothing.
"""

import ssl
from pathlib import Path

AUTHORITY = Path(__file__).parent / "tls" / "authority.pem"
_SERVER = AUTHORITY.with_name("server.pem")


def server_context() -> ssl.SSLContext:
    """Return what a server needs that the authority vouches for."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(_SERVER)
    return context
