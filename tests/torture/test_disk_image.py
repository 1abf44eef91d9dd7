"""A cookie that was replaced or deleted is not on the disk any more: not in a file, nor in the bytes between them."""

import asyncio
import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import aiohttp
import pytest

from storage import files
from tests.e2e.program import Api, running
from tests.fakes.relay import FakeRelay, charge
from tests.torture.image import Image, NoDiskError, mounted
from tests.torture.traces import Canary

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a disk in a file is one of Linux")

# With data=journal a copy of each block goes through the journal, and stays there until others take its place.
ROUNDS, PADDINGS = 12, (0, 3_000, 15_000)


@pytest.fixture(params=["data=ordered", "data=writeback", "data=ordered,nodelalloc", "data=ordered,discard"])
def image(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Image]:
    if request.param != "data=ordered" and not request.config.getoption("--full"):
        pytest.skip("only with --full")
    try:
        with mounted(tmp_path, request.param) as image:
            yield image
    except NoDiskError as error:
        if os.environ.get("CI") and os.getuid() == 0:
            raise
        pytest.skip(f"no disk can be made here: {error}")


@pytest.fixture
def relay(relay: FakeRelay) -> FakeRelay:
    relay.records = [charge(1)]
    return relay


def left(image: Image, canaries: Iterable[Canary]) -> list[int]:
    """Return the numbers of the canaries that are on the disk."""
    data = image.data()
    return [number for number, canary in enumerate(canaries) if canary.is_in(data)]


async def test_old_values_are_gone_from_the_disk_when_it_says_so(
    image: Image, relay: FakeRelay, figure: Callable[[str, object], None]
) -> None:
    canaries: list[Canary] = []
    data_dir = image.place / "data"
    async with aiohttp.ClientSession() as session, running(data_dir=data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)
        for number in range(ROUNDS):
            canaries.append(Canary())
            cookie = f"session={canaries[-1].value}; filler={'x' * PADDINGS[number % len(PADDINGS)]}"
            await api.do("PUT", "/api/cookie", {"cookie": cookie})
            canaries.append(Canary())
            relay.set_cookies = [f"session={canaries[-1].value}"]
            await api.do("POST", "/api/refresh")
            relay.set_cookies = []
            assert left(image, canaries) == [len(canaries) - 1]  # only the last, and that one is there
        await api.do("DELETE", "/api/cookie")
        assert left(image, canaries) == []
        assert await program.stop() == 0
    assert left(image, canaries) == []
    figure(f"old values on the disk ({image.options}), of {len(canaries)}", 0)


async def test_old_values_are_gone_once_it_has_started_after_kills_amid_changes(
    image: Image, relay: FakeRelay, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    dice = random.Random(7)  # noqa: S311 - the same every time
    canaries: set[Canary] = set()
    held: list[Canary] = []
    data_dir = image.place / "data"
    kills = count("kills") // 10 or 1
    for _ in range(kills):
        async with aiohttp.ClientSession() as session, running(data_dir=data_dir, upstream=relay.url) as program:
            changed = list(held)
            changing = asyncio.create_task(keep_changing(Api(session, program.url), changed))
            # The moment of the kill is what varies: anywhere in a change.
            await asyncio.sleep(dice.uniform(0, 0.5))
            await program.kill()
            await asyncio.gather(changing, return_exceptions=True)
        async with running(data_dir=data_dir, upstream=relay.url):
            held = [changed[number] for number in left(image, changed)]
            assert len(held) <= 1
        canaries.update(changed)
    async with aiohttp.ClientSession() as session, running(data_dir=data_dir, upstream=relay.url) as program:
        await Api(session, program.url).do("DELETE", "/api/cookie")
    assert left(image, canaries) == []
    assert not (data_dir / files.COOKIE).exists()
    figure(f"old values on the disk ({image.options}) after {kills} kills, of {len(canaries)}", 0)


async def keep_changing(api: Api, canaries: list[Canary]) -> None:
    """Replace the cookie without a pause until the server is gone."""
    while True:
        canaries.append(Canary())
        await api.call("PUT", "/api/cookie", {"cookie": f"session={canaries[-1].value}"})
