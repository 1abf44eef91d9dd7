from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay


@pytest.fixture
async def relay() -> AsyncIterator[FakeRelay]:
    async with FakeRelay() as relay:
        yield relay


@pytest.fixture
async def program(relay: FakeRelay, tmp_path: Path) -> AsyncIterator[Program]:
    async with running(data_dir=tmp_path / "data", upstream=relay.url) as program:
        yield program


@pytest.fixture
async def api(program: Program) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, program.url)


@pytest.fixture
def port(program: Program) -> int:
    return int(program.url.rpartition(":")[2])
