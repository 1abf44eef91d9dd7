"""Owns polling as a whole: what people may ask of it, and the background task that does what is due.

The rules are `poller.machine`'s, the conversations with the relay `poller.asking`'s.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from domain.clock import Clock
from domain.errors import CCurveError, CookieMissingError, StorageError
from domain.status import CookieStatus, PollResult, TaskStatus
from poller import journal, machine, shown
from poller.asking import Asker
from poller.board import Board
from poller.client import RelayClient
from poller.journal import Journal
from poller.keeper import Keeper
from poller.needs import Announcer, CookieStore, History, Settings
from poller.state import Due, State
from poller.watch import Watch


class Poller:
    """Polls the relay while it is open, as an async context manager. `settings` and `cookies` must be loaded before."""

    def __init__(
        self,
        client: RelayClient,
        history: History,
        settings: Settings,
        cookies: CookieStore,
        announcer: Announcer,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._clock = clock
        config = settings.config
        state = State(
            interval_s=config.interval_seconds,
            check_every_s=config.cookie_check_minutes * 60,
            enabled=settings.enabled,
            cookie="missing" if cookies.text is None else "unchecked",
        )
        self._board = Board(state, announcer, clock)
        self._journal = Journal()
        self._keeper = Keeper(cookies, lambda: client.give_up("The cookie was changed meanwhile."))
        self._asker = Asker(client, history, self._keeper, self._board, self._journal)
        self._switching = asyncio.Lock()
        self._switched_off = 0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Start polling, if the switch is on."""
        self._task = asyncio.create_task(self._run(), name="polling")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End polling at once, whatever it is waiting for."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._asker.close()

    @property
    def task(self) -> TaskStatus:
        """How polling goes."""
        return shown.task_status(self._board.state, self._board.now())

    @property
    def cookie(self) -> CookieStatus:
        """What is known of the cookie."""
        return shown.cookie_status(self._board.state, self._keeper.names)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Polls since the start, by outcome: `ok`, `unavailable`, `unexpected`, `refused`, `storage_failed`."""
        return self._journal.outcomes

    @property
    def malformed(self) -> int:
        """Malformed records in all answers since the start; one that comes again counts again."""
        return self._journal.malformed

    async def switch(self, enabled: bool) -> None:  # noqa: FBT001 - the value itself
        """Turn polling on or off, and remember it.

        Turning it on checks the cookie first. Raises CookieMissingError or CookieInvalidError where it cannot run,
        and nothing is turned then; a relay that cannot say is no reason not to. Raises StorageError.
        """
        if not enabled:
            self._switched_off += 1
            self._board.move(machine.switched(self._board.state, on=False))
            await self._settings.save_enabled(False)  # noqa: FBT003 - the value itself
            return
        async with self._switching:
            before = self._switched_off
            state = self._board.state
            if not machine.running(state):
                await self._asker.check()
                self._asker.require_cookie()
                if before == self._switched_off:
                    await self._settings.save_enabled(True)  # noqa: FBT003 - the value itself
                if before == self._switched_off:
                    self._board.move(machine.switched(self._board.state, on=True))

    async def refresh(self) -> PollResult:
        """Poll now; calls at the same time share one poll, and so do they with one that is under way.

        Raises CookieMissingError and CookieInvalidError (nothing is sent with a cookie known as invalid),
        UpstreamUnavailableError, UpstreamUnexpectedError, StorageError.
        """
        return await self._asker.refresh()

    async def save_cookie(self, text: str) -> None:
        """Store the header value `text` and check it; `cookie` tells what the relay says.

        Calls with the cookie before are given up, and change nothing any more. Raises StorageError.
        """
        async with self._asker.changing:
            await self._keeper.replace(text)
            self._board.move(machine.cookie_saved(self._board.state))
            with suppress(CookieMissingError):  # it was deleted again already
                await self._asker.check()

    async def delete_cookie(self) -> None:
        """Forget the cookie, everywhere, and stop polling; the switch stays. Raises StorageError."""
        try:
            await self._keeper.replace(None)
        finally:
            if self._keeper.is_empty:
                self._board.move(machine.cookie_deleted(self._board.state))

    async def check_cookie(self) -> None:
        """Check the stored cookie now; `cookie` tells what the relay says, and `task.error` that it could not be asked.

        Raises CookieMissingError.
        """
        await self._asker.check()

    def config_changed(self) -> None:
        """Take the configuration's intervals at once."""
        config = self._settings.config
        check_every_s = config.cookie_check_minutes * 60
        self._board.move(machine.retimed(self._board.state, config.interval_seconds, check_every_s))

    def retention_went(self, error: StorageError | None) -> None:
        """Note how old records were let go, None for well: a failure is shown until it goes well again."""
        self._board.move(machine.pruned(self._board.state, self._board.now(), error))

    def backup_went(self, error: StorageError | None) -> None:
        """Note how the history was backed up, None for well: a failure is shown until it goes well again."""
        self._board.move(machine.backed_up(self._board.state, self._board.now(), error))

    async def _run(self) -> None:
        watch = Watch(self._clock)
        while True:
            self._board.changed.clear()
            due = machine.due(self._board.state, self._clock.monotonic_s())
            try:
                await self._do(due, watch)
            except Exception as error:  # noqa: BLE001 - polling outlives a mistake of ours, which may be anything
                journal.log_mistake(error)
                mistake = CCurveError("CCurve itself made a mistake, which its log names.")
                state = machine.checked(self._board.state, self._board.now(), mistake)
                self._board.move(machine.polled(state, self._board.now(), mistake))

    async def _do(self, due: Due, watch: Watch) -> None:
        if due.action == "check":
            slept_s = await watch.during(self._asker.check_if_due())
        elif due.action == "poll":
            slept_s = await watch.during(self._asker.poll_if_due())
        elif due.wait_s is None:
            await self._board.changed.wait()
            watch.reset()
            return
        else:
            slept_s = await watch.wait(self._board.changed, due.wait_s)
        if slept_s is not None:
            self._board.move(machine.woke(self._board.state, self._clock.monotonic_s(), slept_s))
            self._board.tell_status()
