"""Owns the opening of the person's browser, where there is one to be seen."""

import os
import platform
import webbrowser


def can_open() -> bool:
    """Say whether a browser would have a screen: without one, some systems start a text browser in the terminal."""
    if platform.system() == "Linux":
        return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    return True


def open_browser(url: str) -> None:
    """Open `url`; may take seconds, so not on the event loop. Nothing happens where no browser can be started."""
    if can_open():
        webbrowser.open(url)
