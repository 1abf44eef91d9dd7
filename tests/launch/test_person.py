import os
from pathlib import Path

import pytest

from launch.person import _has_desktop, _has_display, _is_unit

SERVICE = "0::/system.slice/ccurve.service\n"
OLD_LAYOUT = "12:pids:/user.slice\n1:name=systemd:/system.slice/ccurve.service\n"
DOUBLE_CLICKED = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-ccurve@5f0e.service\n"


def groups(directory: Path, text: str) -> Path:
    (directory / "cgroup").write_text(text)
    return directory / "cgroup"


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"])
def test_a_display_or_a_browser_of_ones_own_choice_is_enough(name: str) -> None:
    assert _has_display({name: ":0"})
    assert not _has_display({name: ""})
    assert not _has_display({"SSH_CONNECTION": "1"})


@pytest.mark.parametrize("text", [SERVICE, OLD_LAYOUT])
def test_a_service_of_systemd_has_no_person(text: str, tmp_path: Path) -> None:
    assert _is_unit({"SYSTEMD_EXEC_PID": str(os.getpid())}, groups(tmp_path, text))


def test_a_shell_in_a_terminal_that_is_a_service_has_one(tmp_path: Path) -> None:
    inherited = {"SYSTEMD_EXEC_PID": str(os.getppid()), "INVOCATION_ID": "5f0e", "JOURNAL_STREAM": "8:1"}
    assert not _is_unit(inherited, groups(tmp_path, SERVICE))
    assert not _is_unit({}, groups(tmp_path, SERVICE))


def test_what_a_desktop_makes_a_unit_of_has_one(tmp_path: Path) -> None:
    assert not _is_unit({"SYSTEMD_EXEC_PID": str(os.getpid())}, groups(tmp_path, DOUBLE_CLICKED))


def test_a_service_whose_name_is_hidden_has_none(tmp_path: Path) -> None:
    assert _is_unit({"SYSTEMD_EXEC_PID": str(os.getpid())}, tmp_path / "missing")


@pytest.mark.parametrize(
    ("environment", "there"),
    [
        ({}, True),
        ({"XPC_SERVICE_NAME": "0"}, True),
        ({"XPC_SERVICE_NAME": "application.com.googlecode.iterm2.1.2"}, True),
        ({"XPC_SERVICE_NAME": "org.example.ccurve"}, False),
        ({"XPC_SERVICE_NAME": "0", "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, False),
    ],
)
def test_macos_has_a_person_but_for_jobs_of_launchd_and_remote_shells(
    environment: dict[str, str], *, there: bool
) -> None:
    assert _has_desktop(environment) is there
