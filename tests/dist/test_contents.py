"""What lies inside is what is needed and no more, and tells nothing of the machine that it was made on."""

import io
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest
from PyInstaller.archive.readers import CArchiveReader

from launch.bundle import MODULES
from release import contents
from tests.dist.place import PROGRAM
from tests.e2e.program import ROOT

GOAL_MB: Final = 12.5
LIBRARY: Final = "base_library.zip"
ELF: Final = b"\x7fELF"


@cache
def inside() -> dict[str, bytes]:
    """Return what lies inside, by name: files as they are, modules as they are compiled."""
    return dict(_inside(CArchiveReader(str(PROGRAM))))


def _inside(archive: CArchiveReader) -> Iterator[tuple[str, bytes]]:
    for name, entry in archive.toc.items():
        if entry[-1] == "z":
            modules = archive.open_embedded_archive(name)
            yield from ((f"{name}/{module}", modules.extract(module, raw=True) or b"") for module in modules.toc)
            continue
        content = archive.extract(name)
        yield name, content
        if name == LIBRARY:
            with zipfile.ZipFile(io.BytesIO(content)) as library:
                yield from ((f"{name}/{module}", library.read(module)) for module in library.namelist())


def test_it_is_small() -> None:
    size_mb = PROGRAM.stat().st_size / 1e6
    print(f"{PROGRAM.name}: {size_mb:.2f} MB")  # noqa: T201 - for people who ask pytest for it
    assert size_mb <= GOAL_MB


def test_it_is_not_packed_by_what_antivirus_software_dislikes() -> None:
    assert b"UPX!" not in PROGRAM.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other formats")
def test_it_and_all_that_is_compiled_inside_are_stripped() -> None:
    compiled = {name: content for name, content in inside().items() if content.startswith(ELF)}
    compiled[PROGRAM.name] = PROGRAM.read_bytes()
    assert len(compiled) > 1
    assert all(content.startswith(ELF) for content in compiled.values())
    # The table of section names holds this one where there are symbols for debuggers.
    assert not [name for name, content in compiled.items() if b"\0.symtab\0" in content]


def test_no_path_of_the_machine_that_it_was_made_on_is_inside() -> None:
    paths = [str(ROOT), sys.prefix, "/build/freeze/"]
    assert not [(name, path) for name, content in inside().items() for path in paths if path.encode() in content]


def test_what_is_never_used_is_not_inside() -> None:
    unused = contents.left_out()
    packages = tuple(f"{name}." for name in unused)
    listed = inside()[MODULES].decode().split()
    assert not [name for name in listed if name in unused or name.startswith(packages)]


def test_every_module_inside_is_on_the_list_of_those_to_load() -> None:
    archive = CArchiveReader(str(PROGRAM))
    (modules,) = [name for name, entry in archive.toc.items() if entry[-1] == "z"]
    listed = set(inside()[MODULES].decode().split())
    assert set(archive.open_embedded_archive(modules).toc) <= listed
    assert {"lmdb.cpython", "aiohttp._http_parser", "encodings.utf_8"} <= listed
