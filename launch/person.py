"""Owns the guess whether a person started this and would see a browser. A wrong one costs little: the address is told.

How a browser is opened is `browser`'s.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from launch.frozen import outer_process


def _has_desktop(environment: Mapping[str, str]) -> bool:
    """Say so for macOS, where launchd tells a job its label, a shell in a terminal "0", and an app "application.…"."""
    job = environment.get("XPC_SERVICE_NAME", "0")
    return "SSH_CONNECTION" not in environment and (job == "0" or job.startswith("application."))


def _has_display(environment: Mapping[str, str]) -> bool:
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _is_unit(environment: Mapping[str, str], groups: Path) -> bool:
    """Say whether systemd itself started this process or the outer one.

    Terminals are units too, and hand their INVOCATION_ID and JOURNAL_STREAM on to every shell; the process in
    SYSTEMD_EXEC_PID tells who is meant (systemd.exec(5)). Some desktops make a unit of what is double-clicked: its
    name, which ends the path of its control group, begins with "app-" (systemd.io/DESKTOP_ENVIRONMENTS).
    """
    if environment.get("SYSTEMD_EXEC_PID") not in {str(os.getpid()), str(outer_process())}:
        return False
    try:
        units = [line.rpartition("/")[2] for line in groups.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return True
    return not any(unit.startswith("app-") for unit in units)


def person_is_there() -> bool:
    """Say whether somebody started this who has a screen, rather than a service manager or a remote shell."""
    return _sees_us(os.environ)


if sys.platform == "win32":

    def _sees_us(_environment: Mapping[str, str]) -> bool:
        from launch.windows import in_session_of_services  # noqa: PLC0415 - takes a while to import

        return not in_session_of_services()

elif sys.platform == "darwin":
    _sees_us = _has_desktop

else:

    def _sees_us(environment: Mapping[str, str]) -> bool:
        return _has_display(environment) and not _is_unit(environment, Path("/proc/self/cgroup"))
