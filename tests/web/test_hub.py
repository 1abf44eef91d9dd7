from contextlib import ExitStack

import pytest

from domain.records import Record, Stored
from tests.web.stand_ins import charge
from web.hub import LIVE_RECORDS, Hub
from web.mailbox import Mailbox


class Words:
    """A voice that says what it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.status_now = b'{"status":1}'
        self.config_now = b'{"config":1}'

    def status(self) -> bytes:
        self.said.append("status")
        return self.status_now

    def config(self) -> bytes:
        self.said.append("config")
        return self.config_now

    def usage(self, records: list[Record]) -> bytes:
        self.said.append("usage")
        return b"%d" % len(records)


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def hub(words: Words) -> Hub:
    hub = Hub(depth=3)
    hub.bind(words)
    return hub


def stored(sequence: int, count: int = 1) -> Stored:
    return Stored([charge(number) for number in range(count)], count, f"ab-{sequence}")


def subscribed(hub: Hub, stack: ExitStack, cut: list[Mailbox] | None = None) -> Mailbox:
    def cut_off() -> None:
        if cut is not None:
            cut.append(mailbox)

    mailbox = stack.enter_context(hub.subscribe(cut_off))
    return mailbox


async def test_an_event_is_encoded_once_for_all(hub: Hub, words: Words) -> None:
    with ExitStack() as stack:
        mailboxes = [subscribed(hub, stack) for _ in range(100)]
        words.said.clear()
        hub.usage(stored(7))
        frames = [await mailbox.take() for mailbox in mailboxes]
    assert words.said == ["usage"]
    assert frames[0][0].wire == b"id: ab-7\nevent: usage\ndata: 1\n\n"
    assert all(frame[0].wire is frames[0][0].wire for frame in frames)


async def test_nothing_is_encoded_for_nobody(hub: Hub, words: Words) -> None:
    hub.usage(stored(1))
    hub.status()
    hub.config()
    assert words.said == []


async def test_a_status_is_told_when_it_has_changed_and_only_then(hub: Hub, words: Words) -> None:
    with ExitStack() as stack:
        mailbox = subscribed(hub, stack)
        hub.status()
        words.status_now = b'{"status":2}'
        hub.status()
        hub.status()
        assert [frame.wire for frame in await mailbox.take()] == [b'event: status\ndata: {"status":2}\n\n']


async def test_a_configuration_is_told_when_it_has_changed_and_only_then(hub: Hub, words: Words) -> None:
    with ExitStack() as stack:
        mailbox = subscribed(hub, stack)
        hub.config()
        words.config_now = b'{"config":2}'
        hub.config()
        hub.config()
        assert [frame.wire for frame in await mailbox.take()] == [b'event: config\ndata: {"config":2}\n\n']


async def test_what_changed_while_nobody_listened_is_not_told_later(hub: Hub, words: Words) -> None:
    with ExitStack() as stack:
        subscribed(hub, stack)
    words.status_now = b'{"status":2}'
    with ExitStack() as stack:
        mailbox = subscribed(hub, stack)
        hub.status()
        hub.usage(stored(1))
        assert len(await mailbox.take()) == 1


async def test_an_answer_without_news_is_not_told(hub: Hub) -> None:
    with ExitStack() as stack:
        mailbox = subscribed(hub, stack)
        hub.usage(stored(3, count=0))
        hub.usage(stored(4))
        assert [frame.cursor and frame.cursor.sequence for frame in await mailbox.take()] == [4]


async def test_very_many_records_are_left_for_streams_to_read(hub: Hub, words: Words) -> None:
    with ExitStack() as stack:
        mailbox = subscribed(hub, stack)
        words.said.clear()
        hub.usage(stored(9, count=LIVE_RECORDS + 1))
        (frame,) = await mailbox.take()
    assert (frame.wire, words.said) == (None, [])
    assert frame.cursor is not None
    assert frame.cursor.sequence == hub.told == 9


async def test_who_falls_behind_is_cut_off_and_the_others_are_not(hub: Hub) -> None:
    cut: list[Mailbox] = []
    with ExitStack() as stack:
        slow, quick = subscribed(hub, stack, cut), subscribed(hub, stack, cut)
        for sequence in range(1, 5):
            hub.usage(stored(sequence))
            assert len(await quick.take()) == 1
        assert cut == [slow]
        assert hub.subscribers == 1
    assert hub.subscribers == 0


async def test_a_cursor_that_is_none_is_an_error(hub: Hub) -> None:
    with pytest.raises(ValueError, match="cursor"):
        hub.usage(Stored([charge(1)], 1, "no cursor"))
