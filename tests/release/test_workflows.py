"""The workflows are what GitHub takes, give nothing away, and run what is pinned; they build what the READMEs offer."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.words.test_names import MACHINES

ROOT: Final = Path(__file__).parents[2]
WORKFLOWS: Final = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT: Final = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
TOOLS: Final = Path(sys.executable).parent

every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)


def checked(*command: str | Path) -> str:
    """Return what a tool finds, where it finds anything."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.skipif(
    shutil.which("go", path=f"{TOOLS}{os.pathsep}{os.environ['PATH']}") is None and "CI" not in os.environ,
    reason="Go is not installed",
)
def test_actionlint_finds_nothing_to_say() -> None:
    go = shutil.which("go", path=f"{TOOLS}{os.pathsep}{os.environ['PATH']}") or "go"
    # Without those, it says what the machine's own tools would say of scripts, or does not.
    assert checked(go, "run", ACTIONLINT, "-shellcheck=", "-pyflakes=") == ""


def test_zizmor_finds_nothing_to_say() -> None:
    assert (
        checked(TOOLS / "zizmor", "--offline", "--no-progress", "--persona=pedantic", "--strict-collection", ".github")
        == ""
    )


@every_workflow
def test_every_action_is_pinned_by_commit_and_says_which_version_that_is(workflow: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses: (.*)$", workflow.read_text(encoding="utf-8"), re.MULTILINE)
    assert used
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\.github/workflows/\w+\.yml #.*", action)


def test_every_image_is_pinned_by_its_content() -> None:
    places = [*WORKFLOWS, ROOT / "Dockerfile", ROOT / "release" / "on-old-linux"]
    text = "\n".join(place.read_text(encoding="utf-8") for place in places)
    images = re.findall(r"^(?:FROM |image=| +image: )(.*)$", text, re.MULTILINE)
    assert len(images) == 4
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in images)


@every_workflow
def test_nothing_is_allowed_that_a_job_does_not_ask_for(workflow: Path) -> None:
    assert "\npermissions: {}\n" in workflow.read_text(encoding="utf-8")


@every_workflow
def test_no_checkout_keeps_its_credentials(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@every_workflow
def test_every_job_of_its_own_ends_some_time(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    assert text.count("runs-on:") == text.count("timeout-minutes:")


def test_the_files_of_every_system_that_the_readmes_offer_are_built() -> None:
    text = (ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"- system: (\S+)", text)) == MACHINES


def test_the_python_that_goes_into_the_files_can_be_had() -> None:
    text = (ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    (version,) = set(re.findall(r"python (?:install|find).* (\d\S*\.\d+)\b", text))
    known = subprocess.check_output(
        [TOOLS / "uv", "python", "list", "--all-platforms", "--all-arches", "--only-downloads", version], text=True
    )
    for system in ("macos-aarch64", "macos-x86_64", "windows-x86_64", "linux-aarch64-gnu", "linux-x86_64-gnu"):
        assert f"cpython-{version}-{system}" in known
