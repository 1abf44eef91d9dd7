"""Owns the window that Windows opens for a program that is double-clicked, and closes with it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from launch.frozen import unpacked
from launch.output import complain


@contextmanager
def kept_open_on_failure() -> Iterator[None]:
    """Keep the window open until a person has read why the program exits with anything but success."""
    try:
        yield
    except SystemExit as end:
        if end.code and _closes_with_us():
            complain("Press Enter to close this window.")
            with suppress(OSError):
                sys.stdin.readline()
        raise


if sys.platform == "win32":

    def _closes_with_us() -> bool:
        """Say whether nobody else has the console: no shell, but the outer process of the one file."""
        from launch.windows import processes_on_console  # noqa: PLC0415 - takes a while to import

        of_ours = 2 if unpacked() else 1
        return hasattr(sys, "frozen") and 0 < processes_on_console() <= of_ours and sys.stdin.isatty()

else:

    def _closes_with_us() -> bool:
        return False
