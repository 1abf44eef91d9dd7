import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, running
from tests.fakes.relay import USAGE, FakeRelay

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot suspend a process by a signal")


async def test_a_process_that_was_suspended_polls_at_once_when_it_wakes(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.do("PATCH", "/api/config", {"intervalSeconds": 86_400})
        page = Page()
        async with page.follow(program.url):
            await api.switch_on()
            await page.until(lambda page: page.status and page.status["task"]["nextPollAt"])
            await page.until(lambda page: page.status["task"]["lastSuccessAt"])
        program.suspend()
        await asyncio.sleep(6)  # the sleep of the machine itself
        program.resume()
        await relay.wait_for_requests(2, USAGE)
