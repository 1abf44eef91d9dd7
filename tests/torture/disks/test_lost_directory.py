"""A data directory that goes away, or becomes another's, under the running program: told, and nothing is stored."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, Program, running
from tests.fakes.relay import FakeRelay
from tests.torture.disks.disk import Disk
from tests.torture.disks.test_full_disk import charges, ended_well, stored
from tests.torture.kills.agreement import charges_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a file that is open where it is")


def removed(directory: Path) -> None:
    shutil.rmtree(directory)


def moved(directory: Path) -> None:
    directory.rename(directory.with_name("away"))


def replaced(directory: Path) -> None:
    moved(directory)
    directory.mkdir()
    (directory / "history.mdb").write_bytes(b"another's")
    (directory / "cookie.mdb").write_bytes(b"another's")


def another_file(directory: Path) -> None:
    (directory / "history.mdb").rename(directory / "old.mdb")
    shutil.copy(directory / "old.mdb", directory / "history.mdb")


LOSSES: Final = [removed, moved, replaced, another_file]


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
async def test_a_directory_that_is_gone_is_told_and_nothing_is_acknowledged_any_more(
    relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    data_dir = tmp_path / "data"
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        api = await polled(relay, session, program)
        page = Page()
        async with page.follow(program.url):
            await page.until(lambda page: page.records)
            lose(data_dir)
            left = {path.name: path.read_bytes() for path in data_dir.iterdir()} if data_dir.exists() else None
            relay.records = charges(range(1, 20))
            await refused_as_lost(api, "POST", "/api/refresh")
            await page.until(lambda page: page.status["task"]["error"])
            assert page.status["task"]["error"]["code"] == "storage_failed"
        # What cannot be kept is refused, and what was stored is still to be had.
        await refused_as_lost(api, "PATCH", "/api/config", {"rangeMinutes": 99})
        await refused_as_lost(api, "PUT", "/api/cookie", {"cookie": "session=other"})
        await refused_as_lost(api, "DELETE", "/api/cookie")
        assert len(await stored(api)) == 9
        async with session.get(f"{program.url}/metrics") as response:
            assert response.status == 200
        await ended_well(program)
    after = {path.name: path.read_bytes() for path in data_dir.iterdir()} if data_dir.exists() else None
    if lose is not another_file:
        assert after == left, "it changed a directory that is not its own"


async def test_a_poll_that_brings_nothing_new_notices_it_too(
    relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with running(data_dir=tmp_path / "data", upstream=relay.url) as program:
        api = await polled(relay, session, program)
        removed(tmp_path / "data")
        await refused_as_lost(api, "POST", "/api/refresh")
        await ended_well(program)


async def test_it_goes_on_once_the_directory_is_back(
    relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    async with running(data_dir=data_dir, upstream=relay.url) as program:
        api = await polled(relay, session, program)
        moved(data_dir)
        relay.records = charges(range(1, 20))
        await refused_as_lost(api, "POST", "/api/refresh")
        data_dir.with_name("away").rename(data_dir)
        await api.do("POST", "/api/refresh")
        assert charges_of(await stored(api)) == charges_of(relay.records)
        assert (await api.get("/api/status"))["task"]["error"] is None
        await ended_well(program)


async def test_a_disk_that_is_taken_out_is_told(relay: FakeRelay, session: aiohttp.ClientSession, disk: Disk) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        api = await polled(relay, session, program)
        disk.detach()
        await refused_as_lost(api, "POST", "/api/refresh")
        await ended_well(program)


NOBODY: Final = 65_534


def as_nobody(program: str = "setpriv") -> list[str]:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    wrapper = [program, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if subprocess.run([*wrapper, sys.executable, "-c", "import aiohttp"], check=False, capture_output=True).returncode:
        pytest.skip("only an administrator can be somebody else, and that one must be able to read what is tested")
    return wrapper


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A directory that others can reach, which pytest's own are not."""
    with TemporaryDirectory(prefix="ccurve-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


async def test_a_directory_that_it_may_not_look_into_any_more_is_told_until_it_may(
    relay: FakeRelay, session: aiohttp.ClientSession, open_to_all: Path
) -> None:
    wrapper = as_nobody()
    data_dir = open_to_all / "data"
    data_dir.mkdir()
    shutil.chown(data_dir, NOBODY, NOBODY)
    options = ["--port", "0", "--upstream", relay.url]
    program = await Program.started(*options, data_dir=data_dir, wrapper=wrapper)
    try:
        await program.listening()
        api = await polled(relay, session, program)
        data_dir.chmod(0)
        relay.records = charges(range(1, 20))
        for request in (("POST", "/api/refresh", None), ("PUT", "/api/cookie", {"cookie": "session=other"})):
            status, answer = await api.call(*request)
            assert (status, answer["code"]) == (500, "storage_failed")
        data_dir.chmod(0o700)
        await api.do("POST", "/api/refresh")
        assert charges_of(await stored(api)) == charges_of(relay.records)
        data_dir.chmod(0)
        await ended_well(program)
        data_dir.chmod(0o700)
    finally:
        await program.kill_if_alive()


async def test_a_disk_that_may_only_be_read_stops_the_start_with_a_sentence(relay: FakeRelay, disk: Disk) -> None:
    async with running(data_dir=disk.data_dir, upstream=relay.url) as program:
        await ended_well(program)
    disk.close()
    program = await Program.started("--port", "0", "--upstream", relay.url, data_dir=disk.data_dir)
    assert await program.ended() == 1
    assert program.errors.count("\n") == 1
    assert "--data-dir" in program.errors


async def polled(relay: FakeRelay, session: aiohttp.ClientSession, program: Program) -> Api:
    relay.records = charges(range(1, 10))
    api = Api(session, program.url)
    await api.switch_on()
    await api.do("POST", "/api/refresh")
    return api


async def refused_as_lost(api: Api, method: str, path: str, body: object = None) -> None:
    status, answer = await api.call(method, path, body)
    assert (status, answer["code"]) == (500, "storage_failed"), answer
    assert "moved or deleted" in answer["detail"]
