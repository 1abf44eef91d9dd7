"""A relay whose certificate comes from somebody's own authority is trusted where the environment says so."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.page import Page
from tests.e2e.program import Api, running
from tests.fakes.authority import AUTHORITY, server_context
from tests.fakes.relay import FakeRelay, charge

VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"]


@pytest.fixture
async def secure_relay() -> AsyncIterator[FakeRelay]:
    async with FakeRelay(server_context()) as relay:
        relay.records = [charge(1)]
        yield relay


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "authorities"
    folder.mkdir()
    shutil.copy(AUTHORITY, folder)
    return folder


def place(variable: str, folder: Path) -> dict[str, str]:
    """Return the environment that names the authority."""
    return {variable: str(folder if variable == "SSL_CERT_DIR" else folder / AUTHORITY.name)}


@pytest.mark.parametrize("variable", VARIABLES)
async def test_the_relay_is_polled_even_when_the_authoritys_file_is_gone(
    data_dir: Path, secure_relay: FakeRelay, session: aiohttp.ClientSession, folder: Path, variable: str
) -> None:
    async with running(data_dir=data_dir, upstream=secure_relay.url, **place(variable, folder)) as program:
        api, page = Api(session, program.url), Page()
        async with page.follow(program.url):
            await api.switch_on()
            await page.until(lambda page: 1 in page.records)
            shutil.rmtree(folder)
            secure_relay.records.insert(0, charge(2))
            await api.do("POST", "/api/refresh")
            await page.until(lambda page: 2 in page.records)


@pytest.mark.parametrize("variable", VARIABLES)
async def test_a_variable_that_names_no_certificates_is_told_on_the_page(
    data_dir: Path, secure_relay: FakeRelay, session: aiohttp.ClientSession, tmp_path: Path, variable: str
) -> None:
    environment = {variable: str(tmp_path / "nowhere")}
    async with running(data_dir=data_dir, upstream=secure_relay.url, **environment) as program:
        api, page = Api(session, program.url), Page()
        async with page.follow(program.url):
            await api.switch_on()
            await page.until(lambda page: page.status and page.status["task"]["state"] == "retrying")
            error = page.status["task"]["error"]
            assert error["code"] == "upstream_unavailable"
            assert error["detail"].startswith(f"{variable} names no certificates that can be read.")
            assert page.status["cookie"]["valid"] is None
    assert secure_relay.requests == []


async def test_nobody_vouches_for_the_relay_without_them(
    data_dir: Path, secure_relay: FakeRelay, session: aiohttp.ClientSession
) -> None:
    async with running(data_dir=data_dir, upstream=secure_relay.url) as program:
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
        status, answer = await api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (502, "upstream_unavailable")
        assert answer["detail"] == "The certificate of the relay cannot be trusted, so nothing was sent."
    assert secure_relay.requests == []
