"""Cookies that the relay renews by itself, and those that people replace meanwhile."""

import asyncio
import logging

import pytest

from domain.errors import CookieMissingError, StorageError, StorageFullError
from tests.fakes.relay import CHECK, USAGE, Exchange, FakeRelay, charge, normal, status
from tests.poller.stage import COOKIE, Gate, staged


async def test_a_renewed_cookie_is_stored_and_sent_from_then_on(relay: FakeRelay) -> None:
    async with staged(relay, cookie="theme=dark;  session=good") as stage:
        relay.set_cookies = ["session=better; Path=/; HttpOnly", "csrf=1; Path=/"]
        await stage.poller.refresh()
        assert stage.cookies.text == "theme=dark;  session=better; csrf=1"
        await stage.poller.refresh()
        assert relay.requests[-1].cookie == stage.cookies.text


@pytest.mark.parametrize("code", [401, 500])
async def test_it_is_taken_over_from_every_answer_that_reached_us(relay: FakeRelay, code: int) -> None:
    relay.set_cookies = ["session=better"]
    relay.behave(CHECK, status(code))
    async with staged(relay) as stage:
        await stage.poller.check_cookie()
        assert stage.cookies.text == "session=better"


async def test_a_cookie_that_is_not_renewed_stays_byte_for_byte(relay: FakeRelay) -> None:
    async with staged(relay, cookie=' a="1 2" ;b==; =; c'.strip()) as stage:
        await stage.poller.refresh()
        assert stage.cookies.text == 'a="1 2" ;b==; =; c'


async def test_a_renewed_cookie_that_cannot_be_stored_is_used_and_stored_as_soon_as_there_is_room(
    relay: FakeRelay,
) -> None:
    relay.set_cookies = ["session=better"]
    async with staged(relay) as stage:
        stage.cookies.failure = StorageFullError("Full.")
        await stage.poller.refresh()
        # The relay hands it out once, and may take nothing else from now on.
        relay.set_cookies, relay.cookies = [], {"session=better"}
        await stage.poller.refresh()
        assert (stage.cookies.text, stage.poller.task.failures) == (COOKIE, 0)
        stage.cookies.failure = None
        await stage.poller.check_cookie()
        assert (stage.cookies.text, relay.requests[-1].cookie) == ("session=better", "session=better")


async def test_that_a_renewed_cookie_cannot_be_stored_is_told_until_it_is(relay: FakeRelay) -> None:
    relay.set_cookies = ["session=better"]
    async with staged(relay) as stage:
        stage.told.look = lambda: stage.poller.task.error and stage.poller.task.error.code
        stage.cookies.failure = StorageFullError("Full.")
        await stage.poller.refresh()
        assert stage.told.seen[-1] == "storage_full"
        stage.cookies.failure = None
        await stage.poller.refresh()
        assert stage.told.seen[-1] is None


async def test_a_persons_cookie_takes_the_place_of_one_that_could_not_be_stored(relay: FakeRelay) -> None:
    relay.set_cookies = ["session=better; Max-Age=60", "other=1"]
    async with staged(relay) as stage:
        stage.cookies.failure = StorageFullError("Full.")
        await stage.poller.refresh()
        assert stage.poller.cookie.names == ["session", "other"]
        stage.cookies.failure = None
        relay.set_cookies = []
        await stage.poller.save_cookie("session=mine")
        await stage.poller.refresh()
        assert (stage.cookies.text, relay.requests[-1].cookie) == ("session=mine", "session=mine")
        assert stage.poller.task.error is None
        await stage.poller.delete_cookie()
        assert stage.poller.cookie.names == []


