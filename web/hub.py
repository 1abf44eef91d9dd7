"""Owns the telling of news: each event is encoded once, and put into the mailbox of every stream that is open.

What a stream starts with is `catchup`'s, writing to the client is `stream`'s. Lives on the event loop.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from domain.cursor import cursor_from_text
from domain.records import Record, Stored
from web.frames import event
from web.mailbox import Frame, Mailbox

LIVE_RECORDS: Final = 200
"""How many records an event holds that waits in mailboxes; of more, streams read pages for themselves."""

# With that a reader that never reads costs 4 MB at the very most, and no more if there are a thousand of them.
_DEPTH: Final = 64


class Voice(Protocol):
    """What can say how things stand."""

    def status(self) -> bytes:
        """Return the status as JSON."""

    def config(self) -> bytes:
        """Return the configuration as JSON."""

    def usage(self, records: list[Record]) -> bytes:
        """Return the data of a usage event that adds `records`."""


class Hub:
    """Tells every open stream. `depth` is how many events a stream may lag behind before it is cut off.

    Made before what it tells about, since that is who calls it; `bind` says later who can put it into words.
    """

    def __init__(self, depth: int = _DEPTH) -> None:
        self._depth = depth
        self._mailboxes: set[Mailbox] = set()
        self._voice: Voice | None = None
        self._last_status = b""
        self._last_config = b""
        self._told = 0

    def bind(self, voice: Voice) -> None:
        """Say who puts news into words. Until then there is nobody to tell."""
        self._voice = voice

    @property
    def subscribers(self) -> int:
        """How many streams are open."""
        return len(self._mailboxes)

    @property
    def told(self) -> int:
        """The sequence of the last records that were told of, 0 before any."""
        return self._told

    @contextmanager
    def subscribe(self, cut_off: Callable[[], None]) -> Iterator[Mailbox]:
        """Yield a mailbox that gets every event from now on; `cut_off` is called should it overflow."""
        if self._voice is not None and not self._mailboxes:
            self._last_status, self._last_config = self._voice.status(), self._voice.config()
        mailbox = Mailbox(self._depth, cut_off)
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)

    def usage(self, stored: Stored) -> None:
        """Tell of what was stored. Called after the commit. ValueError for a cursor that is none."""
        if not stored.records:
            return
        cursor = cursor_from_text(stored.cursor)
        if cursor is None:
            raise ValueError("a store's cursor must be readable")
        self._told = cursor.sequence
        if self._voice is None or not self._mailboxes:
            return
        if len(stored.records) > LIVE_RECORDS:
            self._tell(Frame(None, cursor))
        else:
            self._tell(Frame(event("usage", self._voice.usage(stored.records), stored.cursor), cursor))

    def status(self) -> None:
        """Tell the status, if it has changed."""
        if self._voice is None or not self._mailboxes:
            return
        status = self._voice.status()
        if status != self._last_status:
            self._last_status = status
            self._tell(Frame(event("status", status)))

    def config(self) -> None:
        """Tell the configuration, if it has changed."""
        if self._voice is None or not self._mailboxes:
            return
        config = self._voice.config()
        if config != self._last_config:
            self._last_config = config
            self._tell(Frame(event("config", config)))

    def _tell(self, frame: Frame) -> None:
        overflowing = [mailbox for mailbox in self._mailboxes if not mailbox.put(frame)]
        for mailbox in overflowing:
            self._mailboxes.discard(mailbox)
            mailbox.cut_off()
