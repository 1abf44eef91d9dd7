"""Owns what is known of polling at any moment: the state, and the two clocks' reading that it is judged by.

What changes it, and what follows from it, is `poller.machine`'s.
"""

from math import inf
from typing import Literal, TypeAlias

from msgspec import Struct

from domain.status import Trouble

Cookie: TypeAlias = Literal["missing", "unchecked", "valid", "invalid"]


class Moment(Struct, frozen=True):
    """One instant on both clocks: `s` monotonic seconds, which rules; `ms` UTC epoch milliseconds, which is shown."""

    s: float
    ms: int


class State(Struct, frozen=True):
    """All that decides what happens next, and what is remembered to be shown. `_s` are monotonic seconds."""

    interval_s: float
    check_every_s: float
    enabled: bool = False
    cookie: Cookie = "missing"

    polled: Moment | None = None  # when the last poll ended, however it did
    succeeded_ms: int | None = None  # when a poll last brought an answer that was kept
    failures: int = 0  # polls that failed in a row
    trouble: Trouble | None = None  # the last failure, until a success
    unsaved: Trouble | None = None  # why the cookie as the relay renewed it is not on the disk
    unpruned: Trouble | None = None  # why old records could not be let go
    not_backed_up: Trouble | None = None  # why there is no backup of today

    tried_s: float | None = None  # when the cookie was last checked, however that went; None has it checked at once
    checked_ms: int | None = None  # when the relay last said yes or no to this cookie

    hurried: bool = False  # a poll is wanted without a pause
    not_before_s: float = -inf  # until when the relay asked to be left alone
    slept_s: float = 0  # how much of the pause after a failure went by in sleep
    woke_s: float = inf  # from when on a poll is wanted because the machine woke
    woken_s: float = -inf  # when one was last made for that reason


class Due(Struct, frozen=True):
    """What to do now; `wait_s` is for how long to wait, None until something happens."""

    action: Literal["check", "poll", "wait"]
    wait_s: float | None = None
