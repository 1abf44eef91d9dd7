"""Owns the making of a release for the system it runs on: `python -m release` fills `dist/`.

The same commit gives the same bytes, whatever the folder it lies in. https://reproducible-builds.org/docs/source-date-epoch/
"""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from typing import Final

from launch.version import VERSION
from release import DIST, PROGRAM, ROOT, folder, glibc
from release.components import components_of
from release.notices import notices
from release.sbom import bill_of_materials

WORK: Final = ROOT / "build" / "freeze"
SUMS: Final = "SHA256SUMS"


def main() -> None:
    """Fill `dist/` anew."""
    made_at = _made_at()
    _freeze(made_at)
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    shutil.copy(WORK / "dist" / PROGRAM.name, PROGRAM)
    components = components_of(PROGRAM)
    legal = {
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        "THIRD-PARTY-NOTICES.txt": notices(components).encode(),
    }
    (DIST / "THIRD-PARTY-NOTICES.txt").write_bytes(legal["THIRD-PARTY-NOTICES.txt"])
    (DIST / "ccurve.cdx.json").write_text(
        bill_of_materials(components, VERSION, datetime.fromtimestamp(made_at, UTC)), encoding="utf-8", newline="\n"
    )
    folder.pack(WORK / "dist" / "folder", legal, DIST, made_at)
    made = sorted(DIST.iterdir())
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made)
    (DIST / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    for file in made:
        print(f"{file.stat().st_size / 1e6:6.1f} MB  dist/{file.name}")
    if sys.platform == "linux":
        print(f"It needs glibc {glibc.needed(WORK / 'dist' / 'folder')} or newer.")


def _made_at() -> int:
    """Return the time of the commit, in seconds since 1970, unless the environment says another."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    log = ("git", "log", "-1", "--format=%ct")
    return int(told or subprocess.run(log, cwd=ROOT, capture_output=True, check=True, text=True).stdout)


def _freeze(made_at: int) -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    command = (sys.executable, "-m", "PyInstaller", "--log-level=WARN", "--noconfirm")
    places = ("--distpath", str(WORK / "dist"), "--workpath", str(WORK / "work"))
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(made_at),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
    }
    subprocess.run((*command, *places, "build.spec"), cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
