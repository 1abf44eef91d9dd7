import asyncio
import os
from pathlib import Path

import pytest

from launch.another import run_another
from launch.version import VERSION


async def test_it_is_run_to_its_end_and_heard() -> None:
    status, said = await run_another("--version")
    assert (status, said.split()) == (0, ["CCurve", VERSION])


async def test_it_has_the_options_that_it_is_given_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCURVE_DEMO", "1")
    monkeypatch.setenv("CCURVE_PORT", "nonsense")
    status, said = await run_another("--check", "--data-dir", str(tmp_path))
    assert (status, said.splitlines()[-1]) == (0, "All is well.")


async def test_what_it_says_of_its_failure_is_no_success(tmp_path: Path) -> None:
    status, said = await run_another("--check", "--data-dir", str(tmp_path / "missing"))
    assert status == 1
    assert "WRONG" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names")
async def test_it_is_killed_where_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its interpreter reads a pipe at the start, which keeps it waiting, and tells by its other end when it is gone."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "sitecustomize.py").write_text(f"open({str(pipe)!r}).read()")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    running = asyncio.create_task(run_another("--version"))
    writer = await asyncio.to_thread(os.open, pipe, os.O_WRONLY)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    with pytest.raises(BrokenPipeError):
        os.write(writer, b"x")
    os.close(writer)
