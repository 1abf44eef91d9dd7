"""What it unpacks goes with it, or with the next start; where it cannot be unpacked, a sentence says what to do."""

import shutil
import sys
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from launch.leftovers import LOCK
from tests.dist.mounts import needs_mounts, seeing
from tests.dist.place import PROGRAM, Place, until
from tests.e2e.program import Api

UNUSABLE: Final = {"full": "size=4m", "noexec": "noexec"}
SYSTEMS: Final = [Path(path) for path in ("/tmp", "/var/tmp", "/usr/tmp")]  # noqa: S108 - the bootloader's
needs_dead_processes: Final = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps the files of what runs, and its tests kill one process at a time"
)


@needs_dead_processes
async def test_a_start_removes_what_a_killed_one_left_and_nothing_else(place: Place) -> None:
    runs = await place.serve()
    (used,) = place.unpacked()
    killed = await place.serve(CCURVE_DATA_DIR=str(place.data) + "2")
    (left,) = set(place.unpacked()) - {used}
    await killed.kill()

    # Those of other programs: without our lock, or with a name that differs. And a link, which must not be followed.
    others = [place.temporary / name for name in ("_MEI0000000aforeign", "_MEIbackup", "_MEIS")]
    for other in others:
        other.mkdir()
        (other / "base_library.zip").touch()
    (others[-1] / LOCK).write_bytes(b"held\n")
    kept = place.home / "kept"
    shutil.copytree(left, kept)
    (place.temporary / "_MEI0000000blinked").symlink_to(kept, target_is_directory=True)
    last = place.temporary / "_MEIfffffffflast"  # they are looked at by name
    shutil.copytree(left, last)

    await place.serve(CCURVE_DATA_DIR=str(place.data) + "3")
    await until(lambda: not last.exists())
    assert not left.exists()
    assert all((folder / "base_library.zip").exists() for folder in (*others, kept, used))
    assert runs.alive


@needs_mounts
@pytest.mark.parametrize("how", UNUSABLE)
async def test_another_directory_is_taken_where_that_for_temporary_files_is_unusable(
    how: str, place: Place, session: aiohttp.ClientSession
) -> None:
    program = await place.serve(*seeing({place.temporary: UNUSABLE[how]}, place.program))
    assert await Api(session, program.url).get("/healthz") == {"status": "ok"}
    said = program.errors.splitlines()[0]
    assert said.startswith("ccurve: ")
    assert f" {place.temporary} " in said
    assert "TMPDIR" in said
    assert await program.stop() == 0


@needs_mounts
@pytest.mark.skipif(any(map(PROGRAM.is_relative_to, SYSTEMS)), reason="it would be hidden with what is mounted there")
@pytest.mark.parametrize("how", UNUSABLE)
async def test_where_there_is_no_usable_directory_it_says_what_to_do_and_exits_with_one(how: str, place: Place) -> None:
    unusable = {path: UNUSABLE[how] for path in SYSTEMS if path.is_dir()}
    place.cwd = PROGRAM.parent
    program = await place.start(*seeing(unusable, PROGRAM))
    assert await program.ended() == 1
    assert program.output == ""
    lines = program.errors.splitlines()
    assert all(line.startswith("ccurve: ") for line in lines)
    assert "TMPDIR" in lines[-1]
