"""Owns the browser that the tests drive: which one of the machine's, and how it is started.

What is done with it is the tests' and the screenshots'.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright

_NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_ON_WINDOWS: Final = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_WINDOWS_ROOTS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
QUIET: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> Path | None:
    """Return where Chromium, or a browser made of it, is installed; None where there is none."""
    roots = [Path(os.environ[name]) for name in _WINDOWS_ROOTS if name in os.environ]
    names = [*_NAMES, *(str(root / rest) for root in roots for rest in _ON_WINDOWS)]
    return next((Path(found) for found in map(shutil.which, names) if found), None)


@asynccontextmanager
async def launched(executable: Path, *arguments: str) -> AsyncIterator[Browser]:
    """Run it without a window, in a profile of its own that is gone afterwards, with further arguments."""
    async with async_playwright() as playwright:
        # Containers and root have no sandbox; the only pages it ever sees are ours.
        browser = await playwright.chromium.launch(
            executable_path=executable, headless=True, chromium_sandbox=False, args=[*QUIET, *arguments]
        )
        try:
            yield browser
        finally:
            await browser.close()
