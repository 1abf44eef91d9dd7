"""Owns small one-file builds, in PyInstaller's own format, with whatever inside."""

from pathlib import Path

from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter


class Archive:
    """What is to be inside."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files: list[tuple[str, str, bool, str]] = []

    def put(self, name: str, content: bytes = b"", kind: str = "b") -> None:
        """Put a file inside: a compiled one (`b`) or data (`x`)."""
        source = self._directory / f"{len(self._files)}"
        source.write_bytes(content)
        self._files.append((name, str(source), True, kind))

    def build(self, *modules: str) -> Path:
        """Write it, with these modules of Python."""
        code = compile("", "", "exec")
        entries = [(name, f"{name}.py", "PYMODULE") for name in modules]
        ZlibArchiveWriter(str(self._directory / "PYZ"), entries, dict.fromkeys(modules, code))
        built = self._directory / "ccurve"
        CArchiveWriter(str(built), [*self._files, ("PYZ.pyz", str(self._directory / "PYZ"), False, "z")], "libpython")
        return built
