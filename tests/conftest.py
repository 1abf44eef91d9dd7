import gc
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from hypothesis import settings

from tests.fakes.relay import FakeRelay
from tests.torture.counts import add_options

# How long an example takes says nothing about whether it is right. Where it must be repeatable, it is.
settings.register_profile("ccurve", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("ccurve")

# Programs that are started inherit it where it is ignored, as by nohup, and then rightly go on ignoring it.
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Have no garbage collection look at thousands of collected tests: everything would wait for it, deadlines too."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)


@pytest.fixture
async def relay() -> AsyncIterator[FakeRelay]:
    async with FakeRelay() as relay:
        yield relay


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"
