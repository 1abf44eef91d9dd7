"""Owns the reading of the project's documents: headings, blocks, links, tables and the words set as code.

What they must agree with is for the tests.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

ROOT: Final = Path(__file__).parents[2]

_HTML_TARGET: Final = re.compile(r'(?:src|srcset|href)="([^"]+)"')
_NOT_IN_ANCHORS: Final = re.compile(r"[^\w\- ]")


class Block(Struct, frozen=True):
    """A fenced block, and the line on which it begins."""

    language: str
    text: str
    line: int

    @property
    def commands(self) -> list[str]:
        """What a person would enter line by line."""
        lines = self.text.replace("\\\n", "").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


class Document:
    """A document as its readers see it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = ROOT / name
        self.text = self.path.read_text(encoding="utf-8")
        self._tokens = MarkdownIt("commonmark").enable("table").parse(self.text)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Each heading with its level."""
        return [
            (int(opening.tag[1:]), heading.content)
            for opening, heading in zip(self._tokens, self._tokens[1:], strict=False)
            if opening.type == "heading_open"
        ]

    @property
    def anchors(self) -> set[str]:
        """What a link may name behind `#`, as GitHub makes it of the headings."""
        return {_NOT_IN_ANCHORS.sub("", title.lower()).replace(" ", "-") for _, title in self.headings}

    @property
    def blocks(self) -> list[Block]:
        """The fenced blocks."""
        return [
            Block(token.info, token.content, token.map[0] + 1)
            for token in self._tokens
            if token.type == "fence" and token.map is not None
        ]

    @property
    def targets(self) -> list[str]:
        """Where links and pictures lead, in order."""
        found: list[str] = []
        for token in _all(self._tokens):
            if token.type in {"html_block", "html_inline"}:
                found += _HTML_TARGET.findall(token.content)
            found += [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
        return found

    @property
    def code(self) -> list[str]:
        """What is set as code within sentences and tables, in order."""
        return _code(self._tokens)

    @property
    def rows(self) -> list[list[str]]:
        """For each row of each table, what is set as code in it."""
        starts = [at for at, token in enumerate(self._tokens) if token.type == "tr_open"]
        ends = [at for at, token in enumerate(self._tokens) if token.type == "tr_close"]
        return [_code(self._tokens[start:end]) for start, end in zip(starts, ends, strict=True)]

    def bold_under(self, anchor: str) -> list[str]:
        """Return what is set in bold under a heading, up to the next one."""
        found: list[str] = []
        inside = False
        for before, token in zip(self._tokens, self._tokens[1:], strict=False):
            if before.type == "heading_open":
                inside = _NOT_IN_ANCHORS.sub("", token.content.lower()).replace(" ", "-") == anchor
            elif inside and token.type == "inline":
                found += re.findall(r"\*\*(.+?)\*\*", token.content)
        return found


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _code(tokens: list[Token]) -> list[str]:
    return [token.content for token in _all(tokens) if token.type == "code_inline"]


@cache
def document(name: str) -> Document:
    """Return the document of that path below the root."""
    return Document(name)


DOCUMENTS: Final = sorted(
    path.relative_to(ROOT).as_posix() for pattern in ("*.md", "docs/**/*.md") for path in ROOT.glob(pattern)
)
