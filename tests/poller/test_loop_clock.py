"""Sleep, standstill, and clocks that are set: nothing stalls polling, and nothing makes it hammer the relay."""

from tests.fakes.relay import USAGE, FakeRelay, status
from tests.poller.stage import Gate, staged


async def test_a_sleep_of_the_machine_ends_with_a_poll(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True, interval_s=3600) as stage:
        await stage.until_polls(1)
        await stage.clock.run(20)
        stage.clock.sleep(8 * 3600)
        await stage.clock.run(2)
        await stage.until_polls(2)


async def test_a_process_that_stood_still_polls_when_it_goes_on(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True, interval_s=3600) as stage:
        await stage.until_polls(1)
        await stage.clock.run(10)
        stage.clock.jump(30)
        await stage.until_polls(2)


async def test_a_process_that_stood_still_in_the_middle_of_a_poll_polls_again(relay: FakeRelay) -> None:
    gate = Gate()
    relay.behave(USAGE, gate)
    async with staged(relay, enabled=True, interval_s=3600) as stage:
        await relay.wait_for_requests(1, USAGE)
        stage.clock.jump(30)
        gate.open()
        await stage.until_polls(2)


async def test_a_clock_that_is_set_back_does_not_stall_polling(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        stage.clock.sleep(-3600)
        await stage.clock.run(2)
        await stage.until_polls(2)
        await stage.clock.run(60)
        await stage.until_polls(3)
        next_poll_ms = stage.poller.task.next_poll_ms
        assert next_poll_ms is not None
        assert 0 < next_poll_ms - stage.clock.wall_ms() <= 60_000


async def test_a_clock_that_is_set_back_while_polls_fail_changes_what_is_told_but_not_the_pause(
    relay: FakeRelay,
) -> None:
    relay.behave(USAGE, status(500))
    async with staged(relay, enabled=True) as stage:
        await stage.until_polls(1)
        stage.told.look = lambda: stage.poller.task.next_poll_ms
        stage.told.seen.clear()
        stage.clock.sleep(-3600)
        await stage.clock.run(2)
        await stage.told.until(lambda: stage.told.seen == [stage.clock.wall_ms() + 58_000])
        await stage.clock.run(57.9)
        assert stage.asked() == "cp"
        await stage.clock.run(0.1)
        await stage.until_polls(2)


async def test_what_the_clocks_did_while_it_was_off_is_no_reason_to_poll(relay: FakeRelay) -> None:
    async with staged(relay) as stage:
        await stage.poller.refresh()
        stage.clock.sleep(3600)
        await stage.poller.switch(True)
        await stage.until_polls(2)
        await stage.clock.run(59.9)
        assert stage.asked() == "pcp"


async def test_a_clock_that_is_set_back_and_forth_for_ever_does_not_hammer_the_relay(relay: FakeRelay) -> None:
    async with staged(relay, enabled=True, interval_s=3600) as stage:
        await stage.until_polls(1)
        for tick in range(20):
            stage.clock.sleep(3600 if tick % 2 else -3600)
            await stage.clock.run(2)
        await stage.until_polls(5)
        assert len(relay.requests_to(USAGE)) == 5  # at the start, and after 2, 12, 22 and 32 seconds
