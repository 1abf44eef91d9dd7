"""What lies inside is what is needed and no more, and tells nothing of the machine that it was made on."""

import io
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest
from PyInstaller.archive.readers import CArchiveReader

from launch.bundle import PACKED, UNPACKED
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


def modules() -> set[str]:
    """Return the names of all modules inside, in whatever form they are."""
    return {_module(name) for name in inside()}


def _module(name: str) -> str:
    if ".pyz/" in name:
        return name.partition("/")[2]
    *folders, file = name.removeprefix(f"{LIBRARY}/").split("/")
    parts = (*folders, file.partition(".")[0])
    return ".".join(part for part in parts if part not in {*contents.NOT_PACKAGES, "__init__"})


def test_every_kind_of_module_is_found() -> None:
    assert {"app", "lmdb", "lmdb.cpython", "_json", "encodings", "encodings.utf_8"} <= modules()


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
    assert not [name for name in modules() if name in unused or name.startswith(packages)]


def test_every_module_inside_is_named_among_those_to_load() -> None:
    named = {name for listed in (PACKED, UNPACKED) for name in inside()[listed].decode().split()}
    assert named <= modules()
    compiled = {_module(name) for name in inside() if ".pyz/" in name or name.endswith((".pyc", ".pyd", ".so"))}
    assert compiled <= named
