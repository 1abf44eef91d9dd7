"""Owns canaries, and the search for one in bytes: as it is, in part, and in the forms that programs make of a text.

Where is searched is for the tests.
"""

import base64
import gzip
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

_PART, _STEP = 10, 5
"""Parts of it that are looked for: a text may be cut anywhere, and whatever has 14 of its characters holds one."""

_GZIP: Final = b"\x1f\x8b"


class Canary:
    """A value that is nowhere else: as a session's often is, in Base64 with all that has to be escaped elsewhere."""

    def __init__(self) -> None:
        self._core = secrets.token_hex(15)
        self.value = f"{self._core}+/{secrets.token_hex(2)}=="
        self._spelled, self._encoded = self._parts(), self._forms()

    def __repr__(self) -> str:
        """Show no value: a failing test would print it."""
        return "Canary()"

    def is_in(self, data: bytes) -> bool:
        """Return whether any form of it is in the bytes; those of gzip are unpacked first."""
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
        lower = data.lower()
        return any(part in lower for part in self._spelled) or any(form in data for form in self._encoded)

    def _parts(self) -> list[bytes]:
        """Return every part of what percent-encoding, JSON, shells and HTML leave as it is, in four spellings."""
        parts = [self._core[at : at + _PART] for at in range(0, len(self._core) - _PART + 1, _STEP)]
        spelled = [part.encode() for part in parts]
        spelled += [part.encode(width) for part in parts for width in ("utf-16-le", "utf-16-be")]
        spelled += [part[::-1].encode() for part in parts]
        return spelled + [part.encode().hex().encode() for part in parts]

    def _forms(self) -> list[bytes]:
        """Return Base64 of it wherever it stands in what is encoded; the first and last characters depend on that."""
        shifted = [base64.b64encode(b"\0" * before + self._core.encode())[4:36] for before in range(3)]
        return [*shifted, *(form.translate(bytes.maketrans(b"+/", b"-_")) for form in shifted)]


def holders(place: Path, canaries: list[Canary]) -> list[str]:
    """Return the files below a place that hold any of them, by their path below it; none that is removed meanwhile."""
    found = []
    for folder, _, names in os.walk(place):
        for path in (Path(folder, name) for name in names):
            with suppress(FileNotFoundError):
                data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
                if any(canary.is_in(data) for canary in canaries):
                    found.append(path.relative_to(place).as_posix())
    return sorted(found)
