"""No dependency is there without a reason, which a decision names."""

import json
import re
import tomllib
from typing import Any, Final

import pytest

from tests.words.documents import ROOT, document

PYTHON: Final = "docs/decisions/001-dependencies.md"
PAGE: Final = "docs/decisions/010-the-page.md"


def of_python() -> list[str]:
    """Return the packages that are installed because the project says so, for users and for development."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [re.split(r"[<>=!~;\[ ]", one, maxsplit=1)[0] for one in wanted]


def of_page() -> list[str]:
    """Return those of the page, and of what builds it."""
    names: list[str] = []
    for path in ("frontend/package.json", "frontend/tools/package.json"):
        package = json.loads((ROOT / path).read_text(encoding="utf-8"))
        names += [*package.get("dependencies", ()), *package["devDependencies"]]
    return names


def named_in_tables(name: str) -> set[str]:
    """Return what the first columns of a document's tables name, between commas and other words."""
    rows = re.findall(r"^\| ([^|]+) \|", document(name).text, re.MULTILINE)
    return {word.strip("(),").lower() for row in rows for word in row.split()}


@pytest.mark.parametrize("package", of_python())
def test_every_package_of_python_has_its_reason(package: str) -> None:
    assert package.lower() in named_in_tables(PYTHON)


@pytest.mark.parametrize("package", of_page())
def test_every_package_of_the_page_has_its_reason(package: str) -> None:
    assert package.lower() in named_in_tables(PAGE)


def test_what_was_asked_about_was_found() -> None:
    assert {"aiohttp", "atheris", "cyclonedx-python-lib"} <= set(of_python())
    assert {"react", "@types/node", "bun"} <= set(of_page())
