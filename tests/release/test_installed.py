import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from release import installed
from release.component import UnknownComponent

ROOT = Path(__file__).parent.parent.parent


def package(directory: Path, *fields: str, licence: str = "Do as you like.") -> str:
    """Install a package of these fields that nobody else has, and return its name."""
    folder = directory / "ccurve_example-1.0.dist-info"
    folder.mkdir()
    metadata = ("Metadata-Version: 2.4", "Name: ccurve-example", "Version: 1.0", *fields, "")
    (folder / "METADATA").write_text("\n".join(metadata), encoding="utf-8")
    files = ["METADATA"]
    if licence:
        (folder / "licenses").mkdir()
        (folder / "licenses" / "LICENSE").write_text(licence, encoding="utf-8")
        files.append("licenses/LICENSE")
    (folder / "RECORD").write_text("".join(f"{folder.name}/{file},,\n" for file in files), encoding="utf-8")
    return "ccurve-example"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def locked() -> list[str]:
    return re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)


def is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize("name", [name for name in locked() if is_installed(name)])
def test_every_package_that_the_program_needs_says_its_licence_and_its_page(name: str) -> None:
    found = installed.component(name)
    assert found.licence
    assert found.home.startswith("http")
    assert all(found.texts)


@pytest.mark.parametrize("field", ["License-Expression: MIT", "License: MIT"])
def test_a_licence_is_read_from_either_field(place: Path, field: str) -> None:
    assert installed.component(package(place, field)).licence == "MIT"


@pytest.mark.parametrize("field", ["License: see the file", "License: BSD", "Summary: none"])
def test_a_licence_that_is_not_told_as_spdx_does_stops_the_release(place: Path, field: str) -> None:
    with pytest.raises(UnknownComponent, match="ccurve-example"):
        installed.component(package(place, field))


def test_a_package_without_a_licence_text_stops_the_release(place: Path) -> None:
    with pytest.raises(UnknownComponent, match="licence text"):
        installed.component(package(place, "License-Expression: MIT", licence=""))


@pytest.mark.parametrize(
    ("fields", "page"),
    [
        (("Home-page: https://example.org/",), "https://example.org/"),
        (
            ("Project-URL: Funding, https://money.example", "Project-URL: Source, https://code.example"),
            "https://code.example",
        ),
        ((), ""),
    ],
)
def test_the_page_of_a_package_is_its_own(place: Path, fields: tuple[str, ...], page: str) -> None:
    assert installed.component(package(place, "License: MIT", *fields)).home == page
