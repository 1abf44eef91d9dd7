"""Owns `THIRD-PARTY-NOTICES.txt`: whose work lies inside the released file, and on what terms.

Whose it is, `components` finds out.
"""

from collections.abc import Iterable
from typing import Final

from release.component import Component

_INTRODUCTION: Final = """THIRD-PARTY NOTICES

CCurve is under the terms of LICENSE. The program that people download carries the work of others too. This is
whose it is; the numbers are those of the texts below, each of which stands there once.
"""
_LINE: Final = "=" * 78


def notices(components: Iterable[Component]) -> str:
    """Return the whole file, in the order in which the components are given."""
    texts: dict[str, str] = {}
    owners: dict[str, list[str]] = {}
    entries: list[str] = []
    for component in components:
        title = f"{component.name} {component.version}".rstrip()
        for text in component.texts:
            texts.setdefault(_words(text), text)
            owners.setdefault(_words(text), []).append(title)
        numbers = sorted({1 + list(texts).index(_words(text)) for text in component.texts})
        about = (component.licence, component.home, component.changes, f"Texts: {', '.join(map(str, numbers))}")
        entries.append("\n".join([title, *(f"    {line}" for line in about if line)]))
    parts = (
        f"{_LINE}\nText {number}, of {', '.join(dict.fromkeys(owners[words]))}\n{_LINE}\n\n{_tidy(text)}\n"
        for number, (words, text) in enumerate(texts.items(), start=1)
    )
    return "\n".join((_INTRODUCTION, "\n\n".join(entries), "", *parts))


def _words(text: str) -> str:
    """Return what a text says, however its lines are broken and set in."""
    return " ".join(text.split())


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
