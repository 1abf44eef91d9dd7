"""Each parser, fed with what reaches new code in it: whatever comes, it ends in one of the outcomes promised."""

import asyncio
import os
import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.e2e.program import ROOT
from tests.torture.fuzz.targets import TARGETS

pytestmark = pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is there for Linux and Python 3.11 alone")


@pytest.mark.parametrize("name", TARGETS)
async def test_what_reaches_new_code_ends_as_promised(
    name: str, count: Callable[[str], int], figure: Callable[[str, object], None], tmp_path: Path
) -> None:
    settings = [f"-runs={count('inputs')}", "-max_len=4096", "-timeout=60", "-print_final_stats=1"]
    settings += ["-seed=1"] if os.environ.get("CI") else []
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.torture.fuzz", name, str(tmp_path), f"-artifact_prefix={tmp_path}/", *settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=ROOT,
    )
    said = (await process.communicate())[0].decode(errors="replace")
    assert process.returncode == 0, said[-8_000:]
    told = dict(re.findall(r"stat::(\w+): +(\d+)", said))
    assert int(told["number_of_executed_units"]) >= count("inputs")
    reached = re.findall(r"cov: (\d+)", said)[-1]
    took_s = re.findall(r"^Done \d+ runs in (\d+) second", said, re.MULTILINE)[-1]
    fed = f"{told['number_of_executed_units']} in {took_s} s, {reached} places reached"
    figure(f"{name}, fed with what reaches new code", fed)
