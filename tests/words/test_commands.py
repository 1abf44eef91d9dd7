"""What the documents tell people to enter does what it should."""

import configparser
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Final

import pytest

from tests.words.documents import DOCUMENTS, ROOT, Block, document
from tests.words.place import PROGRAM, Place
from tests.words.rules import RULES, How

SHELLS: Final = {"sh", "zsh", "powershell"}
OTHERS: Final = {"ini", "json", "text"}

BLOCKS: Final = {block.text: block for name in DOCUMENTS for block in document(name).blocks if block.language in SHELLS}

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="what is to be entered elsewhere is marked as such"),
    pytest.mark.usefixtures("installed"),
]


@pytest.fixture(scope="session")
def installed() -> None:
    """What the copies share is as new as what they were copied from: none of them installs anything."""
    subprocess.run(["make", "--silent", "setup", "frontend/node_modules/ready"], cwd=ROOT, check=True)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def answers(url: str) -> bool:
    with urllib.request.urlopen(url) as response:  # noqa: S310 - it is our own
        return bool(response.status == 200)


def carry_out(command: str, place: Place) -> None:
    how, _ = RULES[command]
    if how is How.ENDS:
        place.run(command)
    elif how is How.SERVES:
        with place.serving(command) as url:
            assert answers(url)
    elif how is How.REHEARSED:
        assert place.run(command.replace("make", "make --dry-run", 1))
    elif how is How.ASKS:
        with place.serving(f"./{PROGRAM} --demo") as url:
            place.run(command.replace("http://127.0.0.1:8080", url))
    elif how is How.FOLLOWS:
        with (
            place.serving(f"./{PROGRAM} --demo") as url,
            place.following(command.replace("http://127.0.0.1:8080", url)) as lines,
        ):
            assert any(line.startswith("event: usage") for line in lines)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_block_says_its_language(name: str) -> None:
    assert not {block.line: block.language for block in document(name).blocks if block.language not in SHELLS | OTHERS}


def test_every_command_has_a_rule_and_every_rule_a_command() -> None:
    assert {command for block in BLOCKS.values() for command in block.commands} == set(RULES)


def test_what_is_not_run_has_its_reason() -> None:
    assert not [
        command for command, (how, reason) in RULES.items() if (how in {How.REHEARSED, How.READ}) != bool(reason)
    ]


@pytest.mark.parametrize("block", BLOCKS.values(), ids=lambda block: f"{block.line}: {block.commands[0]}")
def test_the_commands_of_a_block_work_one_after_the_other(block: Block, place: Place) -> None:
    if f"chmod +x {PROGRAM}" not in block.commands:
        (place.checkout / PROGRAM).chmod(0o700)  # those who read on have done it
    for command in block.commands:
        carry_out(command, place)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_service_starts_what_was_installed_for_it(name: str, place: Place) -> None:
    blocks = document(name).blocks
    (install,) = [command for block in blocks for command in block.commands if command.startswith("install ")]
    (text,) = [block.text for block in blocks if block.language == "ini"]
    unit = configparser.ConfigParser(interpolation=None)
    unit.read_string(text)
    place.run(install)
    with place.serving(unit["Service"]["ExecStart"].replace("%h", str(place.home)).replace("8080", "0")) as url:
        assert answers(url)
