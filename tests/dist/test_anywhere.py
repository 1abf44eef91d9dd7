"""It starts anywhere: whatever it is called, wherever it lies, and however little the environment tells it."""

import os
import stat
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import aiohttp
import pytest

from launch.version import VERSION
from tests.dist.place import Place, place_in
from tests.e2e.program import Api

linux_only: Final = pytest.mark.skipif(sys.platform != "linux", reason="it takes Linux")
posix_only: Final = pytest.mark.skipif(os.name == "nt", reason="Windows has no such thing")
HARD: Final = "数据 with spaces & 'quotes'"


async def assert_serves(place: Place, *command: str | Path, **environment: str) -> None:
    """It starts, answers, warns of nothing, and ends as it should."""
    program = await place.serve(*command, **environment)
    async with aiohttp.ClientSession() as session:
        assert await Api(session, program.url).get("/healthz") == {"status": "ok"}
    assert await program.stop() == 0
    assert not [line for line in program.errors.splitlines() if " DEBUG " not in line]
    assert place.data.is_dir()


async def test_every_path_may_have_spaces_and_chinese_characters(tmp_path: Path) -> None:
    async with place_in(tmp_path / HARD) as place:
        await assert_serves(place)


@posix_only
@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "zh_CN.GBK"}, {"LANG": "nonsense"}])
async def test_every_locale_will_do(locale: dict[str, str], tmp_path: Path) -> None:
    async with place_in(tmp_path / HARD) as place:
        await assert_serves(place, **locale)


@posix_only
async def test_no_path_no_home_and_nothing_else_in_the_environment(place: Place) -> None:
    place.environment = {name: place.environment[name] for name in place.environment if name.startswith("CCURVE_")}
    await assert_serves(place)


@linux_only
@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root may become somebody who does not exist")
async def test_somebody_without_a_home_is_told_to_choose_a_data_directory() -> None:
    with TemporaryDirectory() as name:  # pytest's own are for one person alone
        Path(name).chmod(0o755)
        async with place_in(Path(name) / "place") as place:
            place.temporary.chmod(0o777)
            del place.environment["HOME"], place.environment["CCURVE_DATA_DIR"]
            nobody = ("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups")
            program = await place.start(*nobody, place.program)
            assert await program.ended() == 1
    assert program.errors.count("\n") == 1
    assert "--data-dir" in program.errors


@posix_only
async def test_the_data_lies_in_the_home_directory_unless_told_otherwise(place: Place) -> None:
    del place.environment["CCURVE_DATA_DIR"]
    place.data = place.home
    await assert_serves(place)
    assert [path for path in place.home.rglob("*") if path.is_file()]


@posix_only
async def test_a_file_and_a_working_directory_that_nobody_may_write_are_enough(place: Place) -> None:
    place.program.chmod(stat.S_IREAD | stat.S_IEXEC)
    place.home.chmod(stat.S_IREAD | stat.S_IEXEC)
    await assert_serves(place)
    assert list(place.home.iterdir()) == []


@posix_only
async def test_it_starts_from_the_root_and_from_a_directory_that_is_gone(place: Place) -> None:
    place.cwd = Path("/")
    await assert_serves(place)
    place.cwd = place.home
    await assert_serves(place, "sh", "-c", 'rmdir "$PWD"; exec "$0"', place.program)


@posix_only
async def test_it_starts_through_a_link_by_its_name_alone_and_under_any_other(place: Place) -> None:
    link = place.home / "link"
    link.symlink_to(place.program)
    await assert_serves(place, link)
    await assert_serves(place, place.program.name, PATH=str(place.program.parent))
    for name in ("", "odd name", "/nowhere/at/all", "-x"):
        await assert_serves(place, "bash", "-c", 'exec -a "$1" "$0"', place.program, name)


@posix_only
@pytest.mark.parametrize("limit", ["-n 64", pytest.param("-v 400000", marks=linux_only)])
async def test_low_limits_are_enough(limit: str, place: Place) -> None:
    await assert_serves(place, "sh", "-c", f'ulimit {limit}; exec "$0"', place.program)


async def test_many_starts_at_once_leave_one_running(place: Place) -> None:
    programs = [await place.start() for _ in range(32)]
    said = [await program.first_line() for program in programs]
    (running,) = [program for program, line in zip(programs, said, strict=True) if " listening on " in line]
    assert len([line for line in said if line.startswith(f"CCurve {VERSION} is already running on ")]) == 31
    assert [await program.ended() for program in programs if program is not running] == [0] * 31
    assert await running.stop() == 0
    assert place.unpacked() == []
