from dataclasses import dataclass

from web.connections import Connections


@dataclass(eq=False)
class Stand:
    """A connection that waits for its client, or does not."""

    waits: bool = True
    stalls: bool = False
    open: bool = True

    def cut(self) -> None:
        self.open = False


def opened(connections: Connections, count: int) -> list[Stand]:
    stands = [Stand() for _ in range(count)]
    for stand in stands:
        connections.add(stand)
    return stands


def test_as_many_as_there_may_be_are_left_alone() -> None:
    connections = Connections(3)
    assert all(stand.open for stand in opened(connections, 3))


def test_one_more_costs_the_oldest() -> None:
    connections = Connections(3)
    stands = opened(connections, 5)
    assert [stand.open for stand in stands] == [False, False, True, True, True]
    assert len(connections) == 3


def test_whoever_has_asked_since_is_not_the_oldest() -> None:
    connections = Connections(3)
    stands = opened(connections, 3)
    connections.renew(stands[0])
    opened(connections, 1)
    assert [stand.open for stand in stands] == [True, False, True]


def test_whoever_does_not_wait_is_left_alone() -> None:
    connections = Connections(3)
    stands = opened(connections, 3)
    stands[0].waits = stands[1].waits = False
    opened(connections, 1)
    assert [stand.open for stand in stands] == [True, True, False]


def test_where_nobody_waits_the_newcomer_has_to_go() -> None:
    connections = Connections(3)
    for stand in opened(connections, 3):
        stand.waits = False
    assert not opened(connections, 1)[0].open
    assert len(connections) == 3


def test_whoever_has_left_makes_room() -> None:
    connections = Connections(3)
    stands = opened(connections, 3)
    connections.remove(stands[2])
    opened(connections, 1)
    assert stands[0].open
    connections.renew(stands[2])
    assert len(connections) == 3


def test_room_can_be_made_at_any_time() -> None:
    connections = Connections(3)
    assert not connections.make_room()
    stands = opened(connections, 2)
    assert connections.make_room()
    assert [stand.open for stand in stands] == [False, True]


def test_whoever_reads_slowly_goes_only_where_nobody_waits_for_a_request() -> None:
    connections = Connections(3)
    stands = opened(connections, 3)
    for stand in stands[:2]:
        stand.waits, stand.stalls = False, True
    newcomer = opened(connections, 1)[0]
    assert [stand.open for stand in stands] == [True, True, False]
    newcomer.waits = False
    connections.renew(stands[0])  # its client has read some of it
    connections.add(Stand(waits=False))
    assert [stand.open for stand in (*stands, newcomer)] == [True, False, False, True]
