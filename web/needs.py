"""Owns what the web room needs of others, as Protocols; `app` hands over what fulfils them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar

from domain.records import Gap, ModelTotal, Record, Since, Sums, UsageSummary
from domain.settings import Config
from domain.status import CookieStatus, PollResult, TaskStatus
from domain.windows import Buckets, Window

T = TypeVar("T")


class View(Protocol):
    """The history at one moment. Lives on the store's reading thread, for one call of `Usage.read`."""

    @property
    def cursor(self) -> str:
        """How far the store has got."""

    def gaps(self, window: Window) -> list[Gap]:
        """Return the gaps that touch the window, oldest first."""

    def span(self, window: Window) -> Window | None:
        """Return the window from the first record to just after the last one in `window`, None where it is empty."""

    def records(self, window: Window, models: frozenset[str] | None = None) -> Iterator[Record]:
        """Yield the records of the window, ordered by time and then by id; of `models` only, unless None."""

    def sums(self, window: Window, buckets: Buckets | None, models: frozenset[str] | None = None) -> Sums:
        """Return the window summed by model, and into `buckets` where they are given (else no series)."""

    def since(self, cursor: str, limit: int) -> Since | None:
        """Return at most `limit` of the records stored after `cursor`, None where the cursor is not this store's."""


class Usage(Protocol):
    """The history."""

    async def read(self, work: Callable[[View], T]) -> T:
        """Run `work` on a reading thread, in one transaction, and return what it returns. Raises StorageError."""

    def summary(self) -> UsageSummary:
        """Return the store at a glance, as last committed. Costs nothing."""

    def lifetime(self) -> list[ModelTotal]:
        """Return the sum of all charges ever stored, by model, in the order in which the models were first seen."""

    def size_bytes(self) -> int:
        """Return what the history takes on disk."""


class Settings(Protocol):
    """The configuration."""

    @property
    def config(self) -> Config:
        """The configuration as it stands."""

    async def save_config(self, config: Config) -> None:
        """Replace the configuration; it is on the disk on return. Raises StorageError."""


class Access(Protocol):
    """The access key, and the sessions that were opened with it."""

    def bind(self, ended: Callable[[str], None]) -> None:
        """Say who is to be told of each session that ends."""

    def accepts(self, key: str) -> bool:
        """Return whether this is the key, after the same time for each that is not."""

    def session(self, value: str) -> str | None:
        """Return which session a cookie's value stands for, and note that it is used; None where there is none."""

    async def begin(self, *before: str) -> str:
        """Open a session in place of those `before`, and return the value that stands for it.

        It is on the disk on return. Raises StorageError, and then those before go on.
        """

    async def end(self, session: str) -> None:
        """End a session; that is on the disk on return. Raises StorageError, and then it goes on."""


class Poller(Protocol):
    """Who asks the relay. Each method returns when what it says has happened."""

    @property
    def task(self) -> TaskStatus:
        """How polling goes."""

    @property
    def cookie(self) -> CookieStatus:
        """What is known of the cookie."""

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Polls since the start, counted by outcome."""

    async def switch(self, enabled: bool) -> None:  # noqa: FBT001 - the value itself
        """Turn polling on or off. Raises CookieMissingError or CookieInvalidError where it cannot run."""

    async def refresh(self) -> PollResult:
        """Poll now; calls at the same time share one poll. Raises CookieError, UpstreamError, StorageError."""

    async def save_cookie(self, text: str) -> None:
        """Store a header value and check it. Raises StorageError; what the relay says is told by `cookie`."""

    async def delete_cookie(self) -> None:
        """Forget the cookie, everywhere, and stop polling."""

    async def check_cookie(self) -> None:
        """Check the stored cookie now. Raises CookieMissingError; what the relay says is told by `cookie`."""

    def config_changed(self) -> None:
        """Take the configuration's new interval at once."""
