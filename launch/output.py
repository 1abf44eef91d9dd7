"""Owns what is said on the standard streams, where nobody may be listening, or never was.

What is said there is `app`'s.
"""

import io
import os
import sys
from pathlib import Path
from typing import Final, TextIO

_LAST_STANDARD: Final = 2


def prepare_streams() -> None:
    """Make the standard streams safe to use: there, whatever it was started without, and able to take any character.

    Where one is closed, the next file that is opened would take its number, and get what is meant for the stream.
    """
    while True:
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > _LAST_STANDARD:
            os.close(descriptor)
            break
    sys.stdout = _able(sys.stdout)
    sys.stderr = _able(sys.stderr)


def say(line: str) -> None:
    """Print a line at once; nothing where standard output is closed or full, which is no reason to end."""
    try:
        print(line, flush=True)  # noqa: T201 - this is what it is for
    except OSError:
        # What is still held back would fail again at the end.
        sys.stdout = _nowhere()


def complain(line: str) -> None:
    """Print a line on standard error; nothing where that is closed or full."""
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is what it is for
    except OSError:
        sys.stderr = _nowhere()


def tell_how_to_stop() -> None:
    """Say it to a person at a terminal: standard output is for one line, which programs read."""
    if sys.stderr.isatty():
        complain("Close this window or press Ctrl+C to stop it.")


def _able(stream: TextIO | None) -> TextIO:
    if stream is None:
        return _nowhere()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")  # lasts as long as the program
