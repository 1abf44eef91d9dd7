"""Owns the turn-over of the stored cookie: a person's change of it, the relay's, and which answers still concern it.

Where it is kept is the store's; what the relay's Set-Cookie lines change in it is `domain.cookie`'s.
"""

import asyncio
import logging
from collections.abc import Callable

from msgspec import Struct

from domain.cookie import names
from domain.errors import StorageError
from poller.client import Reply
from poller.needs import CookieStore

log = logging.getLogger("ccurve.poller")


class Used(Struct, frozen=True):
    """The cookie that a call is made with, and which of those that people saved it goes back to."""

    text: str
    generation: int

    def __repr__(self) -> str:
        """Show no value."""
        return f"Used(generation={self.generation})"


class Keeper:
    """The stored cookie. `retire` is called when what is under way no longer concerns it."""

    def __init__(self, store: CookieStore, retire: Callable[[], None]) -> None:
        self._store = store
        self._retire = retire
        self._generation = 0
        self._writing = asyncio.Lock()
        # The cookie as the relay renewed it, where the disk did not take it, and why.
        self._renewed: str | None = None
        self._error: StorageError | None = None

    @property
    def names(self) -> list[str]:
        """The names of the cookies held, never a value."""
        return names(self._text or "")

    @property
    def is_empty(self) -> bool:
        """Whether no cookie is held."""
        return self._text is None

    @property
    def error(self) -> StorageError | None:
        """Why the cookie that calls are made with is not on the disk, None where it is."""
        return self._error

    async def used(self) -> Used | None:
        """Return the cookie to make a call with, None where none is stored. Waits while it is being replaced."""
        async with self._writing:
            text = self._text
            return None if text is None else Used(text, self._generation)

    def concerns(self, used: Used) -> bool:
        """Return whether an answer to `used` still says something about the cookie that is stored."""
        return used.generation == self._generation

    async def replace(self, text: str | None) -> None:
        """Store a person's cookie, None to forget it.

        Raises StorageError; then the old one stays, unless `is_empty` says that it is gone though not from the disk.
        """
        self._generation += 1
        self._retire()
        async with self._writing:
            try:
                if text is None:
                    await self._store.delete()
                else:
                    await self._store.save(text)
            except StorageError:
                if self._store.text is None:
                    self._renewed = self._error = None
                raise
            self._renewed = self._error = None

    async def take_over(self, used: Used, reply: Reply, now_ms: int) -> None:
        """Store what the relay's answer makes of the cookie, unless a person has replaced it meanwhile.

        Where that fails the new one is used all the same, for the relay may have thrown out the old one; storing it is
        tried again with every answer.
        """
        text = reply.cookie_after(used.text, now_ms)
        if text == used.text and self._renewed is None:
            return
        async with self._writing:
            if not self.concerns(used):
                return
            try:
                await self._store.save(text)
            except StorageError as error:
                if self._error is None:
                    log.warning("The cookie as the relay renewed it could not be stored, and is in use: %s", error)
                self._renewed, self._error = text, error
            else:
                self._renewed = self._error = None

    @property
    def _text(self) -> str | None:
        return self._store.text if self._renewed is None else self._renewed
