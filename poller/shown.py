"""Owns what people are shown of a state: the status of the task and of the cookie.

The rules are `poller.machine`'s; the answer's JSON is `web`'s.
"""

from domain.status import CookieStatus, TaskState, TaskStatus
from poller.machine import poll_due_s, running
from poller.state import Moment, State

_VALID = {"missing": None, "unchecked": None, "valid": True, "invalid": False}


def task_status(state: State, now: Moment) -> TaskStatus:
    """Return how polling goes. The next poll is told on the wall clock as it stands, None where none will come."""
    remaining_s = max(poll_due_s(state) - now.s, 0)
    return TaskStatus(
        enabled=state.enabled,
        state=_task_state(state),
        last_poll_ms=state.polled.ms if state.polled else None,
        last_success_ms=state.succeeded_ms,
        next_poll_ms=now.ms + round(remaining_s * 1000) if running(state) else None,
        failures=state.failures,
        error=state.trouble or state.unsaved or state.unpruned or state.not_backed_up,
    )


def cookie_status(state: State, names: list[str]) -> CookieStatus:
    """Return what is known of the cookie whose pairs are called `names`."""
    if state.cookie == "missing":
        return CookieStatus()
    return CookieStatus(present=True, valid=_VALID[state.cookie], checked_ms=state.checked_ms, names=names)


def _task_state(state: State) -> TaskState:
    if not state.enabled:
        return "off"
    if state.cookie == "missing":
        return "cookie_missing"
    if state.cookie == "invalid":
        return "cookie_invalid"
    return "retrying" if state.failures else "polling"
