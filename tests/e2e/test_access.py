"""Who gets in, at the real program: on loopback, on all addresses, and on one that other machines could reach."""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from storage import files
from tests.e2e.program import FROZEN, Program, running

NOWHERE: Final = "http://127.0.0.1:9"
KEY: Final = "right-key-of-a-test"
MADE: Final = re.compile(r"(?m)^    ([0-9a-z]{4}(?:-[0-9a-z]{4})+)$")
ALL: Final = "0.0.0.0"  # noqa: S104 - that is what is tested


def address_of_this_machine(family: socket.AddressFamily) -> str | None:
    """Return an address by which others would reach this machine; None where it has none. Nothing is sent."""
    somewhere = "192.0.2.254" if family == socket.AF_INET else "2001:db8::1"
    with socket.socket(family, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect((somewhere, 9))
        return str(probe.getsockname()[0])
    return None


@pytest.fixture
def address() -> str:
    found = address_of_this_machine(socket.AF_INET)
    if found is None:
        pytest.skip("this machine has no other address than those of loopback")
    return found


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


def at(program: Program, host: str) -> str:
    """Return its URL by another of its addresses."""
    return f"http://{f'[{host}]' if ':' in host else host}:{program.url.rpartition(':')[2]}"


async def status(session: aiohttp.ClientSession, url: str, key: str | None = None, **headers: str) -> int:
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    async with session.get(f"{url}/api/status", headers=headers) as response:
        return response.status


async def sign_in(session: aiohttp.ClientSession, url: str, key: str) -> int:
    async with session.post(f"{url}/api/session", json={"key": key}) as response:
        return response.status


async def test_on_loopback_no_key_is_asked_for_and_none_is_made(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    for host in ("127.0.0.1", *(("127.0.0.2",) if sys.platform == "linux" else ())):
        async with running("--host", host, data_dir=tmp_path, upstream=NOWHERE) as program:
            assert program.url.startswith(f"http://{host}:")
            assert await status(session, program.url) == 200
            assert await program.stop() == 0
        assert program.errors == ""
    assert not (tmp_path / files.ACCESS).exists()


async def test_a_key_that_was_given_is_asked_for_on_loopback_too(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    async with running(data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY=KEY) as program:
        assert await status(session, program.url) == 401
        assert await status(session, program.url, "another") == 401
        assert await status(session, program.url, KEY) == 200
        assert await program.stop() == 0
    assert program.errors == ""


async def test_elsewhere_a_key_is_made_shown_once_and_asked_for_from_then_on(
    address: str, tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    async with running("--host", ALL, data_dir=tmp_path, upstream=NOWHERE) as program:
        assert program.url.startswith("http://127.0.0.1:")
        await program.complained("start it again.")
        made = MADE.findall(program.errors)
        assert len(made) == 1
        for url in (program.url, at(program, address)):
            assert await status(session, url) == 401
            assert await status(session, url, made[0]) == 200
            async with session.get(f"{url}/healthz") as response:
                assert response.status == 200
        assert await sign_in(session, at(program, address), made[0]) == 204
        assert await status(session, at(program, address)) == 200
        assert await program.stop() == 0
    assert "CCURVE_ACCESS_KEY" in program.errors
    assert str(tmp_path / files.ACCESS) in program.errors
    assert made[0] not in program.output
    port = program.url.rpartition(":")[2]
    again = await Program.started("--host", ALL, "--port", port, data_dir=tmp_path)
    await again.listening()
    assert await status(session, at(again, address)) == 200, "the session has not outlived the restart"
    session.cookie_jar.clear()
    assert await status(session, at(again, address)) == 401
    assert await status(session, at(again, address), made[0]) == 200
    assert await again.stop() == 0
    assert not MADE.findall(again.errors)
    assert made[0] not in again.errors
    assert str(tmp_path / files.ACCESS) in again.errors


async def test_the_very_address_may_be_listened_on_and_names_want_to_be_allowed(
    address: str, tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    async with running("--host", address, data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY=KEY) as program:
        assert program.url.startswith(f"http://{address}:")
        assert await status(session, program.url, KEY) == 200
        for host, expected in (("evil.example", 421), ("192.0.2.77", 421), (address, 200), ("localhost", 200)):
            assert await status(session, program.url, KEY, Host=host) == expected
        origin = {"Origin": "http://evil.example"}
        assert await status(session, program.url, KEY, **origin) == 403
        assert await status(session, program.url, KEY, Origin=program.url) == 200


async def test_all_addresses_of_ipv6_take_in_ipv4_too(address: str, tmp_path: Path) -> None:
    own = address_of_this_machine(socket.AF_INET6)
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with (
        running("--host", "::", data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY=KEY) as program,
        aiohttp.ClientSession() as session,
    ):
        assert program.url.startswith("http://[::1]:")
        for host in ("::1", "127.0.0.1", address, *((own,) if own else ())):
            assert await status(session, at(program, host)) == 401
            assert await status(session, at(program, host), KEY) == 200
            assert await status(session, at(program, host), KEY, Host="192.0.2.77") == 421


async def test_a_second_start_finds_the_first_on_an_address_that_can_be_opened(tmp_path: Path) -> None:
    async with running("--host", ALL, data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY=KEY) as first:
        second = await Program.started("--port", "0", data_dir=tmp_path)
        assert await second.ended() == 0
        assert f"already running on http://127.0.0.1:{first.url.rpartition(':')[2]}" in second.output


async def test_a_key_that_changes_ends_all_sessions(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with running(data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY=KEY) as program:
        assert await sign_in(session, program.url, KEY) == 204
        assert await program.stop() == 0
    port = program.url.rpartition(":")[2]
    for key, expected in ((KEY, 200), ("another-key-of-a-test", 401), (KEY, 401)):
        program = await Program.started("--port", port, data_dir=tmp_path, CCURVE_ACCESS_KEY=key)
        await program.listening()
        assert await status(session, program.url) == expected
        assert await program.stop() == 0


async def test_wrong_keys_at_the_same_time_are_judged_ten_times(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with running(data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY=KEY) as program:
        answers = await asyncio.gather(*(sign_in(session, program.url, f"wrong-{number}") for number in range(50)))
        assert (answers.count(401), answers.count(429)) == (10, 40)
        async with session.post(f"{program.url}/api/session", json={"key": KEY}) as response:
            assert response.status == 429
            assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert await program.stop() == 0
    assert program.errors == ""


async def test_a_short_key_is_warned_of_once_where_others_can_reach_it(address: str, tmp_path: Path) -> None:
    assert address
    async with running("--host", ALL, data_dir=tmp_path, upstream=NOWHERE, CCURVE_ACCESS_KEY="qz7") as program:
        assert await program.stop() == 0
    assert program.errors.count("WARNING") == program.errors.count("short enough") == 1
    assert "qz7" not in program.errors


async def test_a_damaged_file_of_the_key_is_told_with_its_remedy(tmp_path: Path) -> None:
    files.prepare(tmp_path)
    (tmp_path / files.ACCESS).write_bytes(b'{"version":1,"sessions":{}}')
    program = await Program.started("--port", "0", data_dir=tmp_path, CCURVE_ACCESS_KEY=KEY)
    assert await program.ended() == 1
    assert program.output == ""
    assert program.errors.count("\n") == 1
    assert str(tmp_path / files.ACCESS) in program.errors
    assert "Delete it" in program.errors
    assert (tmp_path / files.ACCESS).read_bytes() == b'{"version":1,"sessions":{}}'


@pytest.mark.parametrize("key", ["", "bad\tkey"])
async def test_a_key_that_is_none_exits_with_two(key: str, tmp_path: Path) -> None:
    for arguments, environment in (([f"--access-key={key}"], {}), ([], {"CCURVE_ACCESS_KEY": key})):
        program = await Program.started(*arguments, data_dir=tmp_path, **environment)
        assert await program.ended() == 2
        assert "bad" not in program.errors


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the browser is the system's to choose")
async def test_the_browser_that_is_opened_does_not_inherit_the_key(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "visits")
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nenv > "{tmp_path}/visits"\n')
    script.chmod(0o700)
    program = await Program.started(
        "--port", "0", data_dir=tmp_path / "data", BROWSER=str(script), CCURVE_ACCESS_KEY=KEY
    )
    inherited = await asyncio.to_thread((tmp_path / "visits").read_text)
    assert "BROWSER" in inherited
    assert KEY not in inherited
    await program.listening()
    assert await program.stop() == 0


@pytest.mark.skipif(FROZEN is not None, reason="the frozen file has all that lies inside in memory once it listens")
async def test_without_a_key_nothing_of_this_is_loaded() -> None:
    modules = ("storage.access", "storage.access_file", "storage.access_key", "web.gate", "web.attempts", "launch.key")
    script = f"import sys, app; print([name for name in {modules!r} if name in sys.modules])"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert said.decode() == "[]\n"
