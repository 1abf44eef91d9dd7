"""Owns the eye kept on a page: what it complained of, and whom it talked to.

What of that a test expects, the test says.
"""

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError

_COMPLAINTS = ("error", "warning")


class Watch:
    """Notes what goes wrong in every page of a browser context. Violations of the CSP are errors on the console."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._origin = origin
        self._complaints: list[str] = []
        self._strangers: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def expect(self, pattern: str) -> None:
        """Let complaints pass in which the pattern is found."""
        self._expected.append(re.compile(pattern))

    def expect_status(self, *statuses: int) -> None:
        """Let pass that the console tells of answers with these statuses."""
        for status in statuses:
            self.expect(rf"Failed to load resource: the server responded with a status of {status}\b")

    def expect_silence(self) -> None:
        """Let pass that the console tells of a server that is not there."""
        self.expect(r"net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)")

    def complaints(self) -> list[str]:
        """Return what nobody expected so far: errors, warnings, and requests to other origins."""
        loud = [text for text in self._complaints if not any(known.search(text) for known in self._expected)]
        return loud + [f"request to {url}" for url in self._strangers]

    def forgive(self) -> list[str]:
        """Return what nobody expected so far, and forget it."""
        found = self.complaints()
        self._complaints.clear()
        self._strangers.clear()
        return found

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in _COMPLAINTS:
            self._complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self._complaints.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"data", "blob"} and f"{url.scheme}://{url.netloc}" != self._origin:
            self._strangers.append(request.url)
