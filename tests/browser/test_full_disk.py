"""A disk that is full: the page says so in words of its own, goes on showing what there is, and goes on with room."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.charges import MINUTE_MS, single
from tests.browser.conftest import Visit
from tests.browser.stage import Stage, now_ms, staged
from tests.torture.disks.disk import Disk, small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest_asyncio.fixture(loop_scope="session")
async def stage(disk: Disk) -> AsyncIterator[Stage]:
    async with staged(disk.data_dir) as stage:
        yield stage


@pytest.mark.parametrize(("locale", "words"), [("en-GB", "The disk is full"), ("zh-CN", "磁盘已满")])
async def test_a_full_disk_is_told_until_there_is_room(
    stage: Stage, disk: Disk, visit: Visit, locale: str, words: str
) -> None:
    await stage.poll([single(now_ms() - 10 * MINUTE_MS, 40)])
    dashboard = await (await visit(locale=locale)).open()
    await dashboard.shows(total="40", requests=1)
    banner = dashboard.hook("relay-down")
    disk.fill()
    stage.relay.records[:0] = [single(now_ms() - MINUTE_MS, 1) for _ in range(3000)]
    status, answer = await stage.api.call("POST", "/api/refresh")
    assert (status, answer["code"]) == (507, "storage_full")
    await expect(banner).to_contain_text(words)
    await dashboard.shows(total="40", requests=1)
    disk.make_room()
    await stage.refresh()
    await expect(banner).to_have_count(0)
    await dashboard.shows(requests=3001)


async def test_what_fails_where_nobody_waits_for_it_is_told_too(stage: Stage, disk: Disk, visit: Visit) -> None:
    await stage.poll([single(now_ms() - 10 * MINUTE_MS, 40)])
    dashboard = await (await visit()).open()
    disk.fill()
    stage.relay.set_cookies = ["session=good; Path=/", "other=new; Path=/"]
    await stage.refresh()
    await expect(dashboard.hook("relay-down")).to_contain_text("The disk is full")
    await expect(dashboard.demand).to_have_count(0)
    disk.make_room()
    await stage.refresh()
    await expect(dashboard.hook("relay-down")).to_have_count(0)
