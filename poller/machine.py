"""Owns when the relay is asked, and what each of its answers changes: the rules of polling, as pure functions.

Asking is `poller.asking`'s, what people see of a state is `poller.shown`'s. What happens changes the state; `due` tells
what is to be done about it:

    switched, cookie_saved, cookie_deleted, retimed, woke     people and the machine
    checked, polled                                           the relay's answers
    saved, pruned, backed_up                                  the disk, where nobody waits for it
"""

from math import inf
from typing import Final

from msgspec.structs import replace

from domain.errors import CCurveError, UpstreamError, UpstreamRefusedError, UpstreamUnexpectedError
from domain.status import Trouble
from poller.state import Due, Moment, State

LEAST_PAUSE_S: Final = 10
"""However often the machine wakes, or its clock is set, that makes for no more polls than one in this time."""

_LONGEST_BACKOFF_S: Final = 300
_DOUBLINGS: Final = 5  # of the shortest interval, 10 s, are more than the longest backoff


def due(state: State, now_s: float) -> Due:
    """Return what is due: first the check, then the poll, then rest."""
    if not running(state):
        return Due("wait")
    check_s = max(-inf if state.tried_s is None else state.tried_s + state.check_every_s, state.not_before_s)
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
    return max(min(state.polled.s + pause_s, state.woke_s), state.not_before_s)


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
    """Return the state with another cookie: unchecked, to be polled with at once, and blamed for nothing."""
    return replace(cookie_deleted(state), cookie="unchecked", hurried=True)


def cookie_deleted(state: State) -> State:
    """Return the state without a cookie, and without what was known of the one before. The switch stays as it is."""
    blameless = replace(state, failures=0, trouble=None, unsaved=None, not_before_s=-inf, hurried=False)
    return replace(blameless, cookie="missing", tried_s=None, checked_ms=None)


def retimed(state: State, interval_s: float, check_every_s: float) -> State:
    """Return the state with another configuration, which counts from the last poll and the last check."""
    return replace(state, interval_s=interval_s, check_every_s=check_every_s)


def woke(state: State, now_s: float, slept_s: float) -> State:
    """Return the state after the machine slept or its clock was set; `slept_s` is how far the clock went ahead.

    What is shown may be old, so a poll is due at once. Where polls fail, the time slept only counts as waited.
    """
    if state.failures:
        return replace(state, slept_s=state.slept_s + slept_s)
    return replace(state, woke_s=min(state.woke_s, max(now_s, state.woken_s + LEAST_PAUSE_S)))


def checked(state: State, now: Moment, error: CCurveError | None) -> State:
    """Return the state after the cookie was checked: None says it is good, a refusal that it is not, others nothing."""
    state = replace(state, tried_s=now.s)
    if isinstance(error, UpstreamRefusedError):
        return replace(_refused(state, now, error), checked_ms=now.ms)
    if error is not None:
        return replace(
            state, trouble=_trouble(error, now), not_before_s=max(state.not_before_s, _asked_until_s(error, now))
        )
    resumed = state.cookie == "invalid"
    trouble = state.trouble if state.failures else None
    return replace(state, cookie="valid", checked_ms=now.ms, hurried=state.hurried or resumed, trouble=trouble)


def polled(state: State, now: Moment, error: CCurveError | None) -> State:
    """Return the state after a poll: None says that its answer is stored; see `after_refusal` for one refused."""
    woken_s = now.s if state.woke_s <= now.s else state.woken_s
    state = replace(state, polled=now, hurried=False, slept_s=0, woke_s=inf, woken_s=woken_s)
    if error is None:
        return replace(state, succeeded_ms=now.ms, failures=0, trouble=None, not_before_s=-inf)
    if isinstance(error, UpstreamRefusedError):
        return _refused(state, now, error)
    not_before_s = _asked_until_s(error, now)
    return replace(state, failures=state.failures + 1, trouble=_trouble(error, now), not_before_s=not_before_s)


def saved(state: State, now: Moment, error: CCurveError | None) -> State:
    """Return the state after the cookie, as the relay renewed it, was to be stored: None says that it is."""
    return replace(state, unsaved=error and _trouble(error, now))


def pruned(state: State, now: Moment, error: CCurveError | None) -> State:
    """Return the state after old records were to be let go: None says that they are."""
    return replace(state, unpruned=error and _trouble(error, now))


def backed_up(state: State, now: Moment, error: CCurveError | None) -> State:
    """Return the state after the history was to be backed up: None says that it is."""
    return replace(state, not_backed_up=error and _trouble(error, now))


def after_refusal(check_error: UpstreamError | None) -> UpstreamError:
    """Return how a refused poll ends, once the check that follows it at once has ended with `check_error`.

    Only a relay that refuses the cookie twice has thrown it out; one that contradicts itself is confused.
    """
    return check_error or UpstreamUnexpectedError("The relay accepts the cookie, but does not give the usage for it.")


def _refused(state: State, now: Moment, error: UpstreamRefusedError) -> State:
    return replace(state, cookie="invalid", failures=0, trouble=_trouble(error, now))


def _asked_until_s(error: CCurveError, now: Moment) -> float:
    """Return until when the relay asked to be left alone: now, where it did not."""
    return now.s + (error.retry_after_s or 0 if isinstance(error, UpstreamError) else 0)


def _trouble(error: CCurveError, now: Moment) -> Trouble:
    return Trouble(error.code, str(error), now.ms)
