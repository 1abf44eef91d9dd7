import base64
import json
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pytest

from launch.bundle import PACKED, UNPACKED, ZONES
from release.component import Component, UnknownComponent
from release.components import PAGE, components_of
from tests.release.archive import Archive

ROOT: Final = Path(__file__).parent.parent.parent
OPENSSL: Final = b"\0OpenSSL 3.0.19 27 Jan 2026\0"
PYTHON: Final = f"python{platform.python_version().rpartition('.')[0]}"


def names(built: Path) -> list[str]:
    return [component.name for component in components_of(built)]


def only(built: Path, name: str) -> Component:
    (found,) = (component for component in components_of(built) if component.name == name)
    return found


def locked(name: str) -> dict[str, Any]:
    """Return how the page's lock has a package: its version and the hash of its archive."""
    lock = (ROOT / "frontend" / "bun.lock").read_text(encoding="utf-8")
    (found,) = re.findall(
        rf'^    "{re.escape(name)}": \["{re.escape(name)}@([^"]+)".*"(sha512-\S+)"\],$', lock, re.MULTILINE
    )
    return {"version": found[0], "integrity": found[1]}


def test_a_package_is_named_once_however_many_of_its_files_are_inside(archive: Archive) -> None:
    archive.put("aiohttp/_http_parser.cpython-311-x86_64-linux-gnu.so")
    archive.put("aiohttp/_http_writer.cpython-311-x86_64-linux-gnu.so")
    assert names(archive.build("aiohttp", "aiohttp.web")) == ["aiohttp", "pyinstaller"]


def test_a_package_is_found_by_its_modules_whatever_it_is_called_itself(archive: Archive) -> None:
    assert names(archive.build("attr", "aiohttp_sse", "socks")) == ["aiohttp-sse", "attrs", "pyinstaller", "PySocks"]


def test_a_package_has_its_version_licence_page_and_texts(archive: Archive) -> None:
    found = only(archive.build("idna.core"), "idna")
    assert (found.version, found.licence, found.purl) == (
        version("idna"),
        "BSD-3-Clause",
        f"pkg:pypi/idna@{version('idna')}",
    )
    assert found.home == "https://github.com/kjd/idna"
    assert "Redistribution and use in source and binary forms" in found.texts[0]


def test_a_licence_that_a_package_only_refers_to_is_there_in_full(archive: Archive) -> None:
    built = archive.build("certifi", "msgspec", "prometheus_client.decorator")
    texts = {component.name: "\n".join(component.texts) for component in components_of(built)}
    assert "Mozilla Public License Version 2.0" in texts["certifi"]
    assert "YaoYuan" in texts["msgspec"]
    assert "Michele Simionato" in texts["prometheus_client"]


def test_the_time_zones_are_those_of_tzdata(archive: Archive) -> None:
    archive.put(ZONES, kind="x")
    assert names(archive.build()) == ["pyinstaller", "tzdata"]


def test_the_page_brings_what_it_is_built_of(archive: Archive) -> None:
    assert "echarts" not in names(archive.build())
    archive.put("static/index.html", kind="x")
    assert {"echarts", "react", "tailwindcss", "zrender"} < set(names(archive.build()))


def test_our_own_work_is_not_named(archive: Archive) -> None:
    archive.put(PACKED, kind="x")
    archive.put(UNPACKED, kind="x")
    assert names(archive.build("app", "domain.records", "launch", "poller", "storage.codec", "web")) == ["pyinstaller"]


def test_what_starts_the_program_is_named_with_what_was_changed_of_it(archive: Archive) -> None:
    found = only(archive.build(), "pyinstaller")
    assert "Bootloader-exception" in found.licence
    assert "bootloader.patch" in found.changes
    assert (ROOT / "release" / "bootloader.patch").exists()


@pytest.mark.parametrize(
    "file",
    [
        "base_library.zip",
        "libpython3.11.so.1.0",
        f"{PYTHON}/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        f"{PYTHON}/lib-dynload/_ssl.cpython-313-darwin.so",
        "Python.framework/Versions/3.13/Python",
        "Python",
        "python313.dll",
        "select.pyd",
        "_ssl.pyd",
    ],
)
def test_the_interpreter_is_known_on_every_system(archive: Archive, file: str) -> None:
    archive.put(file)
    found = only(archive.build(), "CPython")
    assert found.version == platform.python_version()
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in found.texts[0]


