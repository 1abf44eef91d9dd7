"""Owns what is done with each command that a document tells people to enter: a command without a line here fails.

The doing is `test_commands`'.
"""

from enum import Enum, auto
from typing import Final


class How(Enum):
    """What becomes of a command."""

    ENDS = auto()
    """It is run, and ends by itself with success."""

    SERVES = auto()
    """It is run, says its address, and answers there until it is told to end."""

    ASKS = auto()
    """It is run against a demonstration and ends with success."""

    FOLLOWS = auto()
    """It is run against a demonstration and goes on, bringing one event after the other."""

    REHEARSED = auto()
    """make says what it would do, because of the reason given."""

    READ = auto()
    """It is not run, because of the reason given; the names in it are checked with those of the whole document."""


_ENDS: Final = (How.ENDS, "")
_SERVES: Final = (How.SERVES, "")
_ASKS: Final = (How.ASKS, "")
_CI: Final = (How.REHEARSED, "takes minutes; CI does it")
_MAC: Final = (How.READ, "macOS alone has it")
_SYSTEMD: Final = (How.READ, "wants the service manager of a person who is logged in")

RULES: Final[dict[str, tuple[How, str]]] = {
    # A downloaded file.
    "chmod +x ccurve-0.1.0-linux-x86_64": _ENDS,
    "./ccurve-0.1.0-linux-x86_64": _SERVES,
    "./ccurve-0.1.0-linux-x86_64 --demo": _SERVES,
    "./ccurve-0.1.0-linux-x86_64 --data-dir ~/ccurve-data": _SERVES,
    "sha256sum --check --ignore-missing SHA256SUMS": _ENDS,
    "shasum -a 256 --check --ignore-missing SHA256SUMS": _ENDS,
    "gh attestation verify ccurve-0.1.0-linux-x86_64 --repo OWNER/REPO": (How.READ, "asks GitHub about a release"),
    "Select-String (Get-FileHash ccurve-0.1.0-windows-x86_64.exe).Hash SHA256SUMS": (How.READ, "Windows has it"),
    "cd ~/Downloads": _MAC,
    "chmod +x ccurve-0.1.0-macos-arm64": _MAC,
    "xattr -d com.apple.quarantine ccurve-0.1.0-macos-arm64": _MAC,
    "./ccurve-0.1.0-macos-arm64": _MAC,
    # The data.
    "cp -r ~/.local/share/ccurve/backups ~/ccurve-backups": _ENDS,
    "./ccurve-0.1.0-linux-x86_64 --check": _ENDS,
    "./ccurve-0.1.0-linux-x86_64 --restore": _ENDS,
    "mv ~/.local/share/ccurve ~/ccurve-data": _ENDS,
    "rm -r ~/.local/share/ccurve": _ENDS,
    # A service.
    "install -D -m 755 ccurve-0.1.0-linux-x86_64 ~/.local/bin/ccurve": _ENDS,
    "mkdir -p ~/.config/systemd/user": _ENDS,
    "systemctl --user enable --now ccurve": _SYSTEMD,
    "journalctl --user --unit ccurve": _SYSTEMD,
    "docker compose up --detach": (How.READ, "wants a container engine; tests/release/ looks at both files"),
    # Another device.
    "ssh -N -L 8080:127.0.0.1:8080 you@the-machine": (How.READ, "wants another machine"),
    "./ccurve-0.1.0-linux-x86_64 --host 0.0.0.0": _SERVES,
    # A checkout.
    "make help": _ENDS,
    "make setup": _ENDS,
    "make run": _SERVES,
    'make run ARGS="--port 0 --no-browser"': _SERVES,
    "make demo": _SERVES,
    "make frontend": _ENDS,
    "make frontend-dev": _SERVES,
    "make test": (How.REHEARSED, "would run itself"),
    "make test ARGS=tests/domain/test_credits.py": _ENDS,
    "make torture": (How.REHEARSED, "takes hours"),
    'make torture ARGS="-k canary"': (How.REHEARSED, "takes an hour"),
    "make audit": (How.REHEARSED, "asks the registries; a workflow does it every week"),
    "make lint": _CI,
    "make fmt": (How.REHEARSED, "stops at what it cannot put right, which is for make lint to tell"),
    "make screenshots": (How.REHEARSED, "takes minutes; tests/browser/test_states.py goes to every state"),
    "make snapshots": _ENDS,
    'make torture ARGS="-k kills --kills 1000"': (How.REHEARSED, "takes half an hour"),
    "make bench": (How.REHEARSED, "takes minutes, and a quiet machine"),
    "make lock": (How.REHEARSED, "asks what is newest, and would take it"),
    "make dist": _CI,
    "make test-dist": _CI,
    "make clean": _ENDS,
    # The interface.
    "curl http://127.0.0.1:8080/api/status": _ASKS,
    "curl -X PUT -H 'Content-Type: application/json' -d '{\"enabled\": true}' http://127.0.0.1:8080/api/task": _ASKS,
    "curl -X POST http://127.0.0.1:8080/api/refresh": _ASKS,
    "curl 'http://127.0.0.1:8080/api/usage?range=10080&bucket=auto'": _ASKS,
    "curl -N 'http://127.0.0.1:8080/api/events?range=60'": (How.FOLLOWS, ""),
    "curl -OJ 'http://127.0.0.1:8080/api/usage/export?from=2025-08-01&format=csv'": _ASKS,
    'curl -H "Authorization: Bearer $CCURVE_ACCESS_KEY" http://127.0.0.1:8080/api/status': _ASKS,
}
