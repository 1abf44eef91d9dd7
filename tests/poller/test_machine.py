"""The rules of polling, one by one, without a clock or a relay."""

from math import inf

import pytest
from msgspec.structs import replace

from domain.errors import (
    CCurveError,
    StorageFullError,
    UpstreamError,
    UpstreamRefusedError,
    UpstreamUnavailableError,
    UpstreamUnexpectedError,
)
from domain.status import Trouble
from poller import machine
from poller.machine import due
from poller.state import Due, Moment, State

MINUTE = 60.0
CHECK, POLL, REST = Due("check"), Due("poll"), Due("wait")
REFUSED = UpstreamRefusedError("Refused.")
DOWN = UpstreamUnavailableError("Down.")


def at(s: float) -> Moment:
    return Moment(s, round(s * 1000) + 1_000_000)


def fresh(*, enabled: bool = True, interval_s: float = MINUTE, check_every_s: float = 10 * MINUTE) -> State:
    return State(interval_s, check_every_s, enabled=enabled, cookie="unchecked")


def polling(since_s: float = 0) -> State:
    """Return a state that was checked and polled well at `since_s`."""
    return machine.polled(machine.checked(fresh(), at(since_s), None), at(since_s), None)


def failing(times: int, *, at_s: float = 0, error: CCurveError = DOWN, interval_s: float = MINUTE) -> State:
    state = machine.checked(fresh(interval_s=interval_s, check_every_s=inf), at(at_s), None)
    for _ in range(times):
        state = machine.polled(state, at(at_s), error)
    return state


def test_off_nothing_is_due() -> None:
    assert due(fresh(enabled=False), 0) == REST
    assert due(machine.switched(polling(), on=False), 10**9) == REST


def test_without_a_cookie_nothing_is_due() -> None:
    assert due(machine.switched(State(MINUTE, MINUTE), on=True), 0) == REST
    assert due(machine.cookie_deleted(polling()), 10**9) == REST


def test_on_the_cookie_is_checked_and_then_a_poll_follows_at_once() -> None:
    state = fresh()
    assert due(state, 0) == CHECK
    assert due(machine.checked(state, at(0), None), 0) == POLL


def test_then_there_is_a_poll_every_interval() -> None:
    assert due(polling(), 0) == Due("wait", MINUTE)
    assert due(polling(), 59) == Due("wait", 1)
    assert due(polling(), 60) == POLL


def test_a_check_that_cannot_say_does_not_stop_the_poll_that_follows() -> None:
    assert due(machine.checked(fresh(), at(0), DOWN), 0) == POLL


def test_a_refused_check_stops_everything() -> None:
    state = machine.checked(polling(), at(30), REFUSED)
    assert state.cookie == "invalid"
    assert state.trouble == Trouble("cookie_invalid", "Refused.", at(30).ms)
    assert due(state, 10**9) == REST


@pytest.mark.parametrize("answer", [None, DOWN])
def test_the_cookie_is_checked_again_when_its_time_has_come(answer: UpstreamError | None) -> None:
    state = machine.checked(polling(), at(30), answer)
    for minute in range(1, 11):
        state = machine.polled(state, at(minute * MINUTE), None)
    assert due(state, 630) == CHECK
    assert due(state, 629) == Due("wait", 1)


def test_a_refused_poll_whose_check_is_refused_ends_polling() -> None:
    error = machine.after_refusal(REFUSED)
    state = machine.polled(machine.checked(polling(), at(60), REFUSED), at(60), error)
    assert (state.cookie, state.failures) == ("invalid", 0)
    assert due(state, 10**9) == REST


def test_a_refused_poll_whose_check_passes_is_a_failure_like_another() -> None:
    error = machine.after_refusal(None)
    state = machine.polled(machine.checked(polling(), at(60), None), at(60), error)
    assert isinstance(error, UpstreamUnexpectedError)
    assert (state.cookie, state.failures) == ("valid", 1)
    assert due(state, 60) == Due("wait", MINUTE)