@pytest.mark.parametrize(
    ("file", "mark", "expected"),
    [
        ("libcrypto.so.3", OPENSSL, ("OpenSSL", "3.0.19", "Apache-2.0")),
        ("libcrypto.3.dylib", OPENSSL, ("OpenSSL", "3.0.19", "Apache-2.0")),
        ("libcrypto-3-x64.dll", OPENSSL, ("OpenSSL", "3.0.19", "Apache-2.0")),
        ("libcrypto.so.1.1", b"\0OpenSSL 1.1.1k  FIPS 25 Mar 2021\0", ("OpenSSL", "1.1.1k", "OpenSSL")),
        ("libssl.so.1.1", b"\0OpenSSL 1.1.1k  FIPS 25 Mar 2021\0", ("OpenSSL", "1.1.1k", "OpenSSL")),
        ("libz.so.1", b" inflate 1.3.2 Copyright 1995-2026 Mark Adler ", ("zlib", "1.3.2", "Zlib")),
        ("libexpat.so.1", b"\0expat_2.5.0\0", ("Expat", "2.5.0", "MIT")),
        ("libffi-8.dll", b"", ("libffi", "", "MIT")),
        ("libmpdec.so.3", b"", ("libmpdec", "", "BSD-2-Clause")),
        ("VCRUNTIME140_1.dll", b"", ("Microsoft Visual C++ Runtime", "", "LicenseRef-Microsoft-Distributable-Code")),
    ],
)
def test_a_library_is_known_by_its_file_on_every_system(
    archive: Archive, file: str, mark: bytes, expected: tuple[str, str, str]
) -> None:
    archive.put(file, mark)
    found = only(archive.build(), expected[0])
    assert (found.name, found.version, found.licence) == expected
    assert found.texts


def test_a_library_that_is_linked_into_another_file_is_found_in_each_of_its_versions(archive: Archive) -> None:
    archive.put("lmdb/cpython.cp311-win_amd64.pyd", b"\0LMDB 0.9.36: (Aug 6, 2026)\0LMDB 1.0.2: (Aug 6, 2026)\0")
    found = components_of(archive.build())
    assert [component.version for component in found if component.name == "LMDB"] == ["0.9.36", "1.0.2"]


def test_names_as_windows_writes_them_are_understood(archive: Archive) -> None:
    archive.put("multidict\\_multidict.cp313-win_amd64.pyd")
    assert names(archive.build()) == ["multidict", "pyinstaller"]


@pytest.mark.parametrize(
    "stranger",
    ["libstdc++.so.6", "unheard_of/speed.so", "multidict.libs/libgomp-1.so", "multidict/.dylibs/libomp.dylib"],
)
def test_a_file_that_belongs_to_nobody_known_stops_the_release(archive: Archive, stranger: str) -> None:
    archive.put(stranger)
    with pytest.raises(UnknownComponent, match=re.escape(stranger)):
        components_of(archive.build())


def test_a_module_that_belongs_to_nobody_known_stops_the_release(archive: Archive) -> None:
    with pytest.raises(UnknownComponent, match=r"unheard_of\.core"):
        components_of(archive.build("unheard_of.core"))


def test_a_library_of_a_version_that_is_not_known_stops_the_release(archive: Archive) -> None:
    archive.put("libcrypto.so.0.9.8", b"\0OpenSSL 0.9.8zh 3 Dec 2015\0")
    with pytest.raises(UnknownComponent, match="OpenSSL"):
        components_of(archive.build())


def test_what_is_said_of_the_page_is_as_its_packages_are_locked() -> None:
    for component in json.loads(PAGE.read_bytes()):
        lock = locked(component["name"])
        assert component["version"] == lock["version"]
        algorithm, _, hashed = lock["integrity"].partition("-")
        assert algorithm == "sha512"
        assert component["hashes"] == {"SHA-512": base64.b64decode(hashed).hex()}


def test_every_package_that_the_page_asks_for_is_named() -> None:
    asked = json.loads((ROOT / "frontend" / "package.json").read_bytes())["dependencies"]
    assert set(asked) <= {component["name"] for component in json.loads(PAGE.read_bytes())}
