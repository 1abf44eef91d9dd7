"""What people are shown of each state."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from domain.errors import CCurveError, StorageError, UpstreamRefusedError, UpstreamUnavailableError
from domain.status import CookieStatus, TaskStatus, Trouble
from poller import machine
from poller.shown import cookie_status, task_status
from poller.state import Moment, State

Went: TypeAlias = Callable[[State, Moment, CCurveError | None], State]

ON = State(60, 600, enabled=True, cookie="unchecked")
POLLED = machine.polled(machine.checked(ON, Moment(10, 5_000), None), Moment(11, 6_000), None)
DOWN = machine.polled(POLLED, Moment(20, 7_000), UpstreamUnavailableError("Down."))
INVALID = machine.checked(POLLED, Moment(20, 7_000), UpstreamRefusedError("No."))


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (ON, "polling"),
        (POLLED, "polling"),
        (DOWN, "retrying"),
        (INVALID, "cookie_invalid"),
        (machine.cookie_deleted(DOWN), "cookie_missing"),
        (machine.cookie_saved(INVALID), "polling"),
        (machine.switched(DOWN, on=False), "off"),
        (machine.switched(INVALID, on=False), "off"),
        (machine.cookie_deleted(machine.switched(ON, on=False)), "off"),
    ],
)
def test_a_state_is_called_what_people_need_to_know_first(state: State, name: str) -> None:
    assert task_status(state, Moment(30, 8_000)).state == name


def test_a_task_tells_when_it_polled_and_how_that_went() -> None:
    assert task_status(DOWN, Moment(30, 17_000)) == TaskStatus(
        enabled=True,
        state="retrying",
        last_poll_ms=7_000,
        last_success_ms=6_000,
        next_poll_ms=17_000 + 50_000,
        failures=1,
        error=Trouble("upstream_unavailable", "Down.", 7_000),
    )


@pytest.mark.parametrize("went", [machine.saved, machine.pruned, machine.backed_up])
def test_what_the_disk_did_not_take_is_told_until_it_does_though_polls_go_well(went: Went) -> None:
    failed = went(POLLED, Moment(20, 7_000), StorageError("No."))
    polled = machine.polled(failed, Moment(30, 8_000), None)
    assert task_status(polled, Moment(30, 8_000)).state == "polling"
    assert task_status(polled, Moment(30, 8_000)).error == Trouble("storage_failed", "No.", 7_000)
    assert task_status(went(polled, Moment(40, 9_000), None), Moment(40, 9_000)).error is None


def test_the_next_poll_is_told_on_the_wall_clock_as_it_stands_now() -> None:
    assert task_status(POLLED, Moment(31, 999)).next_poll_ms == 999 + 40_000
    assert task_status(POLLED, Moment(500, 999)).next_poll_ms == 999
    assert task_status(ON, Moment(0, 999)).next_poll_ms == 999


@pytest.mark.parametrize("state", [INVALID, machine.switched(POLLED, on=False), machine.cookie_deleted(POLLED)])
def test_where_no_poll_will_come_none_is_told(state: State) -> None:
    assert task_status(state, Moment(31, 999)).next_poll_ms is None


def test_a_cookie_is_told_by_its_names_and_what_the_relay_said_of_it() -> None:
    assert cookie_status(ON, ["a", "b"]) == CookieStatus(present=True, valid=None, checked_ms=None, names=["a", "b"])
    assert cookie_status(POLLED, ["a"]) == CookieStatus(present=True, valid=True, checked_ms=5_000, names=["a"])
    assert cookie_status(INVALID, ["a"]) == CookieStatus(present=True, valid=False, checked_ms=7_000, names=["a"])
    assert cookie_status(machine.cookie_deleted(ON), []) == CookieStatus()
