"""Owns what the installed Python packages say of themselves.

Which of them are inside, `components` finds out.
"""

import re
from functools import cache
from importlib.metadata import Distribution, distribution, packages_distributions
from typing import Final

from cyclonedx.spdx import is_expression

from release.component import Component, UnknownComponent, kept_texts

# What those say whose metadata names no SPDX expression, or leaves out what they carry of others.
_LICENCES: Final = {
    "aiohttp-sse": "Apache-2.0",
    "aiosignal": "Apache-2.0",
    "msgspec": "BSD-3-Clause AND MIT AND Apache-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pysocks": "BSD-3-Clause",
}
_LEGAL: Final = re.compile(r"\.dist-info/(?:licenses/)?(?:.*/)?(?:licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_HOMES: Final = ("homepage", "home", "source", "repository", "code", "github", "documentation")


@cache
def package_of(module: str) -> str | None:
    """Return the name of the package that brought this top-level module; None where no installed one did."""
    names = _packages().get(module)
    return names[0] if names else None


def component(package: str, changes: str = "") -> Component:
    """Return what an installed package says of itself. Raises `UnknownComponent` where it names no licence."""
    found = distribution(package)
    name = re.sub(r"[-_.]+", "-", found.name).lower()
    licence = _licence(name, found)
    own = [file.read_text() for file in sorted(found.files or (), key=str) if _LEGAL.search(str(file))]
    if not own:
        raise UnknownComponent(f"{found.name} comes without a licence text, and must not be passed on so.")
    purl = f"pkg:pypi/{name}@{found.version}"
    return Component(
        name=found.name,
        version=found.version,
        licence=licence,
        home=_home(found),
        purl=purl,
        texts=(*own, *kept_texts(purl, licence)),
        changes=changes,
    )


@cache
def _packages() -> dict[str, list[str]]:
    return {module: list(names) for module, names in packages_distributions().items()}


def _licence(name: str, found: Distribution) -> str:
    said = _LICENCES.get(name) or _field(found, "License-Expression") or _field(found, "License")
    if said and is_expression(said):
        return said
    raise UnknownComponent(f"{name} does not say its licence as SPDX does ({said}); name it in release/installed.py.")


def _home(found: Distribution) -> str:
    urls = [url.split(", ", 1) for url in found.metadata.get_all("Project-URL") or ()]
    pages = {label.lower(): page for label, page in urls}
    named = [_field(found, "Home-page"), *(pages.get(label) for label in _HOMES)]
    return next((page for page in named if page), "")


def _field(found: Distribution, name: str) -> str:
    return next(iter(found.metadata.get_all(name) or ()), "")