def test_a_refused_poll_whose_check_cannot_say_fails_for_the_reason_of_the_check() -> None:
    assert machine.after_refusal(DOWN) is DOWN


@pytest.mark.parametrize(
    ("interval_s", "pauses_s"),
    [
        (10, [10, 20, 40, 80, 160, 300, 300]),
        (60, [60, 120, 240, 300, 300]),
        (200, [200, 300, 300]),
        (3600, [3600, 3600, 3600]),
    ],
)
def test_pauses_grow_with_the_failures_up_to_five_minutes_and_are_never_below_the_interval(
    interval_s: float, pauses_s: list[float]
) -> None:
    states = [failing(times, interval_s=interval_s) for times in range(1, len(pauses_s) + 1)]
    assert [due(state, 0).wait_s for state in states] == pauses_s
    assert due(failing(10_000, interval_s=interval_s), 0).wait_s == max(300, interval_s)


def test_a_success_ends_the_row_of_failures() -> None:
    state = machine.polled(failing(5), at(300), None)
    assert (state.failures, state.trouble, state.succeeded_ms) == (0, None, at(300).ms)
    assert due(state, 300).wait_s == MINUTE


def test_the_last_failure_is_kept_until_a_success() -> None:
    state = machine.polled(failing(1), at(60), StorageFullError("Full."))
    assert state.trouble == Trouble("storage_full", "Full.", at(60).ms)
    assert machine.switched(state, on=False).trouble == state.trouble


def test_a_passed_check_clears_its_own_trouble_but_not_that_of_polls() -> None:
    checked = machine.checked(machine.checked(polling(), at(60), DOWN), at(61), None)
    assert checked.trouble is None
    assert machine.checked(failing(2), at(61), None).trouble == failing(2).trouble


def test_retry_after_is_obeyed_where_it_is_longer_than_the_pause() -> None:
    assert due(failing(1, error=UpstreamUnavailableError("x", retry_after_s=500)), 0).wait_s == 500
    assert due(failing(1, error=UpstreamUnavailableError("x", retry_after_s=5)), 0).wait_s == MINUTE


def test_retry_after_is_obeyed_whatever_people_and_the_machine_do() -> None:
    state = failing(1, error=UpstreamUnavailableError("x", retry_after_s=500))
    for after in (
        machine.woke(state, 0, 3600),
        machine.retimed(state, 10, inf),
        machine.switched(machine.switched(state, on=False), on=True),
    ):
        assert due(after, 0).wait_s == 500


def test_retry_after_a_check_is_obeyed_by_polls_and_checks() -> None:
    busy = UpstreamUnavailableError("x", retry_after_s=5000)
    assert due(machine.checked(machine.cookie_saved(polling()), at(0), busy), 0) == Due("wait", 5000)
    assert due(failing(1, error=busy), 4999) == Due("wait", 1)


def test_a_person_who_polls_meanwhile_ends_it() -> None:
    state = failing(1, error=UpstreamUnavailableError("x", retry_after_s=500))
    assert due(machine.polled(state, at(10), None), 10).wait_s == MINUTE


def test_a_new_interval_counts_from_the_last_poll() -> None:
    assert due(machine.retimed(polling(), 30, 600), 20) == Due("wait", 10)
    assert due(machine.retimed(polling(), 30, 600), 40) == POLL
    assert due(machine.retimed(polling(), 300, 600), 61) == Due("wait", 239)
    assert due(machine.retimed(polling(), 3600, 60), 60) == CHECK


def test_a_new_interval_does_not_cut_the_growth_of_pauses() -> None:
    assert due(machine.retimed(failing(4), 10, inf), 0).wait_s == 80


def test_waking_a_poll_is_due_at_once() -> None:
    hourly = machine.retimed(polling(), 3600, inf)
    assert due(machine.woke(hourly, 1, 0), 1) == POLL
    assert due(machine.woke(hourly, 20, 5), 20) == POLL


