import asyncio

import pytest

from web.mailbox import Frame, Mailbox


def nothing() -> None:
    pass


def frame(number: int) -> Frame:
    return Frame(b"%d" % number)


async def test_what_was_put_is_taken_in_order_and_once() -> None:
    mailbox = Mailbox(3, nothing)
    for number in range(3):
        assert mailbox.put(frame(number))
    assert await mailbox.take() == [frame(0), frame(1), frame(2)]
    assert mailbox.put(frame(3))
    assert await mailbox.take() == [frame(3)]


async def test_who_takes_from_an_empty_one_waits_for_the_next() -> None:
    mailbox = Mailbox(3, nothing)
    taking = asyncio.create_task(mailbox.take())
    await asyncio.sleep(0)
    assert not taking.done()
    mailbox.put(frame(1))
    mailbox.put(frame(2))
    assert await taking == [frame(1), frame(2)]


async def test_one_too_many_overflows_it_for_good() -> None:
    mailbox = Mailbox(2, nothing)
    assert [mailbox.put(frame(number)) for number in range(4)] == [True, True, False, False]
    with pytest.raises(ConnectionAbortedError):
        await mailbox.take()


async def test_who_waits_is_told_that_it_overflowed() -> None:
    mailbox = Mailbox(0, nothing)
    taking = asyncio.create_task(mailbox.take())
    await asyncio.sleep(0)
    mailbox.put(frame(1))
    with pytest.raises(ConnectionAbortedError):
        await taking


async def test_who_gives_up_waiting_takes_nothing_away() -> None:
    mailbox = Mailbox(2, nothing)
    taking = asyncio.create_task(mailbox.take())
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    mailbox.put(frame(1))
    assert await mailbox.take() == [frame(1)]
