"""The table of options in the READMEs agrees with the program."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from launch.options import Options, read_options
from tests.words.documents import DOCUMENTS, document

TABLE: Final = {row[0]: row[1:] for row in document("README.md").rows if row and row[0].startswith("--")}
TOLD: Final[dict[str, tuple[str, str, Any]]] = {
    "--host": ("::1", "host", "::1"),
    "--port": ("0", "port", 0),
    "--data-dir": ("/elsewhere", "data_dir", Path("/elsewhere").absolute()),
    "--upstream": ("http://relay.example", "upstream", "http://relay.example"),
    "--no-browser": ("1", "browser", False),
    "--demo": ("1", "demo", True),
    "--allow-host": ("one.example,two.example", "allowed_hosts", ["one.example", "two.example"]),
    "--access-key": ("a key", "access_key", "a key"),
    "--log-level": ("debug", "log_level", "debug"),
}
"""For each option that the environment can set: what is said there, and what comes of it."""


@pytest.fixture
def offered(capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The options that `--help` lists."""
    with pytest.raises(SystemExit):
        read_options(["--help"], {})
    return set(re.findall(r"(?<!\S)--[a-z-]+", capsys.readouterr().out.partition("options:")[2]))


def test_the_table_lists_every_option_and_no_other(offered: set[str]) -> None:
    assert set(TABLE) == offered


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.startswith("README")])
def test_every_option_that_is_named_exists(name: str, offered: set[str]) -> None:
    named = {code for code in document(name).code if re.fullmatch(r"--[a-z-]+", code)}
    started = [block.text for block in document(name).blocks if "ccurve" in block.text and block.language == "ini"]
    assert named | set(re.findall(r" (--[a-z-]+)", "".join(started))) <= offered


def test_every_variable_in_the_table_does_what_its_option_does() -> None:
    variables = {option: told[0] for option, told in TABLE.items() if told and told[0].startswith("CCURVE_")}
    assert set(variables) == set(TOLD)
    for option, (value, field, outcome) in TOLD.items():
        assert getattr(read_options([], {variables[option]: value}), field) == outcome


def test_the_defaults_are_those_of_the_table() -> None:
    options: Options = read_options([], {})
    assert TABLE["--host"][1] == options.host
    assert TABLE["--upstream"][1] == options.upstream
    assert TABLE["--log-level"][1] == options.log_level
    assert (options.browser, options.demo, options.allowed_hosts) == (True, False, [])
