"""Owns the file of the access key and its sessions: `access.json`, which only its owner can read, whole or not at all.

It is no part of the history, so no copy of that holds it. What is in it means something to `access` alone.
"""

import hashlib
import os
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from domain.errors import AccessFileDamagedError, StorageError
from storage import files
from storage.trouble import translated

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
"""A SHA-256, in hexadecimal digits."""

_SEAL: Final = "^(made:[0-9a-f]{64}|given:[0-9a-f]{32}:[0-9a-f]{64})$"


class Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept.

    `made` is the digest of the key that was made here, `seal` of the key with which the sessions were opened; a session
    is the digest of its value, and when it was last used, in epoch milliseconds.
    """

    version: Literal[1] = 1
    made: Digest | None = None
    seal: Annotated[str, Meta(pattern=_SEAL)] | None = None
    sessions: dict[Digest, int] = {}


def read(directory: Path) -> Kept:
    """Return what is kept, nothing where there is no file. Raises AccessFileDamagedError or StorageError."""
    path = directory / files.ACCESS
    try:
        with translated("read the access key", directory):
            document, _, digest = path.read_bytes().rstrip(b"\n").partition(b"\n")
    except StorageError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Kept()
        raise
    if _digest(document) != digest:
        raise _damaged(path)
    try:
        return msgspec.json.decode(document, type=Kept)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path) from error


def write(directory: Path, kept: Kept) -> None:
    """Replace what is kept; it is on the disk on return. Raises StorageError, and then what was there still is."""
    fresh = directory / f"{files.ACCESS}.new"
    document = msgspec.json.encode(kept)
    with translated("save who may ask", directory):
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, files.OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            file.write(document + b"\n" + _digest(document) + b"\n")
            file.flush()
            os.fsync(descriptor)
        fresh.replace(directory / files.ACCESS)
        files.sync_directory(directory)


def _damaged(path: Path) -> AccessFileDamagedError:
    return AccessFileDamagedError(
        f"The access key cannot be read: {path} is damaged, or of a newer release. Delete it and start again; "
        "a key that was made here is then made anew, and everybody has to give the key once more."
    )


def _digest(document: bytes) -> bytes:
    return hashlib.sha256(document).hexdigest().encode()
