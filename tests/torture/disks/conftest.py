from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.relay import FakeRelay
from tests.torture.disks.disk import Disk, small_disk


@pytest.fixture
def relay(relay: FakeRelay) -> FakeRelay:
    relay.limit = 100_000
    return relay


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk
