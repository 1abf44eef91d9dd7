"""Owns the running of this very program once more, as a process of its own, with little claim to the processor.

What it is told to do is `app`'s.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

_APP: Final = Path(__file__).parent.parent / "app.py"
_NICE: Final = 10


async def run_another(*arguments: str) -> tuple[int, str]:
    """Run it to its end; return its exit status, and what it said on standard output.

    It is killed where nobody waits for it any more. Raises OSError where it cannot be started.
    """
    # Of the environment it gets all but our own variables: its options are those given here.
    process = await asyncio.create_subprocess_exec(
        *([sys.executable] if hasattr(sys, "frozen") else [sys.executable, str(_APP)]),
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not name.startswith("CCURVE_")},
        **_apart(),
    )
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return await process.wait(), said.decode(errors="replace")


def be_nice() -> None:
    """Let others go first, for as long as this process lives; on Windows who starts it sees to that."""
    if sys.platform != "win32":
        os.nice(_NICE)


def _apart() -> dict[str, Any]:
    """Return what keeps it apart from a terminal that ends this process: it would seem to have come to its end."""
    if sys.platform == "win32":
        # From the documentation of `subprocess`: neither a window of its own nor part in the console of this one.
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    return {"start_new_session": True}
