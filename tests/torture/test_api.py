"""The description of the interface, held by schemathesis against the running program: what one says, the other does."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.program import ROOT, Program, running
from tests.fakes.relay import FakeRelay, charge

DESCRIPTION: Final = ROOT / "docs" / "openapi.json"
FEWEST: Final = 10
"""How many requests are made up for each operation at least, beside those that try each bound."""


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    async with FakeRelay() as relay:
        relay.records = [charge(number) for number in range(16, 0, -1)]
        async with running(data_dir=tmp_path / "data", upstream=relay.url) as program:
            yield program


async def test_the_server_does_what_its_description_says(
    program: Program, count: Callable[[str], int], figure: Callable[[str, object], None], tmp_path: Path
) -> None:
    paths = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    operations = sum(map(len, paths.values()))
    each = max(FEWEST, count("inputs") // operations)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", ROOT / "tests" / "torture" / "schemathesis.toml"),
        *("run", DESCRIPTION, "--url", program.url, "--max-examples", str(each), "--no-color"),
        *(("--seed", "1") if os.environ.get("CI") else ()),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.torture.api_hooks"},
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said
    assert f"Tested: {operations}\n" in said
    generated = next(line for line in said.splitlines() if " generated" in line)
    figure("requests by the description of the interface", generated.strip())
    assert await program.stop() == 0
    assert "Traceback" not in program.errors
    assert " ERROR " not in program.errors
