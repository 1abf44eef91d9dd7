"""The search finds what it is for; else that it finds nothing says nothing."""

import base64
import gzip
import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from tests.torture.traces import Canary, holders

FORMS: Final[dict[str, Callable[[str], bytes]]] = {
    "plain": str.encode,
    "percent-encoded": lambda text: quote(text, safe="").encode(),
    "JSON": lambda text: json.dumps({"a": f'"{text}"'}).encode(),
    "HTML": lambda text: html.escape(f'"{text}"').encode(),
    "upper case": lambda text: text.upper().encode(),
    "Base64": lambda text: base64.b64encode(text.encode()),
    "Base64 from the second byte": lambda text: base64.b64encode(f"={text}".encode()),
    "Base64 from the third byte": lambda text: base64.urlsafe_b64encode(f"s={text}; b=c".encode()),
    "UTF-16": lambda text: text.encode("utf-16"),
    "hexadecimal": lambda text: text.encode().hex().upper().encode(),
    "reversed": lambda text: text[::-1].encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "the beginning": lambda text: f"{text[:12]}...".encode(),
    "the end": lambda text: f"...{text[18:30]}'".encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_canary_is_found_in_every_form(form: str) -> None:
    canary = Canary()
    told = FORMS[form](canary.value)
    assert canary.is_in(told if form == "gzip" else b"\0before" + told + b"after\xff")


def test_a_canary_is_not_found_where_there_is_another() -> None:
    assert not Canary().is_in(Canary().value.encode())


def test_the_files_that_hold_one_are_named(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "one").write_text(canary.value)
    (tmp_path / "other").write_text("nothing")
    assert holders(tmp_path, [Canary(), canary]) == ["inner/one"]
