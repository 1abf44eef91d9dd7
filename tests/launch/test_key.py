import logging
from pathlib import Path

import pytest

from launch.key import tell_kept_key, tell_made_key, warn_of_short_key

FILE = Path("/data/access.json")


def test_a_made_key_is_shown_on_standard_error_with_how_to_change_it(capsys: pytest.CaptureFixture[str]) -> None:
    tell_made_key("made-key", FILE)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("made-key") == 1
    assert "CCURVE_ACCESS_KEY" in said.err
    assert str(FILE) in said.err


def test_of_a_kept_key_the_way_to_a_new_one_is_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tell_kept_key(FILE)
    assert str(FILE) in caplog.text


@pytest.mark.parametrize(("key", "warnings"), [("short-key", 1), ("eleven-char", 1), ("twelve-chars", 0)])
def test_a_short_key_is_warned_of_and_not_shown(key: str, warnings: int, caplog: pytest.LogCaptureFixture) -> None:
    warn_of_short_key(key)
    assert len(caplog.records) == warnings
    assert key not in caplog.text
