"""Owns what CCurve says of itself: the switch, the cookie, and the last error."""

from typing import Literal, TypeAlias

from msgspec import Struct

TaskState: TypeAlias = Literal["off", "polling", "retrying", "cookie_missing", "cookie_invalid"]


class Trouble(Struct, frozen=True):
    """The last error: its stable code, a sentence for people, and when (UTC epoch milliseconds)."""

    code: str
    detail: str
    at_ms: int


class TaskStatus(Struct, frozen=True):
    """How polling goes. Times are UTC epoch milliseconds, None for never; `failures` counts those in a row."""

    enabled: bool = False
    state: TaskState = "off"
    last_poll_ms: int | None = None
    last_success_ms: int | None = None
    next_poll_ms: int | None = None
    failures: int = 0
    error: Trouble | None = None


class CookieStatus(Struct, frozen=True):
    """What is known of the cookie.

    `valid` is None until the relay has said; `names` are those of its pairs, never a value.
    """

    present: bool = False
    valid: bool | None = None
    checked_ms: int | None = None
    names: list[str] = []


class PollResult(Struct, frozen=True):
    """What one poll brought: how many records were in the answer, how many count, how many were not known."""

    fetched: int
    matched: int
    new: int
    polled_ms: int
