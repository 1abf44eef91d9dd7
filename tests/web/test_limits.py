import pytest

from web.limits import USUAL


def test_where_files_are_plenty_the_bounds_are_the_usual_ones() -> None:
    assert USUAL.within(4_096) == USUAL


@pytest.mark.parametrize(("files", "connections", "streams"), [(1_024, 896, 448), (256, 128, 64), (64, 32, 16)])
def test_where_files_are_few_there_are_fewer_connections_and_some_files_are_left(
    files: int, connections: int, streams: int
) -> None:
    limits = USUAL.within(files)
    assert (limits.connections, limits.streams) == (connections, streams)
