"""Owns what is known of CPython and of the libraries in C that it and the packages stand on.

Many leave their version in what they are linked into, and are found there whether they are a file of their own or not.
Which files are inside, `components` finds out.
"""

import platform
import re
import sys
import sysconfig
from collections.abc import Collection
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from release.component import Component, UnknownComponent, kept_texts


class _Library(NamedTuple):
    name: str
    licence: str
    home: str
    files: str
    """What its own files are called, on every system."""
    mark: bytes = b""
    """What it leaves in a compiled file, with its version; nothing where it leaves none."""
    module: str = ""
    """The module of CPython that needs it: where that is built into the interpreter, the library may be too."""

    def component(self, version: str) -> Component:
        """Return what is known of it in this version; an empty one is not known."""
        place = quote(self.name.lower().replace(" ", "-"), safe="")
        purl = f"pkg:generic/{place}" + (f"@{version}" if version else "")
        texts = kept_texts(purl, self.licence)
        return Component(self.name, version, self.licence, self.home, purl, texts)


_DATED: Final = rb" +(?:FIPS +)?\d+ [A-Z][a-z]{2} \d{4}"
_LIBRARIES: Final = (
    _Library(
        "OpenSSL",
        "OpenSSL",
        "https://openssl-library.org",
        r"lib(ssl|crypto)\b.*1[._]1\b.*",
        rb"OpenSSL (1\.1\.\d+[a-z]?)" + _DATED,
    ),
    _Library(
        "OpenSSL",
        "Apache-2.0",
        "https://openssl-library.org",
        r"lib(ssl|crypto)\b.*",
        rb"OpenSSL ([3-9]\.\d+\.\d+)" + _DATED,
    ),
    _Library("zlib", "Zlib", "https://zlib.net", r"(libz|zlib1?)\b.*", rb" inflate (\d+[\d.]+) Copyright"),
    _Library("Expat", "MIT", "https://libexpat.github.io", r"libexpat\b.*", rb"expat_(\d+\.\d+\.\d+)"),
    _Library("LMDB", "OLDAP-2.8", "https://symas.com/lmdb", r"liblmdb\b.*", rb"LMDB (\d+\.\d+\.\d+): \("),
    _Library("libffi", "MIT", "https://sourceware.org/libffi", r"libffi\b.*", module="_ctypes"),
    _Library("libmpdec", "BSD-2-Clause", "https://bytereef.org/mpdecimal", r"libmpdec\b[^+]*", module="_decimal"),
    _Library("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2", r"libbz2\b.*", module="_bz2"),
    _Library("XZ", "0BSD", "https://tukaani.org/xz", r"liblzma\b.*", module="_lzma"),
    _Library("SQLite", "blessing", "https://sqlite.org", r"(lib)?sqlite3\b.*", module="_sqlite3"),
    _Library(
        "ncurses",
        "X11-distribute-modifications-variant",
        "https://invisible-island.net/ncurses",
        r"lib(ncurses|panel|tinfo)w?\b.*",
        module="_curses",
    ),
    _Library("libedit", "BSD-3-Clause", "https://thrysoee.dk/editline", r"libedit\b.*", module="readline"),
    _Library("libuuid", "BSD-3-Clause", "https://github.com/util-linux/util-linux", r"libuuid\b.*", module="_uuid"),
    _Library(
        "Microsoft Visual C++ Runtime",
        "LicenseRef-Microsoft-Distributable-Code",
        "https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist",
        r"(vcruntime|msvcp|concrt|ucrtbase|api-ms-win-).*\.dll",
    ),
)
_PYTHON: Final = re.compile(r"libpython3.*|python3\d*\.dll|python|python\.framework", re.IGNORECASE)


def is_cpython(file: str) -> bool:
    """Tell whether a file or folder of this name is the interpreter itself."""
    return bool(_PYTHON.fullmatch(file))


def is_library(file: str) -> bool:
    """Tell whether a file of this name is of a library that is known."""
    return _library_of(file) is not None


def components(files: Collection[str], compiled: Collection[bytes], built_in: Collection[str]) -> list[Component]:
    """Return the libraries inside: of these files, with a mark in a compiled file, or in the interpreter.

    `built_in` names the modules that the interpreter holds itself. Raises `UnknownComponent` where a file's library
    should have left its mark in it, and did not.
    """
    by_file = {library for file in files if (library := _library_of(file))}
    found: list[Component] = []
    for library in _LIBRARIES:
        versions = _versions(library, compiled)
        if library in by_file and library.mark and not versions:
            raise UnknownComponent(f"Inside is a {library.name} of a version unknown to release/libraries.py.")
        if not library.mark and (library in by_file or library.module in built_in):
            versions = [""]
        found.extend(library.component(version) for version in versions)
    return found


def cpython() -> Component:
    """Return what is known of the interpreter that runs this, which is the one that is frozen."""
    version, licence = platform.python_version(), "Python-2.0"
    purl = f"pkg:generic/cpython@{version}"
    texts = _installed_licence() + kept_texts(purl, "" if _installed_licence() else licence)
    return Component("CPython", version, licence, "https://www.python.org", purl, texts)


def _library_of(file: str) -> _Library | None:
    return next((library for library in _LIBRARIES if re.fullmatch(library.files, file, re.IGNORECASE)), None)


def _versions(library: _Library, compiled: Collection[bytes]) -> list[str]:
    mark = re.compile(library.mark or rb"(?!)")
    return sorted({version.decode() for content in compiled for version in mark.findall(content)})


def _installed_licence() -> tuple[str, ...]:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    paths = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").exists()]
    return tuple(path.read_text(encoding="utf-8") for path in paths[:1])
