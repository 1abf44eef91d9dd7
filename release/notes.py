"""Owns what a release says of itself: `python -m release.notes TAG` prints what CHANGELOG.md tells of this version.

A tag that is not the version of the program is refused, and so is a version of which there is nothing to tell.
"""

import re
import sys
from pathlib import Path
from typing import Final

from launch.version import VERSION

CHANGELOG: Final = Path(__file__).parent.parent / "CHANGELOG.md"


def notes(tag: str, version: str, changelog: str) -> str:
    """Return the changelog's section on the version, without its heading; `SystemExit` where the tag is wrong."""
    if tag != f"v{version}":
        raise SystemExit(
            f"The tag {tag} is not the version in launch/version.py: tag v{version}, or change the version."
        )
    section = re.compile(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    found = section.search(changelog)
    told = found[1].strip() if found else ""
    if not told:
        raise SystemExit(f"CHANGELOG.md says nothing under a heading `## {version} - YYYY-MM-DD`.")
    return told


if __name__ == "__main__":
    print(notes(sys.argv[1], VERSION, CHANGELOG.read_text(encoding="utf-8")))
