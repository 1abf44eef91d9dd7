"""A disk that fails in the middle of the real program's writes, as its C library then says: told, and overcome."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, running
from tests.fakes.relay import FakeRelay
from tests.torture.disks.test_full_disk import charges, ended_well, stored
from tests.torture.kills.agreement import charges_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is put before the C library is made for Linux")

SOURCE: Final = Path(__file__).parent / "failing.c"


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler")
    library = tmp_path_factory.mktemp("failing") / "failing.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.parametrize("when", ["always", "last"])
async def test_a_commit_that_fails_anywhere_loses_nothing_and_is_made_up_for(
    relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path, failing: Path, number: int, when: str
) -> None:
    how = tmp_path / "how"
    code = "storage_full" if number in {errno.ENOSPC, errno.EDQUOT} else "storage_failed"
    relay.records = charges(range(1, 100))
    environment = {"LD_PRELOAD": str(failing), "FAILING": str(how)}
    async with running(data_dir=tmp_path / "data", upstream=relay.url, **environment) as program:
        api = Api(session, program.url)
        await api.switch_on()
        await api.do("POST", "/api/refresh")
        before = await stored(api)
        page = Page()
        async with page.follow(program.url):
            await page.until(lambda page: len(page.records) == len(before))
            for last in (200, 300):
                how.write_text(f"{number} {when}")
                relay.records = charges(range(1, last), credits=2)
                for _ in range(2):
                    status, answer = await api.call("POST", "/api/refresh")
                    assert (status, answer["code"]) == (507 if code == "storage_full" else 500, code)
                    status, answer = await api.call("PATCH", "/api/config", {"rangeMinutes": last})
                    assert answer["code"] == code
                assert (await api.get("/api/status"))["task"]["error"]["code"] == code
                assert await stored(api) == before
                how.unlink()
                await api.do("POST", "/api/refresh")
                await api.do("PATCH", "/api/config", {"rangeMinutes": last})
                assert (await api.get("/api/status"))["task"]["error"] is None
                before = await stored(api)
                assert charges_of(before) == charges_of(relay.records)
                await page.until(lambda page: page.records == {record["id"]: record for record in before})  # noqa: B023 - awaited here
            assert page.doubled == []
        await ended_well(program)
