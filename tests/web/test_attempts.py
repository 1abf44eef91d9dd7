from hypothesis import given
from hypothesis import strategies as st

from tests.web.stand_ins import StandInClock
from web.attempts import LIMIT, PEER_LIMIT, Attempts


class Door:
    """Attempts, and a clock that is turned by seconds."""

    def __init__(self) -> None:
        self._clock = StandInClock()
        self.attempts = Attempts(self._clock)

    def pass_s(self, seconds: float) -> None:
        self._clock.now_ms += round(seconds * 1_000)

    def wrong(self, peer: str, times: int = 1) -> int:
        """Give wrong keys; return how many of them were judged."""
        judged = 0
        for _ in range(times):
            if self.attempts.wait_s(peer) == 0:
                self.attempts.wrong(peer)
                judged += 1
        return judged


def test_ten_wrong_keys_are_judged_and_no_other_until_the_first_is_a_minute_old() -> None:
    door = Door()
    assert door.wrong("192.0.2.7") == 1
    door.pass_s(20)
    assert door.wrong("192.0.2.7", 50) == PEER_LIMIT - 1
    assert door.attempts.wait_s("192.0.2.7") == 40
    door.pass_s(39.5)
    assert door.attempts.wait_s("192.0.2.7") == 1
    door.pass_s(0.5)
    assert door.attempts.wait_s("192.0.2.7") == 0
    assert door.wrong("192.0.2.7", 50) == 1


def test_whoever_waits_is_not_made_to_wait_longer_by_trying_meanwhile() -> None:
    door = Door()
    door.wrong("192.0.2.7", PEER_LIMIT)
    for _ in range(59):
        door.pass_s(1)
        assert door.wrong("192.0.2.7") == 0
    door.pass_s(1)
    assert door.attempts.wait_s("192.0.2.7") == 0


def test_one_peer_does_not_shut_out_another() -> None:
    door = Door()
    door.wrong("192.0.2.7", 1_000)
    assert door.attempts.wait_s("192.0.2.8") == 0


def test_many_peers_together_do_not_guess_without_end() -> None:
    door = Door()
    assert sum(door.wrong(f"10.0.{number >> 8}.{number & 255}") for number in range(5_000)) == LIMIT
    assert door.attempts.wait_s("192.0.2.7") == 60
    door.pass_s(60)
    assert door.attempts.wait_s("192.0.2.7") == 0


def test_a_peer_that_gave_the_right_key_is_not_shut_out_by_others() -> None:
    door = Door()
    door.attempts.right("192.0.2.7")
    for number in range(LIMIT):
        door.wrong(f"10.0.0.{number}")
    assert door.attempts.wait_s("192.0.2.8") > 0
    assert door.attempts.wait_s("192.0.2.7") == 0
    assert door.wrong("192.0.2.7", 50) == PEER_LIMIT


def test_the_right_key_does_not_make_room_for_more_wrong_ones() -> None:
    door = Door()
    door.wrong("192.0.2.7", PEER_LIMIT - 1)
    door.attempts.right("192.0.2.7")
    assert door.wrong("192.0.2.7", 50) == 1


def test_the_peers_that_gave_the_right_key_are_bounded_and_the_newest_are_kept() -> None:
    door = Door()
    for number in range(1_000):
        door.attempts.right(f"10.1.{number >> 8}.{number & 255}")
    for number in range(LIMIT):
        door.wrong(f"10.0.0.{number}")
    assert door.attempts.wait_s("10.1.0.0") > 0
    assert door.attempts.wait_s("10.1.3.231") == 0


def test_addresses_of_one_network_of_ipv6_are_one_peer() -> None:
    door = Door()
    assert sum(door.wrong(f"2001:db8:0:1::{number:x}") for number in range(100)) == PEER_LIMIT
    assert door.attempts.wait_s("2001:db8:0:1:ffff::1") > 0
    assert door.attempts.wait_s("2001:db8:0:2::1") == 0


def test_an_ipv4_address_is_one_peer_however_it_is_written() -> None:
    door = Door()
    door.wrong("192.0.2.7", PEER_LIMIT)
    assert door.attempts.wait_s("::ffff:192.0.2.7") > 0
    assert door.attempts.wait_s("::ffff:192.0.2.8") == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=300))
def test_in_no_minute_more_are_judged_than_may_be(tries: list[tuple[int, int]]) -> None:
    door, now_s = Door(), 0
    judged: list[tuple[int, int]] = []
    for pause_s, peer in tries:
        door.pass_s(pause_s)
        now_s += pause_s
        if door.wrong(f"192.0.2.{peer}"):
            judged.append((now_s, peer))
    for end_s, whose in judged:
        last = [(at_s, peer) for at_s, peer in judged if end_s - 60 < at_s <= end_s]
        assert len(last) <= LIMIT
        assert len([at_s for at_s, peer in last if peer == whose]) <= PEER_LIMIT
