"""Owns the list of other people's work that lies inside the released file, read from that file's own table of contents.

What is known of each piece, `installed`, `libraries` and the page's build say.
"""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

import msgspec
from PyInstaller.archive.readers import CArchiveReader

from launch.bundle import PACKED, UNPACKED, ZONES
from launch.leftovers import LOCK
from release import installed, libraries
from release.component import Component, UnknownComponent
from release.contents import NOT_PACKAGES

PAGE: Final = Path(__file__).parent / "page-components.json"
_PATCHED: Final = "What starts the program is built with release/bootloader.patch of CCurve's source."

_OURS: Final = {"app", "domain", "launch", "poller", "storage", "web"}
_BOOTLOADER: Final = ("pyiboot", "pyimod", "pyi_rth", "_pyi_rth")
_STANDARD_LIBRARY: Final = {*sys.stdlib_module_names, "base_library"}


class _Owner(NamedTuple):
    kind: str
    name: str = ""


_NOBODY_ELSE: Final = _Owner("ours")
_PAGE: Final = _Owner("page")
_CPYTHON: Final = _Owner("cpython")
_PYINSTALLER: Final = _Owner("package", "pyinstaller")


def components_of(built: Path) -> list[Component]:
    """Return what lies inside a one-file build, by name and version.

    Raises `UnknownComponent`, which says what it is, where something inside belongs to nobody known.
    """
    archive = CArchiveReader(str(built))
    owners = {_owner(name) for name in _names(archive)} | {_PYINSTALLER}
    compiled = [archive.extract(name) for name, entry in archive.toc.items() if entry[-1] == "b"]
    found = libraries.components(
        {name for kind, name in owners if kind == "library"},
        [built.read_bytes(), *compiled],
        sys.builtin_module_names,
    )
    for kind, name in owners:
        if kind == "package":
            found.append(installed.component(name, changes=_PATCHED if name == "pyinstaller" else ""))
        elif kind == "cpython":
            found.append(libraries.cpython())
        elif kind == "page":
            found.extend(msgspec.json.decode(PAGE.read_bytes(), type=list[Component]))
    return sorted(found, key=lambda component: (component.name.lower(), component.version, component.purl))


def _names(archive: CArchiveReader) -> Iterator[str]:
    for name, entry in archive.toc.items():
        if entry[-1] == "z":
            yield from archive.open_embedded_archive(name).toc
        else:
            yield name.replace("\\", "/")


def _owner(name: str) -> _Owner:
    """Tell whose a module or a file inside is, by its name."""
    if name == ZONES:
        return _Owner("package", "tzdata")
    if name in {LOCK, PACKED, UNPACKED}:
        return _NOBODY_ELSE
    parts = [part for part in PurePosixPath(name).parts if part not in NOT_PACKAGES]
    if parts[0] == "static":
        return _PAGE
    # Wheels bring libraries of others in folders of such names.
    foreign = any(part.endswith((".libs", ".dylibs")) for part in parts)
    owner = None if foreign else _owner_of_module(parts[0].split(".")[0])
    if owner is None and libraries.is_cpython(parts[0]):
        return _CPYTHON
    if owner is None and libraries.is_library(parts[-1]):
        return _Owner("library", parts[-1])
    if owner is None:
        raise UnknownComponent(f"{name} lies inside, and nobody knows whose it is; see release/components.py.")
    return owner


def _owner_of_module(module: str) -> _Owner | None:
    if module in _OURS:
        return _NOBODY_ELSE
    if module.startswith(_BOOTLOADER):
        return _PYINSTALLER
    if module in _STANDARD_LIBRARY or module.startswith("_sysconfigdata"):
        return _CPYTHON
    package = installed.package_of(module)
    return _Owner("package", package) if package else None
