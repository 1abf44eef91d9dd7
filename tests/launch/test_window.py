import io
import sys

import pytest

from launch import window
from launch.window import kept_open_on_failure


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A window that closes with us, whose person presses Enter once."""
    monkeypatch.setattr(window, "_closes_with_us", lambda: True)
    keys = io.StringIO("\nmore\n")
    monkeypatch.setattr(sys, "stdin", keys)
    return keys


def test_a_failure_is_there_to_be_read_until_enter_is_pressed(
    alone: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end, kept_open_on_failure():
        sys.exit(1)
    assert end.value.code == 1
    assert alone.read() == "more\n"
    assert "Enter" in capsys.readouterr().err


@pytest.mark.parametrize("code", [0, None])
def test_success_ends_at_once(code: int | None, alone: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit), kept_open_on_failure():
        sys.exit(code)
    assert alone.read() == "\nmore\n"
    assert capsys.readouterr().err == ""


def test_a_failure_in_the_window_of_a_shell_ends_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, kept_open_on_failure():
        sys.exit(2)
    assert end.value.code == 2
    assert capsys.readouterr().err == ""
