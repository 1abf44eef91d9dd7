"""The cookie is a password: its value is nowhere but in its own file and in what is sent to the relay."""

from pathlib import Path
from typing import Final

import aiohttp

from storage import files
from tests.e2e.program import Api, running
from tests.fakes import relay as fakes
from tests.fakes.relay import CHECK, USAGE, FakeRelay, charge

CANARY: Final = "canary7f3a9c"
COOKIE: Final = f"session={CANARY}; theme=dark"


async def test_the_cookies_value_leaves_no_trace_outside_its_file(
    relay: FakeRelay, data_dir: Path, session: aiohttp.ClientSession
) -> None:
    relay.records = [charge(1)]
    said: list[str] = []

    async with running("--log-level", "debug", data_dir=data_dir, upstream=relay.url) as program:
        api = Api(session, program.url)

        async def call(method: str, path: str, body: object = None) -> None:
            async with session.request(method, api.url + path, json=body) as response:
                said.append(str(response.headers) + await response.text())

        await call("PUT", "/api/cookie", {"cookie": COOKIE})
        await call("PUT", "/api/cookie", {"cookie": COOKIE, "surplus": CANARY})
        await call("PUT", "/api/cookie", {"cookie": CANARY * 2000 + "=" + CANARY})
        await call("PUT", "/api/task", {"enabled": True})
        for behaviour in (
            fakes.normal,
            fakes.garbage,
            fakes.truncated,
            fakes.status(500, body=COOKIE.encode()),
            fakes.status(302, {"Location": f"/login?{CANARY}"}),
            fakes.answer_with(f'[{{"id":"{CANARY}"}}]'.encode()),
        ):
            relay.behave(USAGE, behaviour)
            await call("POST", "/api/refresh")
            await call("POST", "/api/cookie/check")
        for path in ("/api/status", "/api/config", "/api/usage?range=60", "/metrics", "/api/usage/export?format=json"):
            await call("GET", path)
        async with session.get(f"{api.url}/api/events") as stream:
            said.append((await stream.content.read(4096)).decode())
        on_disk = [p.name for p in data_dir.iterdir() if CANARY in p.read_bytes().decode("latin-1")]
        arguments = Path(f"/proc/{program.pid}/cmdline")
        if arguments.exists():
            said += [arguments.read_text(), Path(f"/proc/{program.pid}/environ").read_text()]
        relay.behave(CHECK, fakes.normal)
        await call("DELETE", "/api/cookie")
        assert await program.stop() == 0
    said += [program.output, program.errors]
    assert not [text for text in said if CANARY in text]
    assert on_disk == [files.COOKIE]
    assert not [path for path in data_dir.iterdir() if CANARY in path.read_bytes().decode("latin-1")]
    assert program.errors.count("Traceback") == 0
