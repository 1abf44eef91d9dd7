"""Owns the opening of the person's browser. Whether there is a person is `person`'s.

Not Python's `webbrowser`, whose browsers write to our standard output, end with Ctrl+C, or keep us waiting for theirs.
"""

import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from launch.frozen import unpacked
from launch.person import person_is_there

_PATIENCE_S: Final = 1.0
# The first one asks the desktop; the others are for a machine without it.
_LINUX: Final = ("xdg-open", "x-www-browser", "firefox", "google-chrome", "chromium")


def open_browser(url: str) -> None:
    """Open `url` where a person is there to see it; return when something that opens it runs, or nothing does."""
    if not person_is_there():
        return
    for command in _commands():
        if _opens([word.replace("%s", url) for word in command]):
            return
    if sys.platform == "win32":
        if unpacked():
            from launch.windows import forget_library_folder  # noqa: PLC0415 - for Windows alone

            forget_library_folder()
        with suppress(OSError):
            os.startfile(url)  # noqa: S606 - what Windows has for it


def open_browser_meanwhile(url: str) -> None:
    """Open `url` on a thread that nobody waits for."""
    threading.Thread(target=open_browser, args=(url,), name="browser", daemon=True).start()


def _commands() -> Iterator[list[str]]:
    """Yield the commands to try, with %s for the address: those of BROWSER, then those of the system."""
    for told in os.environ.get("BROWSER", "").split(os.pathsep):
        with suppress(ValueError):  # an open quote
            words = [told] if Path(told).is_file() else shlex.split(told)
            if words:
                yield words if "%s" in told else [*words, "%s"]
    if sys.platform == "darwin":
        yield ["/usr/bin/open", "%s"]
    elif sys.platform == "linux" and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        yield from ([name, "%s"] for name in _LINUX)


def _opens(command: list[str]) -> bool:
    """Start the command; say whether it has done its work, or is still at it after a moment."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the person's own choice
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C in our terminal is not meant for it
        )
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE_S) == 0
    except subprocess.TimeoutExpired:
        # A browser may run for days; somebody has to take its exit status.
        threading.Thread(target=process.wait, name="browser's end", daemon=True).start()
        return True
