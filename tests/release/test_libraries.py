from pathlib import Path

import pytest
from cyclonedx.spdx import is_expression

from release import libraries
from release.libraries import _LIBRARIES, _Library


@pytest.mark.parametrize("library", _LIBRARIES, ids=lambda library: f"{library.name}, {library.licence}")
def test_every_library_has_a_licence_and_its_text(library: _Library) -> None:
    assert is_expression(library.licence) or library.licence.startswith("LicenseRef-")
    assert library.component("1.0").texts


def test_what_the_interpreter_holds_itself_is_found_by_the_modules_that_need_it() -> None:
    found = libraries.components((), (), ("_bz2", "_lzma", "_sqlite3", "math"))
    assert [component.name for component in found] == ["bzip2", "XZ", "SQLite"]


def test_what_is_in_a_file_and_in_the_interpreter_is_named_once() -> None:
    (found,) = libraries.components(("libffi.so.8",), (), ("_ctypes",))
    assert found.name == "libffi"


def test_a_mark_tells_of_a_library_without_a_file() -> None:
    (found,) = libraries.components((), (b"\0OpenSSL 3.5.4 30 Sep 2025\0", b"\0OpenSSL 3.5.4 30 Sep 2025\0"), ())
    assert (found.name, found.version) == ("OpenSSL", "3.5.4")


def test_the_interpreter_brings_its_terms_and_those_of_its_parts() -> None:
    own, parts = libraries.cpython().texts
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in own
    assert "Makoto Matsumoto" in parts


def test_an_interpreter_that_was_installed_without_its_terms_brings_those_that_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.base_prefix", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    assert any("PYTHON SOFTWARE FOUNDATION LICENSE" in text for text in libraries.cpython().texts)
