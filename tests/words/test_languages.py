"""Both READMEs say the same, and say it in the words of the page."""

import json
from typing import Final

import pytest

from tests.words.documents import ROOT, Document, document

ENGLISH: Final = document("README.md")
CHINESE: Final = document("README.zh-CN.md")


def common(target: str) -> str:
    """Return where a link leads, whatever the language."""
    if target.startswith("#"):
        return "#"
    return target.replace("-zh-", "-").replace("README.zh-CN.md", "README.md")


def test_both_have_the_same_sections() -> None:
    assert [level for level, _ in CHINESE.headings] == [level for level, _ in ENGLISH.headings]


def test_both_have_the_same_commands() -> None:
    assert [(b.language, b.text) for b in CHINESE.blocks] == [(b.language, b.text) for b in ENGLISH.blocks]


def test_both_have_the_same_links_and_pictures() -> None:
    assert [common(target) for target in CHINESE.targets] == [common(target) for target in ENGLISH.targets]


def test_both_have_the_same_tables() -> None:
    assert [sorted(row) for row in CHINESE.rows] == [sorted(row) for row in ENGLISH.rows]


@pytest.mark.parametrize(
    ("readme", "section", "language"), [(ENGLISH, "get-the-cookie", "en"), (CHINESE, "获取-cookie", "zh-CN")]
)
def test_the_way_to_the_cookie_is_told_in_the_words_of_the_page(readme: Document, section: str, language: str) -> None:
    strings = json.loads((ROOT / "frontend/src/strings" / language / "cookie.json").read_text(encoding="utf-8"))
    words = [word for bold in readme.bold_under(section) for word in bold.split(" → ")]
    assert len(words) > 5
    assert not [word for word in words if not any(word in sentence for sentence in strings.values())]
