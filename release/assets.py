"""Owns what the files of a release are called where people choose among those of all systems.

`python -m release.assets FOLDER` copies what `dist/` holds of this system there. The sums come last, over all systems.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

from release import folder

DIST: Final = Path(__file__).parent.parent / "dist"
_ENDINGS: Final = {
    "ccurve": "",
    "ccurve.exe": ".exe",
    "ccurve.cdx.json": ".cdx.json",
    "THIRD-PARTY-NOTICES.txt": ".notices.txt",
    f"{folder.name()}.tar.gz": ".tar.gz",
    f"{folder.name()}.zip": ".zip",
}


def collect(dist: Path, into: Path) -> None:
    """Copy each file under the name of its system, such as `ccurve-0.1.0-linux-x86_64.tar.gz`."""
    into.mkdir(parents=True, exist_ok=True)
    for file in dist.iterdir():
        if file.name in _ENDINGS:
            shutil.copy(file, into / f"{folder.name()}{_ENDINGS[file.name]}")


if __name__ == "__main__":
    collect(DIST, Path(sys.argv[1]))
