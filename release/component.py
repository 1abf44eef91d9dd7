"""Owns what is known of one piece of other people's work inside the released file.

Where it is found out: `installed`, `libraries`, `frontend/build/components.ts`. What is made of it: `notices`, `sbom`.
"""

import re
from pathlib import Path
from typing import Final

import msgspec

KEPT: Final = Path(__file__).parent / "licences"


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One such piece."""

    name: str
    version: str
    """Empty where its makers left no trace of it in what they built."""
    licence: str
    """An SPDX expression."""
    home: str
    """Its own web page."""
    purl: str
    """https://github.com/package-url/purl-spec"""
    texts: tuple[str, ...]
    """Its licences and notices, word for word."""
    hashes: dict[str, str] = {}
    """Of the package it came as, in hexadecimal, by algorithm as CycloneDX calls it."""
    changes: str = ""
    """What was changed of it here."""


class UnknownComponent(SystemExit):
    """There is something inside whose origin or licence nobody has told: it must not be released."""


def kept_texts(purl: str, licence: str) -> tuple[str, ...]:
    """Return the texts in `licences/` that a component comes without: its own, and those its licence only refers to."""
    own = purl.removeprefix("pkg:").partition("@")[0].replace("/", "-")
    paths = (KEPT / f"{name}.txt" for name in (own, *re.findall(r"[\w.-]+", licence)))
    return tuple(path.read_text(encoding="utf-8") for path in paths if path.exists())
