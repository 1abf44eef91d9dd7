"""Owns CCurve with a stopwatch: it says on standard error when a commit is done and its telling begins."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import app
from domain.records import Stored
from web.hub import Hub

tell = Hub.usage


def timed(hub: Hub, stored: Stored) -> None:
    """Tell, having said when."""
    if stored.records:
        sys.stderr.write(f"committed {time.monotonic_ns()}\n")
        sys.stderr.flush()
    tell(hub, stored)


Hub.usage = timed  # type: ignore[method-assign, assignment]
sys.exit(app.main())
