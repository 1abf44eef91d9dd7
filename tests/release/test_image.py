"""What the image is made of runs, and its health check tells whether it does. Docker itself is not needed for that."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
RECIPE: Final = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def command(instruction: str) -> list[str]:
    """Return what an instruction runs, with this Python for the image's."""
    found = re.search(rf"^{instruction}.*?(\[.*\])$", RECIPE, re.MULTILINE)
    assert found is not None
    return [sys.executable, *json.loads(found[1])[1:]]


def variables() -> dict[str, str]:
    found = re.search(r"^ENV (.*)$", RECIPE, re.MULTILINE)
    assert found is not None
    return dict(pair.split("=", 1) for pair in found[1].split())


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """Put together what `.dockerignore` lets into the image."""
    folder = tmp_path / "image"
    folder.mkdir()
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            name = line.removeprefix("!")
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {**variables(), "CCURVE_DATA_DIR": str(tmp_path / "data"), "CCURVE_PORT": "0"}
    return {"PATH": os.defpath, **own}


@pytest.fixture
def program(inside: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command("ENTRYPOINT"), cwd=inside, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_it_serves_is_found_healthy_until_it_ends_and_ends_when_told(
    program: subprocess.Popen[str], environment: dict[str, str], inside: Path
) -> None:
    assert program.stdout is not None
    port = program.stdout.readline().strip().rpartition(":")[2]
    health = command("HEALTHCHECK")
    asking = {**environment, "CCURVE_PORT": port}
    subprocess.run(health, cwd=inside, env=asking, check=True)
    program.terminate()
    assert program.wait() == 0
    assert subprocess.run(health, cwd=inside, env=asking, check=False, capture_output=True).returncode == 1


def test_it_is_not_root_and_owns_nothing_but_the_data() -> None:
    user = re.search(r"^USER (\d+):\d+$", RECIPE, re.MULTILINE)
    assert user is not None
    assert int(user[1]) > 0
    assert f"--owner={user[1]}" in RECIPE
    assert f"VOLUME {variables()['CCURVE_DATA_DIR']}\n" in RECIPE


def test_it_listens_on_this_machine_alone() -> None:
    composed = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^ +CCURVE_HOST: (.*)$", composed, re.MULTILINE) == ["127.0.0.1"]
    assert variables()["CCURVE_HOST"] == "127.0.0.1"
    assert "ports:" not in composed
