"""Owns the archive of the one-folder build, for those whose antivirus dislikes files that unpack themselves."""

import gzip
import io
import platform
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from launch.version import VERSION

_SYSTEMS: Final = {"win32": "windows", "darwin": "macos", "linux": "linux"}
_MACHINES: Final = {"amd64": "x86_64", "aarch64": "arm64"}


def name() -> str:
    """Return what the folder is called: `ccurve-0.1.0-linux-x86_64`."""
    machine = platform.machine().lower()
    return f"ccurve-{VERSION}-{_SYSTEMS[sys.platform]}-{_MACHINES.get(machine, machine)}"


def pack(built: Path, beside: dict[str, bytes], into: Path, made_at: int) -> Path:
    """Pack the folder with the files that go beside the program; `made_at` is when, in seconds since 1970."""
    files = {path.relative_to(built).as_posix(): path for path in sorted(built.rglob("*")) if path.is_file()}
    if sys.platform == "win32":
        archive = into / f"{name()}.zip"
        _zip(archive, files, beside, made_at)
    else:
        archive = into / f"{name()}.tar.gz"
        _tar(archive, files, beside, made_at)
    return archive


def _zip(archive: Path, files: dict[str, Path], beside: dict[str, bytes], made_at: int) -> None:
    time = datetime.fromtimestamp(made_at, UTC).timetuple()[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for file, content in _contents(files, beside):
            entry = zipfile.ZipInfo(f"{name()}/{file}", time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def _tar(archive: Path, files: dict[str, Path], beside: dict[str, bytes], made_at: int) -> None:
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=made_at) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as target,
    ):
        for file, content in _contents(files, beside):
            entry = tarfile.TarInfo(f"{name()}/{file}")
            entry.size, entry.mtime = len(content), made_at
            entry.mode = 0o755 if file in files and files[file].stat().st_mode & 0o100 else 0o644
            target.addfile(entry, io.BytesIO(content))


def _contents(files: dict[str, Path], beside: dict[str, bytes]) -> list[tuple[str, bytes]]:
    read = {file: path.read_bytes() for file, path in files.items()}
    return sorted((read | beside).items())
