"""What holds of polling whatever happens, in any order: hypothesis plays people, the relay, the machine and time."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.errors import (
    CCurveError,
    StorageError,
    UpstreamError,
    UpstreamRefusedError,
    UpstreamUnavailableError,
    UpstreamUnexpectedError,
)
from poller import machine
from poller.machine import LEAST_PAUSE_S, due
from poller.state import Due, Moment, State

intervals = st.integers(10, 86_400)
waits = st.none() | st.integers(0, 86_400)
refusals = st.builds(UpstreamRefusedError, st.just("Refused."))
failures = st.builds(UpstreamUnavailableError, st.just("Down."), retry_after_s=waits) | st.builds(
    UpstreamUnexpectedError, st.just("Odd.")
)
spans = st.integers(0, 4000) | st.just(86_400)


class Polling(RuleBasedStateMachine):
    """Plays the loop: does what is due, at once or late, and whatever else may happen in between."""

    @initialize(interval_s=intervals, check_every_s=st.integers(1, 1440))
    def begin(self, interval_s: int, check_every_s: int) -> None:
        self.state = State(interval_s, check_every_s * 60, enabled=True, cookie="unchecked")
        self.s = 0.0
        self.polls_s: list[float] = []
        """When it polled by itself, since a person last had a say."""
        self.leave_alone_until_s = 0.0
        self.wall_ahead_ms = 0
        self.woke_at_s: float | None = None
        """When it last woke, where it has not polled since, and polls had not failed."""

    def now(self) -> Moment:
        return Moment(self.s, round(self.s * 1000) + self.wall_ahead_ms)

    def notes_a_poll(self) -> None:
        """Of three polls in a row at most one came early, because the machine woke."""
        self.polls_s.append(self.s)
        self.woke_at_s = None
        assert len(self.polls_s) <= 2 or self.polls_s[-1] - self.polls_s[-3] >= LEAST_PAUSE_S

    @rule(seconds=spans)
    def time_passes(self, seconds: int) -> None:
        self.s += seconds

    @rule()
    def time_passes_until_something_is_due(self) -> None:
        self.s += due(self.state, self.s).wait_s or 0

    @rule(seconds=spans)
    def wakes(self, seconds: int) -> None:
        self.wall_ahead_ms += seconds * 1000
        self.state = machine.woke(self.state, self.s, seconds)
        if self.woke_at_s is None and not self.state.failures:
            self.woke_at_s = self.s

    @rule(seconds=st.integers(-(10**9), 10**9))
    def has_its_clock_set(self, seconds: int) -> None:
        """Unseen, or seen as the loop sees it: how far it went ahead, nothing where it was set back."""
        before = due(self.state, self.s)
        self.wall_ahead_ms += seconds * 1000
        assert due(self.state, self.s) == before
        self.state = machine.woke(self.state, self.s, max(seconds, 0))
        if self.woke_at_s is None and not self.state.failures:
            self.woke_at_s = self.s

    @rule(interval_s=intervals, check_every_s=st.integers(1, 1440))
    def retimes(self, interval_s: int, check_every_s: int) -> None:
        self.state = machine.retimed(self.state, interval_s, check_every_s * 60)

    @rule(error=st.none() | refusals | failures)
    @precondition(lambda self: due(self.state, self.s).action == "check")
    def is_checked(self, error: UpstreamError | None) -> None:
        assert self.s >= self.leave_alone_until_s, "the relay asked to be left alone"
        self.state = machine.checked(self.state, self.now(), error)
        self.leave_alone_until_s = self.s + ((error and error.retry_after_s) or 0)

    @rule(error=st.none() | failures | st.builds(StorageError, st.just("Broken.")))
    @precondition(lambda self: due(self.state, self.s).action == "poll")
    def is_polled(self, error: CCurveError | None) -> None:
        assert self.s >= self.leave_alone_until_s, "the relay asked to be left alone"
        self.notes_a_poll()
        self.state = machine.polled(self.state, self.now(), error)
        wait_s = error.retry_after_s if isinstance(error, UpstreamError) else None
        self.leave_alone_until_s = self.s + (wait_s or 0)

    @rule(confirmed=st.none() | refusals | failures)
    @precondition(lambda self: due(self.state, self.s).action == "poll")
    def is_refused(self, confirmed: UpstreamError | None) -> None:
        self.state = machine.checked(self.state, self.now(), confirmed)
        self.state = machine.polled(self.state, self.now(), machine.after_refusal(confirmed))
        self.notes_a_poll()
        self.leave_alone_until_s = self.s + ((confirmed and confirmed.retry_after_s) or 0)

    @rule(on=st.booleans())
    def is_switched(self, *, on: bool) -> None:
        self.state = machine.switched(self.state, on=on)
        self.polls_s.clear()

    @rule()
    def gets_a_cookie(self) -> None:
        self.state = machine.cookie_saved(self.state)
        self.polls_s.clear()
        self.leave_alone_until_s = 0.0

    @rule()
    def loses_its_cookie(self) -> None:
        self.state = machine.cookie_deleted(self.state)

    @invariant()
    def rests_only_where_it_may(self) -> None:
        next_due = due(self.state, self.s)
        if not self.state.enabled or self.state.cookie in ("missing", "invalid"):
            assert next_due == Due("wait")
        elif next_due.action == "wait":
            assert next_due.wait_s is not None
            assert next_due.wait_s > 0

    @invariant()
    def never_stalls(self) -> None:
        """It waits for the interval, five minutes, or as long as the relay asked; no longer, whatever the clocks do."""
        if machine.running(self.state):
            wait_s = machine.poll_due_s(self.state) - self.s
            assert wait_s <= max(self.state.interval_s, 300, self.leave_alone_until_s - self.s)

    @invariant()
    def polls_soon_after_it_woke(self) -> None:
        """What is shown may be old by then. Only the relay may have it wait for longer."""
        if machine.running(self.state) and self.woke_at_s is not None and not self.state.failures:
            latest_s = max(self.woke_at_s + LEAST_PAUSE_S, self.leave_alone_until_s)
            assert machine.poll_due_s(self.state) <= latest_s

    @invariant()
    def shows_a_refused_cookie_as_what_it_is(self) -> None:
        if self.state.cookie == "invalid":
            assert self.state.failures == 0
            assert self.state.trouble is not None
            assert self.state.trouble.code == "cookie_invalid"


Polling.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestPolling = Polling.TestCase
