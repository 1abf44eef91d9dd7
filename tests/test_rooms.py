"""Who may know whom: `app` knows everyone, the rooms know the domain and themselves."""

import ast
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
MAY_KNOW: Final = {
    "domain": {"domain"},
    "poller": {"domain", "poller"},
    "storage": {"domain", "storage"},
    "web": {"domain", "web"},
    "launch": {"domain", "launch"},
}
OURS: Final = {*MAY_KNOW, "app", "tests", "bench"}
IMPURE: Final = {"aiohttp", "requests", "lmdb", "socket", "os", "pathlib", "threading", "logging", "random", "secrets"}


def imported(path: Path) -> set[str]:
    """Return the top-level names of all that a file imports, at whatever depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by relation"
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("room", sorted(MAY_KNOW))
def test_a_room_knows_the_domain_and_itself_alone(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files
    strangers = {str(path): imported(path) & OURS - MAY_KNOW[room] for path in files}
    assert not {path: names for path, names in strangers.items() if names}


def test_the_domain_does_no_input_and_no_output() -> None:
    impure = {str(path): imported(path) & IMPURE for path in (ROOT / "domain").rglob("*.py")}
    assert not {path: names for path, names in impure.items() if names}


def test_bytes_on_disk_are_packed_in_the_codec_alone() -> None:
    packers = [path.name for path in (ROOT / "storage").rglob("*.py") if "struct" in imported(path)]
    assert packers == ["codec.py"]
