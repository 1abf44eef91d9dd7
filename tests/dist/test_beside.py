"""What goes with the file: the folder for those whose antivirus dislikes it, checksums, licences, what is inside."""

import hashlib
import json
import shutil
from typing import Final

import pytest

from launch.version import VERSION
from release import folder
from release.__main__ import SUMS
from tests.dist.place import ALL_IN_MEMORY, DIST, PROGRAM, Place

NOTICES: Final = "THIRD-PARTY-NOTICES.txt"
BILL: Final = "ccurve.cdx.json"
ARCHIVE: Final = next(DIST.glob(f"{folder.name()}.*"), None)

pytestmark = pytest.mark.skipif(not (DIST / SUMS).exists(), reason="the file lies where no release was made")


def test_the_checksum_of_every_file_is_right() -> None:
    told = [line.split("  ") for line in (DIST / SUMS).read_text(encoding="utf-8").splitlines()]
    found = [[hashlib.sha256(path.read_bytes()).hexdigest(), path.name] for path in sorted(DIST.iterdir())]
    assert told == [entry for entry in found if entry[1] != SUMS]
    assert {PROGRAM.name, NOTICES, BILL} < {name for _, name in told}


async def test_the_folder_runs_and_unpacks_nothing(place: Place) -> None:
    assert ARCHIVE
    shutil.unpack_archive(ARCHIVE, place.home)
    unpacked = place.home / folder.name()
    for name in ("LICENSE", NOTICES):
        assert (unpacked / name).stat().st_size > 0
    assert (unpacked / NOTICES).read_bytes() == (DIST / NOTICES).read_bytes()
    program = await (await place.start(unpacked / PROGRAM.name)).listening()
    await program.complained(ALL_IN_MEMORY)
    assert list(place.temporary.iterdir()) == []
    assert await program.stop() == 0
    assert not [line for line in program.errors.splitlines() if " DEBUG " not in line]


def test_the_bill_of_materials_names_this_version_and_what_it_stands_on() -> None:
    bill = json.loads((DIST / BILL).read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["version"]) == ("CycloneDX", VERSION)
    names = {component["name"] for component in bill["components"]}
    assert {"CPython", "OpenSSL", "LMDB", "aiohttp", "pyinstaller", "echarts", "react"} <= names


def test_the_notices_hold_the_licence_of_each_of_them() -> None:
    bill = json.loads((DIST / BILL).read_text(encoding="utf-8"))
    notices = (DIST / NOTICES).read_text(encoding="utf-8")
    assert not [component["name"] for component in bill["components"] if component["name"] not in notices]
    for words in ("Apache License", "Permission is hereby granted", "PYTHON SOFTWARE FOUNDATION LICENSE"):
        assert words in notices


def test_the_program_is_the_one_file_to_run() -> None:
    assert {path.name for path in DIST.iterdir() if path.stat().st_mode & 0o111} == {PROGRAM.name}
