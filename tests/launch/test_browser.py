import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from launch.browser import open_browser

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the browser is the system's to choose")

URL = "http://127.0.0.1:8099"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave of the machine what a script needs, with a display and no browser."""
    (tmp_path / "bin").mkdir()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SYSTEMD_EXEC_PID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    os.mkfifo(tmp_path / "visits")


def browser(tmp_path: Path, name: str, directory: str = "bin") -> Path:
    """Install a browser that tells what it was asked to open; a write to a pipe waits for its reader."""
    script = tmp_path / directory / name
    script.parent.mkdir(exist_ok=True)
    script.write_text(f'#!/bin/sh\necho {name} "$@" > "{tmp_path}/visits"\n')
    script.chmod(0o700)
    return script


def opened(tmp_path: Path) -> str:
    """Return what was opened."""
    opening = threading.Thread(target=open_browser, args=(URL,))
    opening.start()
    said = (tmp_path / "visits").read_text()
    opening.join()
    return said


def test_the_desktop_is_asked(tmp_path: Path) -> None:
    browser(tmp_path, "firefox")
    browser(tmp_path, "xdg-open")
    assert opened(tmp_path) == f"xdg-open {URL}\n"


def test_another_is_tried_where_one_fails(tmp_path: Path) -> None:
    (tmp_path / "bin" / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "bin" / "xdg-open").chmod(0o700)
    browser(tmp_path, "chromium")
    assert opened(tmp_path) == f"chromium {URL}\n"


def test_the_browser_of_ones_own_choice_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser(tmp_path, "xdg-open")
    browser(tmp_path, "mine")
    monkeypatch.setenv("BROWSER", "missing:un'closed:mine --window '%s#now'")
    assert opened(tmp_path) == f"mine --window {URL}#now\n"


def test_a_browser_may_lie_where_there_are_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", str(browser(tmp_path, "mine", directory="my own 浏览器")))
    assert opened(tmp_path) == f"mine {URL}\n"


def test_without_a_display_only_ones_own_choice_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin" / "xdg-open").write_text(f'#!/bin/sh\n: > "{tmp_path}/opened"\n')
    (tmp_path / "bin" / "xdg-open").chmod(0o700)
    monkeypatch.delenv("DISPLAY")
    open_browser(URL)
    monkeypatch.setenv("BROWSER", "missing")
    open_browser(URL)
    assert not (tmp_path / "opened").exists()


def test_nothing_breaks_where_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    open_browser(URL)
    monkeypatch.setenv("BROWSER", "/nonexistent/browser:/")
    open_browser(URL)


def test_a_browser_that_stays_keeps_nobody_waiting_and_is_not_part_of_us(tmp_path: Path) -> None:
    """It outlives what opened it, ends with none of its signals, and leaves its output alone."""
    script = browser(tmp_path, "xdg-open")
    script.write_text(f'#!/bin/sh\necho noise; echo noise >&2; echo $$ > "{tmp_path}/visits"\nexec /bin/sleep 600\n')
    with subprocess.Popen(
        [sys.executable, "-c", f"from launch.browser import open_browser; open_browser({URL!r})"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        stays = int((tmp_path / "visits").read_text())
        assert process.stdout is not None
        assert process.stdout.read() == b""  # nobody holds it open
    assert process.returncode == 0
    assert os.getpgid(stays) == stays != process.pid
    os.kill(stays, signal.SIGKILL)
