import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay

SAMPLE = Path(__file__).parents[1] / "samples" / "usage.json"


@pytest.fixture
async def program(relay: FakeRelay, data_dir: Path) -> AsyncIterator[Program]:
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        yield program


@pytest.fixture
def api(session: aiohttp.ClientSession, program: Program) -> Api:
    return Api(session, program.url)


@pytest.fixture
def sample(relay: FakeRelay) -> FakeRelay:
    """A relay that holds the sample: 20 records, of which 16 count, 334 credits."""
    relay.records = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return relay
