"""The background task: what it sends and when, told by a relay on a real socket and a clock that is turned."""

import logging

import pytest
from msgspec.structs import replace

from domain.errors import StorageFullError
from domain.settings import Config
from tests.fakes.relay import CHECK, USAGE, FakeRelay, answer_with, charge, hang, normal, other_page, status
from tests.poller.stage import COOKIE, staged


async def test_off_nothing_is_sent_until_a_person_asks(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        stage.clock.jump(86_400)
        await stage.poller.refresh()
        assert stage.asked() == "p"
        assert stage.poller.task.state == "off"
        assert stage.poller.task.next_poll_ms is None


async def test_a_switch_that_was_left_on_has_the_cookie_checked_and_then_polls(relay: FakeRelay) -> None:
    relay.records = [charge(2, credits=5), charge(1)]
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        assert stage.asked() == "cp"
        assert sorted(stage.history.records) == [1, 2]
        task, cookie = stage.poller.task, stage.poller.cookie
        assert (task.state, task.failures, task.error) == ("polling", 0, None)
        assert task.last_poll_ms == task.last_success_ms == stage.clock.wall_ms()
        assert task.next_poll_ms == stage.clock.wall_ms() + 60_000
        assert (cookie.present, cookie.valid, cookie.checked_ms) == (True, True, stage.clock.wall_ms())
        assert cookie.names == ["session"]


async def test_it_polls_every_interval_and_checks_every_ten_minutes(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        await stage.clock.run(59.9)
        assert stage.asked() == "cp"
        for minute in range(1, 12):
            await stage.clock.run(60)
            await stage.until_polls(minute + 1)
        assert stage.asked() == "cp" + 9 * "p" + "cp" + "p"


async def test_what_is_new_is_told_once_and_before_the_status_that_follows(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        relay.records = [charge(1)]
        stage.told.order.clear()
        await stage.poller.refresh()
        await stage.poller.refresh()
        assert [record.id for stored in stage.told.stored for record in stored.records] == [1]
        assert stage.told.order == ["usage", "status", "status"]


async def test_without_a_cookie_it_waits_for_one(relay: FakeRelay) -> None:
    async with staged(relay, cookie=None, enabled=True) as stage:
        assert stage.poller.task.state == "cookie_missing"
        await stage.poller.save_cookie(COOKIE)
        await stage.until_polls(1)
        assert stage.asked() == "cp"


async def test_a_cookie_that_was_refused_stops_polling_until_there_is_a_new_one(relay: FakeRelay) -> None:
    relay.cookies = {"session=new"}
    async with staged(relay, enabled=True) as stage:
        await stage.until_state("cookie_invalid")
        stage.clock.jump(86_400)
        await stage.poller.save_cookie("session=new")
        await stage.until_polls(1)
        assert stage.asked() == "ccp"
        assert stage.poller.task.state == "polling"


async def test_a_refused_poll_has_the_cookie_checked_at_once_and_ends_polling_if_that_is_refused_too(
    relay: FakeRelay,
) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        relay.cookies = set()
        await stage.clock.run(60)
        await stage.until_polls(2)
        assert stage.asked() == "cppc"
        task = stage.poller.task
        assert (task.state, task.enabled, task.next_poll_ms, task.failures) == ("cookie_invalid", True, None, 0)
        assert task.error is not None
        assert task.error.code == "cookie_invalid"
        assert stage.poller.cookie.valid is False
        assert stage.poller.outcomes["refused"] == 1


@pytest.mark.parametrize(("check", "code"), [(normal, "upstream_unexpected"), (status(503), "upstream_unavailable")])
async def test_a_refused_poll_whose_check_does_not_refuse_is_tried_again(
    relay: FakeRelay, check: object, code: str
) -> None:
    relay.behave(USAGE, status(401))
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        relay.behave(CHECK, normal if check is normal else status(503))
        await stage.clock.run(60)
        await stage.until_polls(2)
        assert stage.asked() == "cpcpc"
        task = stage.poller.task
        assert (task.state, task.failures) == ("retrying", 2)
        assert task.error is not None
        assert task.error.code == code
        assert stage.poller.cookie.valid is True


async def test_a_relay_that_is_down_is_no_dead_cookie_and_is_asked_with_growing_pauses(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        relay.behave(USAGE, status(500))
        relay.behave(CHECK, status(500))
        await stage.clock.run(60)
        await stage.until_polls(2)
        assert (stage.poller.task.state, stage.poller.cookie.valid) == ("retrying", True)
        await stage.clock.run(60)
        await stage.until_polls(3)
        await stage.clock.run(119)
        assert len(relay.requests_to(USAGE)) == 3
        await stage.clock.run(1)
        await stage.until_polls(4)
        relay.behave(USAGE, normal)
        await stage.clock.run(240)
        await stage.until_polls(5)
        task = stage.poller.task
        assert (task.state, task.failures, task.error) == ("polling", 0, None)
        assert stage.poller.outcomes == {"ok": 2, "unavailable": 3, "unexpected": 0, "refused": 0, "storage_failed": 0}


async def test_a_check_that_cannot_say_does_not_stop_polling(relay: FakeRelay) -> None:
    relay.behave(CHECK, status(502))
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        assert (stage.asked(), stage.poller.cookie.valid) == ("cp", None)
        assert (stage.poller.task.state, stage.poller.task.error) == ("polling", None)


async def test_a_wait_that_the_relay_asks_for_is_obeyed(relay: FakeRelay) -> None:
    relay.behave(USAGE, status(429, {"Retry-After": "200"}))
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        assert stage.poller.task.next_poll_ms == stage.clock.wall_ms() + 200_000
        await stage.clock.run(199)
        assert stage.asked() == "cp"
        await stage.clock.run(1)
        await stage.until_polls(2)


async def test_an_answer_that_could_not_be_stored_is_fetched_again(relay: FakeRelay) -> None:
    relay.records = [charge(1)]
    async with staged(relay) as stage:
        stage.history.failure = StorageFullError("The disk is full.")
        await stage.poller.switch(True)
        await stage.until_polls(1)
        task = stage.poller.task
        assert (task.state, task.last_success_ms) == ("retrying", None)
        assert task.error is not None
        assert task.error.code == "storage_full"
        stage.history.failure = None
        await stage.clock.run(60)
        await stage.until_polls(2)
        assert list(stage.history.records) == [1]
        assert stage.poller.outcomes["storage_failed"] == 1


async def test_a_new_interval_counts_at_once(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True, interval_s=86_400) as stage:
        await stage.until_polls(1)
        await stage.clock.run(20)
        stage.settings.config = replace(Config(), interval_seconds=30)
        stage.poller.config_changed()
        assert stage.poller.task.next_poll_ms == stage.clock.wall_ms() + 10_000
        await stage.clock.run(10)
        await stage.until_polls(2)


async def test_ending_it_while_a_call_hangs_ends_the_call(relay: FakeRelay) -> None:
    relay.behave(USAGE, hang)
    async with staged(relay, enabled=True) as stage:
        await relay.wait_for_requests(1, USAGE)
        await stage.poller.__aexit__(None, None, None)
        await relay.wait_for_quiet()


@pytest.mark.parametrize("path", [CHECK, USAGE])
async def test_a_mistake_of_our_own_is_a_failure_like_others_and_nothing_of_it_is_quoted(
    relay: FakeRelay, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    relay.behave(path, status(200, {"Set-Cookie": "session=renewed"}, b"[]"))
    async with staged(relay, enabled=True) as stage:
        stage.cookies.failure = ValueError("Invalid header value b'session=SECRET'")
        await stage.until_state("retrying")
        assert stage.poller.task.error is not None
        assert stage.poller.task.error.code == "internal_error"
        stage.cookies.failure = None
        await stage.clock.run(60)
        await stage.until_state("polling")
    assert "ValueError" in caplog.text
    assert "SECRET" not in caplog.text


async def test_malformed_records_are_counted_and_logged_once(
    relay: FakeRelay, caplog: pytest.LogCaptureFixture
) -> None:
    relay.records = [charge(3), charge(2, credits="SECRET"), charge(1)]
    async with staged(relay) as stage:
        results = [await stage.poller.refresh() for _ in range(3)]
        assert [(result.fetched, result.matched, result.new) for result in results] == [(3, 2, 2), (3, 2, 0), (3, 2, 0)]
        assert stage.poller.malformed == 3
        assert [record.message for record in caplog.records if record.name == "ccurve.poller"] == [
            "1 of the 3 records in the relay's answer could not be read; the others are kept."
        ]


async def test_only_the_first_failure_and_the_recovery_are_logged(
    relay: FakeRelay, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ccurve.poller")
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        relay.behave(USAGE, other_page)
        await stage.clock.run(60)
        await stage.until_polls(2)
        relay.behave(USAGE, answer_with(b"{}"))
        await stage.clock.run(60)
        await stage.until_polls(3)
        relay.behave(USAGE, normal)
        await stage.clock.run(120)
        await stage.until_polls(4)
    assert [record.message for record in caplog.records if record.name == "ccurve.poller"] == [
        "Polling fails: The relay accepts the cookie, but does not give the usage for it.",
        "Polling works again, after 2 failures.",
    ]
