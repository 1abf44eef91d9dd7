"""Owns one conversation with the relay at a time: a poll or a check, and all that follows from its answer.

When there is one is `poller.machine`'s and people's; how the relay is reached is `poller.client`'s.
"""

import asyncio
from typing import TypeAlias

from domain.errors import (
    CCurveError,
    CookieInvalidError,
    CookieMissingError,
    StorageError,
    UpstreamError,
    UpstreamRefusedError,
)
from domain.records import Answer
from domain.status import PollResult
from poller import machine
from poller.board import Board
from poller.client import RelayClient, Reply
from poller.journal import Journal
from poller.keeper import Keeper, Used
from poller.needs import History

Outcome: TypeAlias = PollResult | CCurveError | None
"""What a poll brought, or how it failed; None where it came to nothing, and may be tried again."""


class Asker:
    """Polls and checks, one after the other. A poll is shared by all who want one while it is under way."""

    def __init__(self, client: RelayClient, history: History, keeper: Keeper, board: Board, journal: Journal) -> None:
        self._client = client
        self._history = history
        self._keeper = keeper
        self._board = board
        self._journal = journal
        self._turn = asyncio.Lock()
        # Held while a cookie is saved and checked: until then no person's poll begins with it.
        self.changing = asyncio.Lock()
        self._poll: asyncio.Task[Outcome] | None = None
        self._asked_for = False  # whether a person waits for the poll under way

    async def refresh(self) -> PollResult:
        """Poll because a person asks for it. Raises CookieError, UpstreamError, StorageError."""
        while True:
            async with self.changing:
                self.require_cookie()
            outcome = await self._shared_poll(asked_for=True)
            if isinstance(outcome, CCurveError):
                raise outcome
            if outcome is not None:
                return outcome

    async def poll_if_due(self) -> None:
        """Poll, if that is still due when it is its turn."""
        await self._shared_poll(asked_for=False)

    async def check(self) -> None:
        """Check the stored cookie because a person asks for it. Raises CookieMissingError; the state tells the rest."""
        async with self._turn:
            used = await self._keeper.used()
            if used is None:
                raise CookieMissingError
            await self._check(used)

    async def check_if_due(self) -> None:
        """Check the stored cookie, if that is still due when it is its turn."""
        async with self._turn:
            used = await self._keeper.used()
            if used is not None and self._due("check"):
                await self._check(used)

    def require_cookie(self) -> None:
        """Raise CookieMissingError or CookieInvalidError where no poll can be made."""
        if self._board.state.cookie == "missing":
            raise CookieMissingError
        if self._board.state.cookie == "invalid":
            raise CookieInvalidError

    async def close(self) -> None:
        """End the poll that is under way."""
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.wait([self._poll])

    async def _shared_poll(self, *, asked_for: bool) -> Outcome:
        if self._poll is None or self._poll.done():
            self._asked_for = False
            self._poll = asyncio.create_task(self._poll_in_turn(), name="poll")
        self._asked_for |= asked_for
        return await asyncio.shield(self._poll)

    async def _poll_in_turn(self) -> Outcome:
        async with self._turn:
            used = await self._keeper.used()
            if used is None or self._board.state.cookie == "invalid" or not (self._asked_for or self._due("poll")):
                return None
            reply = await self._client.usage(used.text)
            await self._take_over(used, reply)
            outcome: Outcome = reply.error if reply.answer is None else await self._kept(reply.answer)
            if isinstance(outcome, UpstreamRefusedError) and self._matters(used):
                outcome = await self._refusal_checked()
            if isinstance(outcome, PollResult) or self._matters(used):
                self._take_note(used, outcome)
            else:
                outcome = None
            return CookieInvalidError() if isinstance(outcome, UpstreamRefusedError) else outcome

    async def _take_over(self, used: Used, reply: Reply) -> None:
        """Keep the cookie as the reply wants it, and note whether the disk does too."""
        before = self._keeper.error
        await self._keeper.take_over(used, reply, self._board.now().ms)
        if self._keeper.error is not before:
            self._board.move(machine.saved(self._board.state, self._board.now(), self._keeper.error))

    def _take_note(self, used: Used, outcome: Outcome) -> None:
        error = outcome if isinstance(outcome, CCurveError) else None
        self._journal.count_poll(error)
        state = self._board.state
        if self._keeper.concerns(used):
            state = machine.polled(state, self._board.now(), error)
        self._board.move(state)

    def _matters(self, used: Used) -> bool:
        """Return whether anybody cares how a call with this cookie failed: it may be replaced, or polling be off."""
        return self._keeper.concerns(used) and (self._asked_for or self._board.state.enabled)

    async def _refusal_checked(self) -> Outcome:
        """Check the cookie after a poll was refused, and return how that poll ends."""
        used = await self._keeper.used()
        return None if used is None else machine.after_refusal(await self._check(used))

    async def _kept(self, answer: Answer) -> PollResult | StorageError:
        """Have the answer stored and told. Returns how that failed, if it did."""
        self._journal.count_malformed(answer)
        now_ms = self._board.now().ms
        try:
            stored = await self._history.apply(answer, now_ms)
        except StorageError as error:
            return error
        self._board.tell_stored(stored)
        return PollResult(answer.fetched, answer.matched, stored.added, now_ms)

    async def _check(self, used: Used) -> UpstreamError | None:
        """Check the cookie, and note what that says of it. Returns how it failed, None for a yes."""
        reply = await self._client.check(used.text)
        await self._take_over(used, reply)
        if self._keeper.concerns(used):
            self._board.move(machine.checked(self._board.state, self._board.now(), reply.error))
        return reply.error

    def _due(self, action: str) -> bool:
        return machine.due(self._board.state, self._board.now().s).action == action
