"""Owns requests byte by byte, for where a well-behaved client would not send what is to be tested."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RawAnswer:
    """An answer. `headers` are by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The stable code of a problem; fails for anything else."""
        assert self.headers["content-type"] == "application/problem+json", self
        document = self.json
        assert document["status"] == self.status
        assert document["title"]
        assert document["detail"].endswith(".")
        code = document["code"]
        assert isinstance(code, str)
        return code


async def send(port: int, *lines: str, body: bytes = b"") -> RawAnswer:
    """Send a request line and headers as they are, then the body; return the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1") + body)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:]) if name}
        status = int(head[0].split()[1])
        bodiless = lines[0].startswith("HEAD ") or status == 304
        length = 0 if bodiless else int(headers.get("content-length", "0"))
        return RawAnswer(status, headers, await reader.readexactly(length))
    finally:
        writer.close()
