"""Owns when the relay is asked, and what each of its answers changes: the rules of polling, as pure functions.

Asking is `poller.asking`'s, the clocks are `poller.board`'s, what people see of a state is `poller.shown`'s.

    switched, cookie_saved, cookie_deleted, retimed, woke     what people and the machine do
    checked, polled                                           what the relay answers
    due                                                       what is to be done about it
"""

from math import inf
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from domain.errors import CCurveError, UpstreamError, UpstreamRefusedError, UpstreamUnexpectedError
from domain.status import Trouble

LEAST_PAUSE_S: Final = 10
"""No sleep, jump of the clock or short interval brings two polls closer than this; a person's wish may."""

_LONGEST_BACKOFF_S: Final = 300
_DOUBLINGS: Final = 5  # of the shortest interval, 10 s, are more than the longest backoff

Cookie: TypeAlias = Literal["missing", "unchecked", "valid", "invalid"]


class Moment(Struct, frozen=True):
    """One instant on both clocks: `s` monotonic seconds, which rules; `ms` UTC epoch milliseconds, which is shown."""

    s: float
    ms: int


class State(Struct, frozen=True):
    """All that decides what happens next, and what is remembered to be shown."""

    interval_s: float
    check_every_s: float
    enabled: bool = False
    cookie: Cookie = "missing"
    polled: Moment | None = None  # when the last poll ended, however it did
    succeeded_ms: int | None = None  # when a poll last brought an answer that was kept
    tried_s: float | None = None  # when the cookie was last checked, however that went; None has it checked at once
    checked_ms: int | None = None  # when the relay last said yes or no to this cookie
    failures: int = 0  # polls that failed in a row
    trouble: Trouble | None = None  # the last failure, until a success
    not_before_s: float = -inf  # until when the relay asked to be left alone
    hurried: bool = False  # a poll is wanted without a pause
    slept_s: float = 0  # how much of the pause went by unseen


class Due(Struct, frozen=True):
    """What to do now; `wait_s` is for how long to wait, None until something happens."""

    action: Literal["check", "poll", "wait"]
    wait_s: float | None = None


def due(state: State, now_s: float) -> Due:
    """Return what is due: first the check, then the poll, then rest."""
    if not running(state):
        return Due("wait")
    check_s = -inf if state.tried_s is None else state.tried_s + state.check_every_s
    poll_s = poll_due_s(state)
    if check_s <= now_s:
        return Due("check")
    if poll_s <= now_s:
        return Due("poll")
    return Due("wait", min(check_s, poll_s) - now_s)


def running(state: State) -> bool:
    """Return whether anything is sent without a person asking."""
    return state.enabled and state.cookie in ("unchecked", "valid")


def poll_due_s(state: State) -> float:
    """Return from when on a poll is due, in monotonic seconds; minus infinity for at once."""
    if state.polled is None or state.hurried:
        return state.not_before_s
    pause_s = max(_pause_s(state) - state.slept_s, LEAST_PAUSE_S)
    return max(state.polled.s + pause_s, state.not_before_s)


def _pause_s(state: State) -> float:
    """Return the pause after a poll: the interval, or after failures a growing one that is never shorter."""
    if not state.failures:
        return state.interval_s
    backoff_s = state.interval_s * 2.0 ** min(state.failures - 1, _DOUBLINGS)
    return max(state.interval_s, min(_LONGEST_BACKOFF_S, backoff_s))


def switched(state: State, *, on: bool) -> State:
    """Return the state with the switch turned. The check that goes before turning it on is the caller's."""
    return replace(state, enabled=on, hurried=on)


def cookie_saved(state: State) -> State:
    """Return the state with another cookie: unchecked, polled with at once, and blamed for nothing."""
    fresh = cookie_deleted(state)
    return replace(fresh, cookie="unchecked", hurried=True)


def cookie_deleted(state: State) -> State:
    """Return the state without a cookie. The switch stays where it is."""
    return replace(
        state,
        cookie="missing",
        tried_s=None,
        checked_ms=None,
        failures=0,
        trouble=None,
        not_before_s=-inf,
        hurried=False,
    )


def retimed(state: State, interval_s: float, check_every_s: float) -> State:
    """Return the state with another configuration, which counts from the last poll and the last check."""
    return replace(state, interval_s=interval_s, check_every_s=check_every_s)


def woke(state: State, slept_s: float) -> State:
    """Return the state after the machine slept or its clock was set; `slept_s` is how far the clock went ahead.

    What was shown may be old, so a poll is due; where polls fail, the time slept only counts as waited.
    """
    return replace(state, slept_s=state.slept_s + slept_s if state.failures else inf)


def checked(state: State, now: Moment, error: UpstreamError | None) -> State:
    """Return the state after the cookie was checked: None says it is good, a refusal that it is not, others nothing."""
    state = replace(state, tried_s=now.s)
    if isinstance(error, UpstreamRefusedError):
        return replace(state, cookie="invalid", checked_ms=now.ms, failures=0, trouble=_trouble(error, now))
    if error is not None:
        return replace(state, trouble=_trouble(error, now))
    return replace(
        state,
        cookie="valid",
        checked_ms=now.ms,
        hurried=state.hurried or state.cookie == "invalid",
        trouble=state.trouble if state.failures else None,
    )


def polled(state: State, now: Moment, error: CCurveError | None) -> State:
    """Return the state after a poll: None says that its answer is stored; see `after_refusal` for one refused."""
    state = replace(state, polled=now, hurried=False, slept_s=0)
    if error is None:
        return replace(state, succeeded_ms=now.ms, failures=0, trouble=None, not_before_s=-inf)
    if isinstance(error, UpstreamRefusedError):
        return replace(state, cookie="invalid", failures=0, trouble=_trouble(error, now))
    pause_s = error.retry_after_s if isinstance(error, UpstreamError) else None
    return replace(
        state, failures=state.failures + 1, trouble=_trouble(error, now), not_before_s=now.s + (pause_s or 0)
    )


def after_refusal(check_error: UpstreamError | None) -> UpstreamError:
    """Return how a refused poll ends, once the check that follows it at once has ended with `check_error`.

    Only a relay that refuses the cookie twice has thrown it out; one that contradicts itself is confused.
    """
    return check_error or UpstreamUnexpectedError("The relay accepts the cookie, but does not give the usage for it.")


def _trouble(error: CCurveError, now: Moment) -> Trouble:
    return Trouble(error.code, str(error), now.ms)
