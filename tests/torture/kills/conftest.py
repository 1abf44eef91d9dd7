import asyncio
import random
import secrets
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.relay import FakeRelay
from tests.torture.kills.rig import Rig


@pytest.fixture
def dice(pytestconfig: pytest.Config) -> random.Random:
    """Return what all chance comes from; pytest shows the seed where a test fails, and `--seed` takes it."""
    seed: int = pytestconfig.getoption("--seed") or secrets.randbits(32)
    print(f"--seed {seed}")  # noqa: T201 - shown with a failure
    return random.Random(seed)  # noqa: S311 - to be repeated


@pytest.fixture
async def rig(relay: FakeRelay, session: aiohttp.ClientSession, dice: random.Random, data_dir: Path) -> Rig:
    # In this loop are the relay and those who look on; what is tested has a process of its own.
    asyncio.get_running_loop().set_debug(False)
    return Rig(relay, session, dice, data_dir)
