import re

import pytest

from launch.version import VERSION
from release.notes import CHANGELOG, notes

TOLD = """# Changelog

## Unreleased

Nothing yet.

## 1.10.0 - 2027-01-02

### Added

- Something.

## 1.1.0 - 2026-12-01

- The first.
"""


def test_the_notes_are_the_section_on_the_version() -> None:
    assert notes("v1.10.0", "1.10.0", TOLD) == "### Added\n\n- Something."


def test_the_last_section_reaches_to_the_end() -> None:
    assert notes("v1.1.0", "1.1.0", TOLD) == "- The first."


@pytest.mark.parametrize("tag", ["v1.1.0", "1.10.0", "v1.10.0-rc1", "v1.10.00"])
def test_a_tag_that_is_not_the_version_is_refused(tag: str) -> None:
    with pytest.raises(SystemExit, match=re.escape(f"The tag {tag} is not the version")):
        notes(tag, "1.10.0", TOLD)


@pytest.mark.parametrize(
    "heading", ["## 1.10.0", "## 1.10.0 - soon", "## 1.10.01 - 2027-01-02", "## 1x10.0 - 2027-01-02"]
)
def test_a_version_of_which_the_changelog_says_nothing_is_refused(heading: str) -> None:
    with pytest.raises(SystemExit, match="says nothing"):
        notes("v1.10.0", "1.10.0", TOLD.replace("## 1.10.0 - 2027-01-02", heading))


def test_an_empty_section_is_refused() -> None:
    with pytest.raises(SystemExit, match="says nothing"):
        notes("v1.10.0", "1.10.0", "## 1.10.0 - 2027-01-02\n\n## 1.1.0 - 2026-12-01\n\n- The first.\n")


def test_this_version_could_be_released() -> None:
    assert notes(f"v{VERSION}", VERSION, CHANGELOG.read_text(encoding="utf-8"))
