"""Owns the rule that one data directory has one running CCurve, and how a second one finds the first.

LMDB would let two processes write; a lock on a file of its own does not.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from domain.errors import DataDirUnusableError, StartError
from launch.lock import LockHeldError, acquire, acquire_existing

_LOCK: Final = "ccurve.lock"
_INSTANCE: Final = "instance.json"
_OWNER_ONLY: Final = 0o600
# A start that looks at a large history first takes as long as that.
_PATIENCE_S: Final = 60.0
_PAUSE_S: Final = 0.05
_LOG: Final = logging.getLogger("ccurve.instance")


class _Instance(msgspec.Struct):
    url: str


class AlreadyRunning(Exception):  # noqa: N818 - not an error: the second start ends well
    """Another CCurve serves this data directory, at `url`."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@contextmanager
def only_instance(directory: Path) -> Iterator[None]:
    """Hold the data directory.

    Raises AlreadyRunning where another process holds it, StartError where that one does not say its address.
    """
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            descriptor = acquire(directory / _LOCK)
            break
        except LockHeldError:
            # Either that one is about to listen, or about to end.
            url = _told(directory)
            if url is not None:
                raise AlreadyRunning(url) from None
            if time.monotonic() > deadline:
                raise StartError(
                    f"Another CCurve holds the data directory {directory}, but does not say where it listens. "
                    "End it, or choose another directory with --data-dir."
                ) from None
            time.sleep(_PAUSE_S)
        except OSError as error:
            raise DataDirUnusableError(
                f"The data directory {directory} cannot be locked ({error.strerror}). Choose another with --data-dir."
            ) from error
    try:
        # What one that was killed said is gone with it.
        (directory / _INSTANCE).unlink(missing_ok=True)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def no_instance(directory: Path) -> Iterator[None]:
    """Keep others from starting on a data directory in which nothing runs, and change nothing in it.

    Raises StartError where something does.
    """
    try:
        descriptor = acquire_existing(directory / _LOCK)
    except LockHeldError:
        at = _told(directory)
        raise StartError(
            f"A CCurve is running on the data directory {directory}{f' ({at})' if at else ''}. End it first."
        ) from None
    except OSError:  # it has never run there, or the directory cannot be read, which is for others to tell
        yield
        return
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def telling(directory: Path, url: str) -> Iterator[None]:
    """Say to a second start where this one listens, until this one begins to end: the second then waits and takes over.

    Where that cannot be written, on a full disk say, this one serves all the same, and a second start will not find it.
    """
    fresh = directory / f"{_INSTANCE}.new"
    try:
        fresh.write_bytes(msgspec.json.encode(_Instance(url)))
        fresh.chmod(_OWNER_ONLY)
        fresh.replace(directory / _INSTANCE)
    except OSError as error:
        _LOG.warning("A second start will not find this one (%s): its address could not be written.", error.strerror)
    try:
        yield
    finally:
        # Another directory may have come in its place, and another's word be in it; or nothing can be removed any more.
        if _told(directory) == url:
            with suppress(OSError):
                (directory / _INSTANCE).unlink()


def _told(directory: Path) -> str | None:
    try:
        return msgspec.json.decode((directory / _INSTANCE).read_bytes(), type=_Instance).url
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
