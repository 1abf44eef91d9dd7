"""No descriptor to be had: polls fail for want of one and are no dead cookie, the store goes on, and all recovers."""

import asyncio
import sys
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from tests.e2e.program import LISTENING, Api, Program, running
from tests.fakes.relay import FakeRelay
from tests.torture.disks.test_full_disk import charges, ended_well, stored
from tests.torture.kills.agreement import charges_of

if sys.platform == "linux":
    import resource

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the limit of a process that runs is set on Linux alone"
)

LIMITS: Final = (16, 32, 63, 64, 65)


@pytest.mark.parametrize("limit", LIMITS)
async def test_a_start_with_few_descriptors_works_or_ends_with_a_sentence(
    relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path, limit: int
) -> None:
    relay.records = charges(range(1, 10))
    wrapper = ["prlimit", f"--nofile={limit}:{limit}"]
    program = await Program.started("--port", "0", "--upstream", relay.url, data_dir=tmp_path / "data", wrapper=wrapper)
    try:
        if not LISTENING.fullmatch(line := await program.first_line()):
            assert line == ""
            assert await program.ended() == 1
            assert program.errors.count("\n") == 1, program.errors
            assert "ulimit -n 64" in program.errors
            assert limit < 64
            return
        assert limit >= 64
        api = Api(session, line.split()[-1])
        await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
        await api.do("POST", "/api/refresh")
        assert len(await stored(api)) == 9
        await ended_well(program)
    finally:
        await program.kill_if_alive()


async def test_without_descriptors_polls_fail_as_unavailable_and_what_needs_none_goes_on(
    relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    relay.records = charges(range(1, 10))
    async with running(data_dir=tmp_path / "data", upstream=relay.url) as program:
        api = Api(session, program.url)
        await api.switch_on()
        await api.do("POST", "/api/refresh")
        before = resource.prlimit(program.pid, resource.RLIMIT_NOFILE)
        descriptors = [int(path.name) for path in Path(f"/proc/{program.pid}/fd").iterdir()]
        held = max(descriptors) + 1
        resource.prlimit(program.pid, resource.RLIMIT_NOFILE, (held, before[1]))
        # What is free below the highest one is taken by connections that stay open.
        host, port = program.url.removeprefix("http://").split(":")
        crowd = [await asyncio.open_connection(host, int(port)) for _ in range(held - len(descriptors))]
        for reader, writer in crowd:
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b"}")
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (502, "upstream_unavailable")
        told = await api.get("/api/status")
        assert told["cookie"]["valid"] is True
        assert told["task"]["error"]["code"] == "upstream_unavailable"
        await api.do("PATCH", "/api/config", {"rangeMinutes": 77})
        status, answer = await api.call("PUT", "/api/cookie", {"cookie": "session=other"})
        assert (status, answer["code"]) == (500, "storage_failed")
        for _, writer in crowd:
            writer.close()
        resource.prlimit(program.pid, resource.RLIMIT_NOFILE, before)
        relay.records = charges(range(1, 20))
        await api.do("POST", "/api/refresh")
        assert relay.requests[-1].cookie == "session=good"
        assert charges_of(await stored(api)) == charges_of(relay.records)
        assert (await api.get("/api/status"))["task"]["error"] is None
        await ended_well(program)
