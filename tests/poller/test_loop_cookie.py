"""A person's cookie: saved, checked, replaced and deleted, in every state the relay may be in."""

import asyncio

import pytest

from domain.errors import CookieMissingError, StorageError
from domain.status import CookieStatus
from tests.fakes.relay import CHECK, USAGE, Behaviour, FakeRelay, hang, normal, status
from tests.poller.stage import COOKIE, Gate, staged


@pytest.mark.parametrize(("behaviour", "valid"), [(normal, True), (status(401), False), (status(500), None)])
async def test_a_saved_cookie_is_stored_and_checked(relay: FakeRelay, behaviour: Behaviour, valid: bool | None) -> None:
    relay.behave(CHECK, behaviour)
    async with staged(relay, cookie=None) as stage:
        await stage.poller.save_cookie("a=1; b=2")
        cookie = stage.poller.cookie
        assert (stage.cookies.text, cookie.present, cookie.valid, cookie.names) == ("a=1; b=2", True, valid, ["a", "b"])
        assert (cookie.checked_ms is None) == (valid is None)
        assert stage.asked() == "c"


async def test_a_cookie_that_could_not_be_stored_changes_nothing(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        stage.cookies.failure = StorageError("Broken.")
        with pytest.raises(StorageError):
            await stage.poller.save_cookie("session=new")
        assert (stage.cookies.text, stage.poller.cookie.valid, stage.poller.task.state) == (COOKIE, True, "polling")


async def test_a_new_cookie_does_not_wait_for_a_call_that_hangs_with_the_old_one(relay: FakeRelay) -> None:
    relay.behave(USAGE, hang)
    async with staged(relay, enabled=True) as stage:
        await relay.wait_for_requests(1, USAGE)
        relay.behave(USAGE, normal)
        await stage.poller.save_cookie("session=new")
        await stage.until_polls(1)
        assert [request.cookie for request in relay.requests] == [COOKIE, COOKIE, "session=new", "session=new"]
        assert stage.poller.outcomes["ok"] == 1


async def test_a_refresh_that_began_with_the_old_cookie_is_made_again_with_the_new_one(relay: FakeRelay) -> None:
    relay.behave(USAGE, hang)
    relay.cookies = {"session=new"}
    async with staged(relay) as stage:
        refresh = asyncio.create_task(stage.poller.refresh())
        await relay.wait_for_requests(1, USAGE)
        relay.behave(USAGE, normal)
        await stage.poller.save_cookie("session=new")
        await refresh
        assert stage.poller.cookie.valid is True


async def test_no_call_begins_while_the_cookie_is_being_replaced(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        stage.cookies.open.clear()
        saving = asyncio.create_task(stage.poller.save_cookie("session=new"))
        await asyncio.sleep(0)
        refresh = asyncio.create_task(stage.poller.refresh())
        await asyncio.sleep(0)
        stage.cookies.open.set()
        await asyncio.gather(saving, refresh)
        assert {request.cookie for request in relay.requests} == {"session=new"}


async def test_a_deleted_cookie_is_gone_and_polling_waits_for_another(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        await stage.poller.delete_cookie()
        assert stage.cookies.text is None
        assert stage.poller.cookie == CookieStatus()
        task = stage.poller.task
        assert (task.enabled, task.state, task.next_poll_ms) == (True, "cookie_missing", None)
        stage.clock.jump(86_400)
        with pytest.raises(CookieMissingError):
            await stage.poller.check_cookie()
        assert stage.asked() == "cp"


async def test_a_cookie_deleted_during_a_poll_is_not_missed_by_it(relay: FakeRelay) -> None:
    relay.behave(USAGE, hang)
    async with staged(relay) as stage:
        refresh = asyncio.create_task(stage.poller.refresh())
        await relay.wait_for_requests(1, USAGE)
        await stage.poller.delete_cookie()
        with pytest.raises(CookieMissingError):
            await refresh
        assert stage.poller.task.failures == 0


async def test_a_check_on_demand_resumes_polling_where_the_cookie_is_good_after_all(relay: FakeRelay) -> None:
    relay.cookies = set()
    async with staged(relay, enabled=True) as stage:
        await stage.until_state("cookie_invalid")
        relay.cookies = None
        await stage.poller.check_cookie()
        await stage.until_polls(1)
        assert (stage.asked(), stage.poller.task.state) == ("ccp", "polling")


async def test_a_check_that_cannot_say_leaves_the_cookie_and_is_told_as_an_error(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        await stage.poller.check_cookie()
        before = stage.poller.cookie
        stage.clock.jump(60)
        relay.behave(CHECK, status(500))
        await stage.poller.check_cookie()
        assert stage.poller.cookie == before
        assert stage.poller.task.error is not None
        assert stage.poller.task.error.code == "upstream_unavailable"


async def test_a_check_waits_for_the_poll_that_is_under_way(relay: FakeRelay) -> None:
    gate = Gate()
    relay.behave(USAGE, gate)
    async with staged(relay) as stage:
        refresh = asyncio.create_task(stage.poller.refresh())
        await relay.wait_for_requests(1, USAGE)
        check = asyncio.create_task(stage.poller.check_cookie())
        await asyncio.sleep(0)
        assert stage.asked() == "p"
        gate.open()
        await asyncio.gather(refresh, check)
        assert stage.asked() == "pc"
