"""Owns the program that starts the frozen one: PyInstaller's, from its own source, with `bootloader.patch`.

Made here, it tells in a sentence what to do about a temporary directory that is full or forbids programs, needs no zlib
of the system, and is not the very file that antivirus software knows from other people's programs.
https://pyinstaller.org/en/stable/bootloader-building.html
"""

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from release import ROOT

PATCH: Final = ROOT / "release" / "bootloader.patch"
LOCKED: Final = ROOT / "requirements-dev.txt"
_REQUIREMENT: Final = re.compile(r"^pyinstaller==(?:.*\\\n)*.*\n", re.MULTILINE)


def build() -> None:
    """Put the patched bootloader into the installed PyInstaller. It takes a C compiler, as in Debian's `gcc`."""
    with TemporaryDirectory(prefix="ccurve-bootloader-") as name:
        directory = Path(name)
        source = _source(directory)
        _run("git", "apply", "--directory", source.name, "--unsafe-paths", str(PATCH), cwd=directory)
        environment = {**os.environ, "PYI_STATIC_ZLIB": "1"}
        _run(sys.executable, "./waf", "distclean", "all", cwd=source / "bootloader", environment=environment)
        _install(source / "PyInstaller" / "bootloader")


def _source(directory: Path) -> Path:
    """Fetch the source of the locked version, checked by its hash, and unpack it."""
    requirement = _REQUIREMENT.search(LOCKED.read_text(encoding="utf-8"))
    if requirement is None:
        raise SystemExit(f"{LOCKED.name} does not lock pyinstaller.")
    (directory / "requirement.txt").write_text(requirement[0], encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    options = ("--no-deps", "--no-binary=:all:", "--no-build-isolation", "--require-hashes")
    _run(*pip, "download", *options, "--requirement", "requirement.txt", cwd=directory)
    (packed,) = directory.glob("pyinstaller-*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(directory, filter="data")
    return directory / packed.name.removesuffix(".tar.gz")


def _install(built: Path) -> None:
    import PyInstaller  # noqa: PLC0415 - only here, so that an older one is not kept open on Windows

    for folder in (Path(PyInstaller.__file__).parent / "bootloader").iterdir():
        for file in folder.glob("run*"):
            file.write_bytes((built / folder.name / file.name).read_bytes())


def _run(*command: str, cwd: Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed; is there a C compiler?\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    build()
