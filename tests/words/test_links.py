"""What the documents point at is there."""

import os.path
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest

from tests.words.documents import DOCUMENTS, ROOT, document

# Pages that the forge makes, as seen from a document in the root.
FORGE: Final = {"../../releases/latest", "../../security/advisories/new"}


def missing(name: str, target: str) -> bool:
    """Say whether a link of a document leads nowhere."""
    if target in FORGE or "://" in target:
        return False
    path, _, anchor = unquote(target).partition("#")
    aimed = os.path.normpath(ROOT / name / ".." / path) if path else str(ROOT / name)
    if not Path(aimed).exists():
        return True
    return bool(anchor) and anchor not in document(os.path.relpath(aimed, ROOT)).anchors


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_and_picture_leads_somewhere(name: str) -> None:
    assert not [target for target in document(name).targets if missing(name, target)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_address_outside_is_read_over_https(name: str) -> None:
    outside = [target for target in document(name).targets if "://" in target]
    assert not [target for target in outside if not target.startswith(("https://", "http://127.0.0.1"))]


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, ahead = set[str](), ["README.md"]
    while ahead:
        name = ahead.pop()
        if name in reached:
            continue
        reached.add(name)
        targets = {target.partition("#")[0] for target in document(name).targets if target not in FORGE}
        paths = {os.path.relpath(os.path.normpath(ROOT / name / ".." / target), ROOT) for target in targets if target}
        ahead += paths & set(DOCUMENTS)
    assert reached == set(DOCUMENTS)
