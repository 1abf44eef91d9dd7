"""Owns a program of which nothing is left but what runs: what it unpacked is cleaned away, its own file replaced."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.dist.place import ALL_IN_MEMORY, Place, until
from tests.e2e.program import Program


@asynccontextmanager
async def surviving(place: Place, *command: str | Path, **environment: str) -> AsyncIterator[Program]:
    """Yield one that serves; after the block it must end as if nothing had happened, and have missed nothing."""
    program = await (await place.start(*command, **environment)).listening()
    (unpacked,) = place.unpacked()
    await until(lambda: _removed(unpacked))  # it may just be making its lock there
    await program.complained(ALL_IN_MEMORY)
    newer = place.program.with_name("newer")
    newer.write_bytes(b"\x7fELF and nothing that anybody could run")
    newer.replace(place.program)
    yield program
    assert await program.stop() == 0
    assert "lies inside, but cannot be loaded" not in program.errors
    assert "Traceback" not in program.errors


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
