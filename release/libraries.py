"""Owns what is known of CPython and of the libraries in C that it and the packages stand on.

Their versions are read from what they leave in a compiled file, so that those linked into another file are found too.
Which files are inside, `components` finds out.
"""

import platform
import re
import sys
import sysconfig
from pathlib import Path
from typing import Final, NamedTuple

from release.component import Component, UnknownComponent, kept_texts


class _Library(NamedTuple):
    key: str
    name: str
    licence: str
    home: str
    files: str
    """What its own files are called, on every system."""
    mark: bytes | None = None
    """What it leaves in a compiled file, with its version. Where there is none, its own files are all that tells."""


_LIBRARIES: Final = (
    # What enterprise Linux 8 has, and keeps mended until 2029.
    _Library(
        "openssl-1.1",
        "OpenSSL",
        "OpenSSL",
        "https://openssl-library.org",
        r"lib(ssl|crypto)\.so\.1\.1\b.*",
        rb"OpenSSL (1\.1\.\d[a-z]?) +(?:FIPS +)?\d+ [A-Z][a-z]{2} \d{4}",
    ),
    _Library(
        "openssl",
        "OpenSSL",
        "Apache-2.0",
        "https://openssl-library.org",
        r"lib(ssl|crypto)\b.*",
        # Those before 3 have another licence.
        rb"OpenSSL ([3-9]\.\d+\.\d+) \d+ [A-Z][a-z]{2} \d{4}",
    ),
    _Library("zlib", "zlib", "Zlib", "https://zlib.net", r"(libz|zlib1?)\b.*", rb" inflate (\d+[\d.]+) Copyright"),
    _Library("expat", "Expat", "MIT", "https://libexpat.github.io", r"libexpat\b.*", rb"expat_(\d+\.\d+\.\d+)"),
    _Library("liblmdb", "LMDB", "OLDAP-2.8", "https://symas.com/lmdb", r"liblmdb\b.*", rb"LMDB (\d+\.\d+\.\d+): \("),
    _Library("libffi", "libffi", "MIT", "https://sourceware.org/libffi", r"libffi\b.*"),
    _Library("libmpdec", "libmpdec", "BSD-2-Clause", "https://www.bytereef.org/mpdecimal", r"libmpdec\b[^+]*"),
    _Library(
        "windows-runtime",
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


def library_of(file: str) -> str | None:
    """Return the key of the library that a file of this name is of; None where it is not known."""
    keys = (library.key for library in _LIBRARIES if re.fullmatch(library.files, file, re.IGNORECASE))
    return next(keys, None)


def components(keys: set[str], compiled: list[bytes]) -> list[Component]:
    """Return the libraries of these keys and those that left their mark in a compiled file.

    Raises `UnknownComponent` where one of these keys ought to have left a mark and did not.
    """
    return [component for library in _LIBRARIES for component in _found(library, library.key in keys, compiled)]


def cpython() -> Component:
    """Return what is known of the interpreter that runs this, which is the one that is frozen."""
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").exists()]
    if not texts:
        raise UnknownComponent(f"This Python has no LICENSE.txt in {places[0]}; freeze with one that has.")
    version = platform.python_version()
    return Component(
        name="CPython",
        version=version,
        licence="Python-2.0",
        home="https://www.python.org",
        purl=f"pkg:generic/cpython@{version}",
        texts=(texts[0].read_text(encoding="utf-8"), *kept_texts("cpython")),
    )


def _found(library: _Library, has_files: bool, compiled: list[bytes]) -> list[Component]:  # noqa: FBT001 - one caller
    if library.mark is None:
        return [_component(library, "")] if has_files else []
    mark = re.compile(library.mark)
    versions = sorted({match.decode() for content in compiled for match in mark.findall(content)})
    if has_files and not versions:
        raise UnknownComponent(f"Of {library.name} there is a version inside that release/libraries.py does not know.")
    return [_component(library, version) for version in versions]


def _component(library: _Library, version: str) -> Component:
    return Component(
        name=library.name,
        version=version,
        licence=library.licence,
        home=library.home,
        purl=f"pkg:generic/{library.key}" + (f"@{version}" if version else ""),
        texts=kept_texts(library.key, library.licence),
    )
