"""The file is CCurve, of this version, and serves its page."""

import aiohttp

from launch.version import VERSION
from tests.dist.place import Place


async def test_it_says_its_version_and_unpacks_nothing_that_stays(place: Place) -> None:
    program = await place.start(place.program, "--version")
    assert await program.ended() == 0
    assert (program.output, program.errors) == (f"CCurve {VERSION}\n", "")
    assert place.unpacked() == []


async def test_it_serves_the_page_and_ends_when_told_to(place: Place, session: aiohttp.ClientSession) -> None:
    program = await place.serve()
    async with session.get(program.url) as response:
        assert response.content_type == "text/html"
        assert "CCurve" in await response.text()
    assert await program.stop() == 0
    assert "WARNING" not in program.errors