def test_waking_over_and_over_polls_no_more_than_once_in_ten_seconds() -> None:
    state, polls = machine.retimed(polling(), 3600, inf), []
    for second in range(1, 40):
        state = machine.woke(state, second, 3600)
        if due(state, second) == POLL:
            polls.append(second)
            state = machine.polled(state, at(second), None)
    assert polls == [1, 11, 21, 31]


def test_a_wake_that_has_to_wait_is_not_forgotten() -> None:
    state = machine.woke(machine.retimed(polling(), 3600, inf), 100, 0)
    state = machine.woke(machine.polled(state, at(100), None), 103, 0)
    assert due(state, 103) == Due("wait", 7)


def test_waking_while_polls_fail_counts_the_time_slept_as_waited() -> None:
    assert due(machine.woke(failing(3), 20, 100), 20).wait_s == 240 - 100 - 20
    assert due(machine.woke(failing(3), 20, 0), 20).wait_s == 220
    assert due(machine.woke(failing(3), 20, 10_000), 20) == POLL
    assert due(machine.woke(failing(3), 1, 10_000), 1).wait_s == 9
    assert due(machine.woke(machine.woke(failing(3), 20, 50), 20, 50), 20).wait_s == 120


def test_what_was_slept_counts_once() -> None:
    assert due(machine.polled(machine.woke(polling(), 20, 3600), at(20), None), 20).wait_s == MINUTE
    assert due(machine.polled(machine.woke(failing(1), 20, 3600), at(20), DOWN), 20).wait_s == 2 * MINUTE


def test_waking_with_a_refused_cookie_nothing_is_sent() -> None:
    assert due(machine.woke(machine.checked(polling(), at(1), REFUSED), 2, 3600), 10**9) == REST


@pytest.mark.parametrize("said", [None, DOWN])
def test_a_new_cookie_resumes_polling_at_once_unless_it_is_refused(said: UpstreamError | None) -> None:
    stopped = machine.checked(polling(), at(1), REFUSED)
    state = machine.checked(machine.cookie_saved(stopped), at(2), said)
    assert due(state, 2) == POLL
    assert due(machine.checked(machine.cookie_saved(stopped), at(2), REFUSED), 2) == REST


def test_a_new_cookie_is_blamed_for_nothing() -> None:
    state = failing(5, error=UpstreamUnavailableError("x", retry_after_s=500))
    saved = machine.cookie_saved(state)
    assert (saved.failures, saved.trouble, saved.checked_ms, saved.cookie) == (0, None, None, "unchecked")
    assert due(machine.checked(saved, at(1), None), 1) == POLL


def test_a_refused_cookie_that_passes_a_later_check_resumes_polling_at_once() -> None:
    stopped = machine.checked(polling(), at(1), REFUSED)
    resumed = machine.checked(stopped, at(2), None)
    assert (resumed.trouble, due(resumed, 2)) == (None, POLL)


def test_switching_on_again_polls_at_once() -> None:
    state = machine.switched(machine.switched(polling(), on=False), on=True)
    assert due(state, 1) == POLL
    assert due(machine.polled(state, at(1), None), 1).wait_s == MINUTE


def test_a_refresh_moves_the_next_poll() -> None:
    assert due(machine.polled(polling(), at(40), None), 60) == Due("wait", 40)


def test_a_refresh_while_off_turns_nothing_on() -> None:
    off = fresh(enabled=False)
    for error in (None, DOWN, REFUSED):
        assert due(machine.polled(off, at(1), error), 10**9) == REST


def test_a_deleted_cookie_leaves_the_switch_where_it_is() -> None:
    state = machine.cookie_deleted(polling())
    assert state.enabled
    assert due(machine.cookie_saved(state), 5) == CHECK


def test_what_is_remembered_to_be_shown_outlives_a_change_of_cookie() -> None:
    state = machine.cookie_saved(polling(7))
    assert (state.polled, state.succeeded_ms) == (at(7), at(7).ms)
    assert replace(state, cookie="valid").enabled
