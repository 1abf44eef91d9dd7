from pathlib import Path

import aiohttp

from tests.e2e.page import Page
from tests.e2e.program import Api, Program


async def test_the_demonstration_shows_thirty_days_and_keeps_nothing(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    program = await Program.started("--demo", "--port", "0", data_dir=tmp_path / "own", TMPDIR=str(tmp_path))
    await program.listening()
    page = Page()
    async with page.follow(program.url):
        await page.until(lambda page: page.status and page.status["usage"]["records"] > 1000)
        assert page.status["demo"] is True
        assert page.status["task"]["state"] == "polling"
    days = await Api(session, program.url).get("/api/usage?range=43200&bucket=86400")
    assert len(days["models"]) >= 3
    assert len({point[0] for series in days["series"] for point in series["points"]}) > 20
    assert days["gaps"] == []
    assert await program.stop() == 0
    assert list(tmp_path.iterdir()) == []