async def test_that_a_renewed_cookie_cannot_be_stored_is_logged_once_without_its_value(
    relay: FakeRelay, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    relay.set_cookies = ["session=SECRET"]
    async with staged(relay) as stage:
        stage.cookies.failure = StorageError("Broken.")
        await stage.poller.refresh()
        await stage.poller.refresh()
    warnings = [record.message for record in caplog.records if record.name == "ccurve.poller"]
    assert warnings == ["The cookie as the relay renewed it could not be stored, and is in use: Broken."]
    assert "SECRET" not in caplog.text


async def test_an_answer_to_the_old_cookie_neither_renews_nor_blames_the_one_that_a_person_saves_meanwhile(
    relay: FakeRelay,
) -> None:
    async def renew_and_refuse_the_old(exchange: Exchange) -> None:
        old = exchange.request.cookie == COOKIE
        await (status(401, {"Set-Cookie": "session=renewed"}) if old else normal)(exchange)

    relay.behave(USAGE, renew_and_refuse_the_old)
    async with staged(relay) as stage:
        stage.told.look = lambda: stage.poller.cookie.valid
        stage.cookies.open.clear()
        refresh = asyncio.create_task(stage.poller.refresh())
        await stage.cookies.waited_for()
        saving = asyncio.create_task(stage.poller.save_cookie("session=mine"))
        await asyncio.sleep(0)
        stage.cookies.open.set()
        await asyncio.gather(refresh, saving)
        assert (stage.cookies.text, stage.poller.cookie.valid) == ("session=mine", True)
        assert (stage.poller.task.error, stage.poller.outcomes["refused"]) == (None, 0)
        assert False not in stage.told.seen


async def test_a_check_of_the_old_cookie_says_nothing_of_the_one_that_a_person_saves_meanwhile(
    relay: FakeRelay,
) -> None:
    async def renew_and_refuse_the_old(exchange: Exchange) -> None:
        old = exchange.request.cookie == COOKIE
        await (status(401, {"Set-Cookie": "session=renewed"}) if old else normal)(exchange)

    relay.behave(CHECK, renew_and_refuse_the_old)
    async with staged(relay) as stage:
        stage.told.look = lambda: stage.poller.cookie.valid
        stage.cookies.open.clear()
        check = asyncio.create_task(stage.poller.check_cookie())
        await stage.cookies.waited_for()
        saving = asyncio.create_task(stage.poller.save_cookie("session=mine"))
        await asyncio.sleep(0)
        stage.cookies.open.set()
        await asyncio.gather(check, saving)
        assert (stage.cookies.text, stage.poller.cookie.valid) == ("session=mine", True)
        assert False not in stage.told.seen


async def test_an_answer_that_is_broken_off_for_a_new_cookie_does_not_renew_the_old_one_over_it(
    relay: FakeRelay,
) -> None:
    read = asyncio.Event()

    async def renew_and_go_on_for_ever(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nSet-Cookie: session=renewed\r\n\r\n[")
        await exchange.send(*[b" " * 65_536] * 200)  # more than fits between here and a reader that does not read
        read.set()
        await exchange.reader.read()

    relay.behave(USAGE, renew_and_go_on_for_ever)
    async with staged(relay) as stage:
        refresh = asyncio.create_task(stage.poller.refresh())
        await read.wait()
        relay.behave(USAGE, normal)
        await stage.poller.save_cookie("session=mine")
        await refresh
        assert stage.cookies.text == "session=mine"


async def test_an_answer_to_the_old_cookie_does_not_use_up_the_first_poll_with_the_new_one(relay: FakeRelay) -> None:
    relay.records = [charge(1)]
    async with staged(relay, enabled=True) as stage:
        stage.history.open.clear()
        await relay.wait_for_requests(1, USAGE)
        await stage.history.waited_for()
        saving = asyncio.create_task(stage.poller.save_cookie("session=mine"))
        await stage.told.until(lambda: stage.poller.cookie.valid is None)
        stage.history.open.set()
        await saving
        await stage.until_polls(2)
        assert [request.cookie for request in relay.requests] == [COOKIE, COOKIE, "session=mine", "session=mine"]
        assert list(stage.history.records) == [1]
        assert stage.told.order.count("usage") == 1


async def test_a_refresh_that_a_new_cookie_interrupts_goes_on_once_that_was_checked(relay: FakeRelay) -> None:
    relay.behave(USAGE, Gate())
    async with staged(relay) as stage:
        refreshing = asyncio.create_task(stage.poller.refresh())
        await relay.wait_for_requests(1, USAGE)
        relay.behave(USAGE, normal)
        await stage.poller.save_cookie("session=mine")
        await refreshing
        assert stage.asked() == "pcp"
        assert [request.cookie for request in relay.requests] == [COOKIE, "session=mine", "session=mine"]


async def test_a_cookie_that_is_gone_though_deleting_it_failed_is_gone_for_good(relay: FakeRelay) -> None:
    """The disk may refuse to say that it has forgotten it."""
    relay.set_cookies = ["session=better"]
    async with staged(relay, enabled=True) as stage:
        stage.cookies.failure = StorageFullError("Full.")
        await stage.poller.refresh()

        async def half_deleted() -> None:
            stage.cookies.text = None
            raise StorageError("No.")

        stage.cookies.delete = half_deleted  # type: ignore[method-assign]
        with pytest.raises(StorageError):
            await stage.poller.delete_cookie()
        assert (stage.poller.cookie.present, stage.poller.task.state) == (False, "cookie_missing")
        stage.cookies.failure = None
        with pytest.raises(CookieMissingError):
            await stage.poller.refresh()
        assert stage.cookies.text is None
