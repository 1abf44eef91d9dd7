"""Owns the ruler of the frozen file: the least server that has the same packages inside."""

import aiohttp_sse  # noqa: F401 - inside, like the others
import lmdb  # noqa: F401
import msgspec  # noqa: F401
import platformdirs  # noqa: F401
import prometheus_client  # noqa: F401
import requests  # noqa: F401

from bench import ruler_server  # noqa: F401 - serves
