"""The contract between the server and the page: what one says is committed, and the other's tests read that.

With CCURVE_WRITE_SNAPSHOTS=1 in the environment the files are written rather than compared.
"""

import json
import os
from pathlib import Path
from typing import Final, get_args

import msgspec
import pytest

from domain.status import TaskState
from tests.web.scenes import history, problems, standing
from tests.web.scenes.stage import Scene
from tests.web.site import Site, open_site
from web.errors import STATUS

FOLDER: Final = Path(__file__).parents[2] / "frontend" / "src" / "api" / "snapshots"
WRITING: Final = os.environ.get("CCURVE_WRITE_SNAPSHOTS") == "1"

SCENES: Final = {**standing.SCENES, **history.SCENES, **problems.SCENES}
KINDS: Final = {"status", "config", "cookie", "task", "refresh", "session", "usage", "export", "event", "problem"}

STORE_ID: Final = b"0123456789ab"
"""What stands in cursors for the identity of the store, which is another one each time."""


async def said(scene: Scene, data_dir: Path) -> str:
    """Return what the scene comes to, as the file should hold it: laid out, but each name and value as it was said."""
    async with open_site(data_dir, scene.wish) as site:
        await scene.before(site)
        document = (await scene.play(site)).replace(_store_id(site), STORE_ID)
    return msgspec.json.format(document, indent=2).decode() + "\n"


def _store_id(site: Site) -> bytes:
    return site.store.history.summary().cursor.partition("-")[0].encode()


def committed(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCENES)
async def test_what_the_page_was_promised_is_said(name: str, data_dir: Path) -> None:
    text = await said(SCENES[name], data_dir)
    if WRITING:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    assert committed(name) == text


def test_nothing_is_promised_that_nobody_says() -> None:
    strangers = {path for path in FOLDER.iterdir() if path.name not in {f"{name}.json" for name in SCENES}}
    if WRITING:
        for path in strangers:
            path.unlink()
        return
    assert not strangers


def test_every_kind_is_there_and_no_other() -> None:
    assert {name.partition(".")[0] for name in SCENES} == KINDS


def test_every_state_of_the_task_is_there() -> None:
    told = {json.loads(committed(name))["task"]["state"] for name in standing.SCENES if name.startswith("status.")}
    assert told == set(get_args(TaskState))


def test_every_code_of_the_table_of_errors_is_there() -> None:
    told = {json.loads(committed(name))["code"] for name in problems.SCENES}
    assert {error.code for error in STATUS} <= told
