"""The names in the documents are those of the things themselves: files, targets, variables, versions."""

import re
import subprocess
from functools import cache
from itertools import chain
from typing import Final

import pytest

from launch.version import VERSION
from release import assets, folder
from tests.words.documents import DOCUMENTS, ROOT, document

MACHINES: Final = {"windows-x86_64", "macos-arm64", "macos-x86_64", "linux-x86_64", "linux-arm64"}
FILE_NAME: Final = re.compile(r"ccurve-(\d+\.\d+\.\d+)-([a-z]+-[a-z0-9]+(?:_64)?)(\.exe|\.zip|\.tar\.gz)?")
TARGET: Final = re.compile(r"make ([a-z][a-z-]*)")
VARIABLE: Final = re.compile(r"CCURVE_[A-Z_]+")

MADE: Final = {"dist", "build", "node_modules"}
"""Folders that are made, and so are not always there."""


def ending(machine: str) -> set[str]:
    return {".exe", ".zip"} if machine.startswith("windows") else {"", ".tar.gz"}


@cache
def variables_in_sources() -> set[str]:
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", "--", "*.py", "*.ts", ":!tests/words"], cwd=ROOT, text=True
    )
    paths = [ROOT / name for name in listed.split("\0") if name]
    return set(
        chain.from_iterable(VARIABLE.findall(path.read_text(encoding="utf-8")) for path in paths if path.exists())
    )


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_each_file_of_a_release_and_no_other(name: str) -> None:
    named = set(FILE_NAME.findall(document(name).text))
    assert named == {(VERSION, machine, end) for machine in MACHINES for end in ending(machine)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_name_holds_the_version(name: str) -> None:
    assert {version for version, *_ in FILE_NAME.findall(document(name).text)} <= {VERSION}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_each_kind_of_file_of_a_release(name: str) -> None:
    kinds = set(assets._ENDINGS.values()) - {""}
    assert not [kind for kind in kinds if f"{kind}`" not in document(name).text]


def test_the_name_that_is_given_here_is_one_of_them() -> None:
    named = FILE_NAME.fullmatch(folder.name())
    assert named is not None
    assert named[2] in MACHINES


def test_the_changelog_begins_with_what_is_unreleased_and_has_this_version() -> None:
    titles = [title for level, title in document("CHANGELOG.md").headings if level == 2]
    assert titles[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}", title) for title in titles[1:])
    assert titles[1].startswith(f"{VERSION} - ")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_target_of_make_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    told = chain.from_iterable(TARGET.findall(code) for code in document(name).code)
    assert set(told) <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_variable_is_read_somewhere(name: str) -> None:
    assert set(VARIABLE.findall(document(name).text)) <= variables_in_sources()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_and_folder_of_the_project_that_is_named_exists(name: str) -> None:
    bases = [ROOT, ROOT / "frontend" / "src"]
    rooms = {path.name for base in bases for path in base.iterdir() if path.is_dir()} - MADE
    told = {code for code in document(name).code if re.fullmatch(r"[\w.*-]+(/[\w.*-]*)+", code)}
    named = {code for code in told if code.partition("/")[0] in rooms}
    assert not [code for code in named if not any(list(base.glob(code.rstrip("/"))) for base in bases)]
