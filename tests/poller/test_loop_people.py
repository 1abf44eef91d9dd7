"""The switch and the refresh, in every state the relay may be in."""

import asyncio

import pytest

from domain.errors import (
    CookieInvalidError,
    CookieMissingError,
    StorageFullError,
    UpstreamUnavailableError,
    UpstreamUnexpectedError,
)
from tests.fakes.relay import (
    CHECK,
    USAGE,
    Behaviour,
    FakeRelay,
    charge,
    garbage,
    login_page,
    redirect,
    status,
)
from tests.poller.stage import Gate, staged


async def test_the_switch_checks_polls_at_once_and_is_remembered(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        await stage.poller.switch(True)
        assert stage.settings.enabled
        assert stage.poller.task.enabled
        await stage.until_polls(1)
        assert stage.asked() == "cp"


async def test_a_switch_that_is_on_is_left_alone(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        await stage.poller.switch(True)
        await stage.poller.refresh()
        assert stage.asked() == "cpp"


async def test_without_a_cookie_the_switch_stays_off(relay: FakeRelay) -> None:
    async with staged(relay, cookie=None) as stage:
        with pytest.raises(CookieMissingError):
            await stage.poller.switch(True)
        assert (stage.poller.task.enabled, stage.settings.enabled, stage.asked()) == (False, False, "")


@pytest.mark.parametrize("refusal", [status(401), status(403), redirect("/login"), login_page])
async def test_with_a_refused_cookie_the_switch_stays_off(relay: FakeRelay, refusal: Behaviour) -> None:
    relay.behave(CHECK, refusal)
    async with staged(relay) as stage:
        with pytest.raises(CookieInvalidError):
            await stage.poller.switch(True)
        assert (stage.poller.task.enabled, stage.settings.enabled, stage.asked()) == (False, False, "c")
        assert stage.poller.cookie.valid is False


async def test_a_relay_that_cannot_say_is_no_reason_not_to_switch_on(relay: FakeRelay) -> None:
    relay.behave(CHECK, status(503))
    async with staged(relay) as stage:
        await stage.poller.switch(True)
        await stage.until_polls(1)
        assert (stage.settings.enabled, stage.poller.task.state) == (True, "polling")


async def test_switching_off_stops_at_once_and_is_remembered(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        await stage.poller.switch(False)
        assert (stage.settings.enabled, stage.poller.task.state) == (False, "off")
        stage.clock.jump(86_400)
        await stage.poller.refresh()
        assert stage.asked() == "cpp"


async def test_a_poll_that_is_refused_after_the_switch_went_off_is_not_followed_by_a_check(relay: FakeRelay) -> None:
    gate = Gate(status(401))
    relay.behave(USAGE, gate)
    async with staged(relay, enabled=True) as stage:
        await relay.wait_for_requests(1, USAGE)
        await stage.poller.switch(False)
        gate.open()
        await stage.poller.check_cookie()  # its turn comes when the poll has ended
        assert stage.asked() == "cpc"
        assert (stage.poller.task.error, stage.poller.task.failures) == (None, 0)


async def test_off_while_it_is_being_switched_on_is_off(relay: FakeRelay) -> None:
    gate = Gate()
    relay.behave(CHECK, gate)
    async with staged(relay) as stage:
        turning_on = asyncio.create_task(stage.poller.switch(True))
        await relay.wait_for_requests(1, CHECK)
        await stage.poller.switch(False)
        gate.open()
        await turning_on
        assert (stage.poller.task.enabled, stage.settings.enabled) == (False, False)


async def test_a_switch_that_cannot_be_remembered_is_told_and_not_turned_on(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        stage.settings.failure = StorageFullError("The disk is full.")
        with pytest.raises(StorageFullError):
            await stage.poller.switch(True)
        assert not stage.poller.task.enabled


async def test_a_refresh_tells_what_it_brought(relay: FakeRelay) -> None:
    relay.records = [charge(number) for number in range(30, 0, -1)]
    relay.records[0]["type"] = "RECHARGE"
    async with staged(relay) as stage:
        result = await stage.poller.refresh()
        assert (result.fetched, result.matched, result.new) == (20, 19, 19)
        assert result.polled_ms == stage.clock.wall_ms()
        assert stage.poller.task.last_success_ms == stage.clock.wall_ms()


async def test_refreshes_at_the_same_time_share_one_poll(relay: FakeRelay) -> None:
    relay.records = [charge(1)]
    async with staged(relay) as stage:
        results = await asyncio.gather(*(stage.poller.refresh() for _ in range(20)))
        assert stage.asked() == "p"
        assert {result.new for result in results} == {1}


async def test_a_refresh_shares_the_poll_that_is_under_way(relay: FakeRelay) -> None:
    gate = Gate()
    relay.behave(USAGE, gate)
    async with staged(relay, enabled=True) as stage:
        await relay.wait_for_requests(1, USAGE)
        refresh = asyncio.create_task(stage.poller.refresh())
        await asyncio.sleep(0)
        gate.open()
        await refresh
        assert stage.asked() == "cp"


async def test_who_stops_waiting_for_a_shared_poll_does_not_end_it_for_others(relay: FakeRelay) -> None:
    gate = Gate()
    relay.behave(USAGE, gate)
    async with staged(relay) as stage:
        first, second = (asyncio.create_task(stage.poller.refresh()) for _ in range(2))
        await relay.wait_for_requests(1, USAGE)
        first.cancel()
        gate.open()
        assert (await second).fetched == 0
        assert stage.asked() == "p"


async def test_a_refresh_moves_the_next_poll(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        await stage.clock.run(40)
        await stage.poller.refresh()
        assert stage.poller.task.next_poll_ms == stage.clock.wall_ms() + 60_000
        await stage.clock.run(59)
        assert stage.asked() == "cpp"


@pytest.mark.parametrize(
    ("behaviour", "kind"), [(status(503), UpstreamUnavailableError), (garbage, UpstreamUnexpectedError)]
)
async def test_a_refresh_that_fails_says_why_and_off_stays_off(
    relay: FakeRelay, behaviour: Behaviour, kind: type[Exception]
) -> None:
    relay.behave(USAGE, behaviour)
    async with staged(relay) as stage:
        with pytest.raises(kind):
            await stage.poller.refresh()
        task = stage.poller.task
        assert (task.state, task.failures, task.next_poll_ms) == ("off", 1, None)
        assert task.error is not None


async def test_a_refresh_whose_answer_cannot_be_stored_says_so(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        stage.history.failure = StorageFullError("The disk is full.")
        with pytest.raises(StorageFullError):
            await stage.poller.refresh()


async def test_a_refresh_without_a_cookie_is_refused(relay: FakeRelay) -> None:
    async with staged(relay, cookie=None) as stage:
        with pytest.raises(CookieMissingError):
            await stage.poller.refresh()


async def test_a_refused_refresh_is_checked_and_the_next_one_sends_nothing(relay: FakeRelay) -> None:
    relay.cookies = set()
    async with staged(relay) as stage:
        for _ in range(2):
            with pytest.raises(CookieInvalidError):
                await stage.poller.refresh()
        assert stage.asked() == "pc"
        assert (stage.poller.cookie.valid, stage.poller.task.state) == (False, "off")


async def test_a_refused_refresh_whose_check_passes_is_a_confused_relay(relay: FakeRelay) -> None:
    relay.behave(USAGE, status(403))
    async with staged(relay) as stage:
        with pytest.raises(UpstreamUnexpectedError):
            await stage.poller.refresh()
        assert stage.poller.cookie.valid is True
