"""After weeks, with its files gone, it asks the relay as on the first day, whatever that answers and people paste."""

import shutil
import sys
from collections.abc import AsyncIterator
from typing import Final

import aiohttp
import pytest

from tests.dist.place import Place
from tests.dist.survivor import surviving
from tests.domain import pastes
from tests.e2e.program import Api, Program
from tests.fakes import relay as fakes
from tests.fakes.authority import AUTHORITY, server_context
from tests.fakes.relay import CHECK, USAGE, FakeRelay, charge

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove the files of what runs")

COOKIE: Final = [("session", "good%3D="), ("theme", "dark")]
HEADER: Final = pastes.joined(COOKIE)
PASTED: Final = {
    "value": HEADER,
    "header": f"Cookie: {HEADER}",
    "bash": pastes.curl(pastes.bash_chrome, " \\\n  ", "-b", HEADER),
    "windows": pastes.curl(pastes.cmd_new, " ^\r\n  ", "-H", f"cookie: {HEADER}"),
    "extension": pastes.extension_json(COOKIE),
    "cookies.txt": pastes.cookies_txt(COOKIE),
    "storage": pastes.storage_rows(COOKIE),
}
ANSWERS: Final = {
    fakes.normal: 200,
    fakes.envelope: 200,
    fakes.chunked: 200,
    fakes.gzipped: 200,
    fakes.gzip_bomb: 502,
    fakes.garbage: 502,
    fakes.truncated: 502,
    fakes.other_page: 502,
    fakes.status(503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}): 502,
    fakes.redirect("https://relay.invalid/"): 502,
    fakes.login_page: 409,
}


@pytest.fixture
async def program(place: Place, relay: FakeRelay) -> AsyncIterator[Program]:
    # The name is looked up, which takes more of Python than a number does.
    async with surviving(place, CCURVE_UPSTREAM=relay.url.replace("127.0.0.1", "localhost")) as program:
        yield program


@pytest.fixture
def api(session: aiohttp.ClientSession, program: Program) -> Api:
    return Api(session, program.url)


@pytest.fixture
async def secure_relay() -> AsyncIterator[FakeRelay]:
    async with FakeRelay(server_context()) as relay:
        yield relay


async def test_each_form_of_a_pasted_cookie_reaches_the_relay(relay: FakeRelay, api: Api) -> None:
    for form, text in PASTED.items():
        relay.requests.clear()
        cookie = await api.do("PUT", "/api/cookie", {"cookie": text})
        assert (form, cookie["valid"], cookie["names"]) == (form, True, ["session", "theme"])
        assert {(form, request.cookie) for request in relay.requests} == {(form, HEADER)}


async def test_each_answer_of_the_relay_is_judged(relay: FakeRelay, api: Api) -> None:
    relay.records = [charge(1)]
    for answer, status in ANSWERS.items():
        await api.do("PUT", "/api/cookie", {"cookie": HEADER})
        relay.behave(USAGE, answer)
        relay.behave(CHECK, answer if status == 409 else fakes.normal)
        found, _ = await api.call("POST", "/api/refresh")
        assert (answer, found) == (answer, status)
        relay.behave(CHECK, fakes.normal)


async def test_the_switch_goes_on_and_what_the_relay_sets_is_kept(relay: FakeRelay, api: Api) -> None:
    relay.set_cookies = ["session=rotated; Path=/; Expires=Fri, 31 Dec 2999 23:59:59 GMT", "theme=; Max-Age=0"]
    await api.switch_on(HEADER)
    await api.do("POST", "/api/refresh")
    await api.do("POST", "/api/cookie/check")
    assert relay.requests[-1].cookie == "session=rotated"


async def test_a_relay_that_an_authority_of_the_environment_vouches_for_is_trusted(
    place: Place, secure_relay: FakeRelay, session: aiohttp.ClientSession
) -> None:
    authority = place.home / "authority.pem"
    shutil.copy(AUTHORITY, authority)
    async with surviving(place, CCURVE_UPSTREAM=secure_relay.url, SSL_CERT_FILE=str(authority)) as program:
        authority.unlink()
        api = Api(session, program.url)
        await api.do("PUT", "/api/cookie", {"cookie": HEADER})
        await api.do("POST", "/api/refresh")


async def test_the_built_in_authorities_are_still_known(
    place: Place, secure_relay: FakeRelay, session: aiohttp.ClientSession
) -> None:
    async with surviving(place, CCURVE_UPSTREAM=secure_relay.url) as program:
        api = Api(session, program.url)
        await api.call("PUT", "/api/cookie", {"cookie": HEADER})
        status, answer = await api.call("POST", "/api/refresh")
    assert (status, answer["code"]) == (502, "upstream_unavailable")
    assert answer["detail"] == "The certificate of the relay cannot be trusted, so nothing was sent."
    assert secure_relay.requests == []
