"""Owns the opening of the person's browser, where there is one to be seen."""

import os
import platform
import threading
import webbrowser


def can_open() -> bool:
    """Say whether a browser would have a screen: without one, some systems start a text browser in the terminal."""
    if platform.system() == "Linux":
        return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    return True


def open_browser(url: str) -> None:
    """Open `url`, which may take seconds. Nothing happens where no browser can be started."""
    if can_open():
        webbrowser.open(url)


def open_browser_meanwhile(url: str) -> None:
    """Open `url` on a thread that nobody waits for: some browsers keep the one who starts them waiting."""
    threading.Thread(target=open_browser, args=(url,), name="browser", daemon=True).start()
