"""Owns what is said on standard output, where nobody may be listening any more.

What is said there is `app`'s.
"""

import os
import sys
from pathlib import Path


def say(line: str) -> None:
    """Print a line at once; nothing where standard output is closed, full or not there, which is no reason to end."""
    try:
        print(line, flush=True)  # noqa: T201 - this is what it is for
    except OSError:
        # What is still held back would fail again at the end.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lasts as long as the program
