"""Owns what the poller needs of others, as Protocols; `app` hands over what fulfils them."""

from typing import Protocol

from domain.records import Answer, Stored
from domain.settings import Config


class History(Protocol):
    """Where records are kept."""

    async def apply(self, answer: Answer, now_ms: int) -> Stored:
        """Store what is new or changed in one transaction; return once it is on the disk. Raises StorageError."""


class Settings(Protocol):
    """What is remembered of a person's wishes."""

    @property
    def config(self) -> Config:
        """The configuration as it stands."""

    @property
    def enabled(self) -> bool:
        """Whether the switch is on."""

    async def save_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - the value itself
        """Remember the switch. Raises StorageError."""


class CookieStore(Protocol):
    """Where the cookie is kept, and nowhere else."""

    @property
    def text(self) -> str | None:
        """The header value, or None where none is stored."""

    async def save(self, text: str) -> None:
        """Replace what is stored; the old value is gone from the disk on return. Raises StorageError."""

    async def delete(self) -> None:
        """Forget what is stored; it is gone from the disk on return. Raises StorageError."""


class Announcer(Protocol):
    """Who tells the pages."""

    def usage(self, stored: Stored) -> None:
        """Tell what was stored. Called after the commit, before the status that follows from it."""

    def status(self) -> None:
        """Tell that the status may have changed."""
