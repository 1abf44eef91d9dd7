"""Owns a running program as something to throw bytes at: a connection that is kept, and what must hold of each answer.

Blocking, for a thread of its own: the relay behind the program lives on the loop.
"""

import contextlib
import http.client
import io
import json
import re
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

PATIENCE_S: Final = 120
"""How long an answer may take before it counts as none: far beyond what any takes."""

PROBLEM: Final = "application/problem+json"
_REST: Final = b"\r\n\r\n" + b"GET /healthz HTTP/1.1\r\n\r\n" * 100
_WAITING_FOR_MORE_S: Final = 2
_STREAM: Final = "text/event-stream"
_OPENING_EVENTS: Final = 3


class Answer(NamedTuple):
    """What came back: `headers` by lower-case name; of a stream, the body is what it begins with."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        """The stable code of a problem, empty for anything else."""
        return str(json.loads(self.body)["code"]) if self.headers.get("content-type") == PROBLEM and self.body else ""


class Target:
    """A program that listens at `url`, in the process `pid`."""

    def __init__(self, url: str, pid: int) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self.authority = parts.netloc
        self._address = (parts.hostname, parts.port)
        self._pid = pid
        self._sock: socket.socket | None = None

    def close(self) -> None:
        """Let go of the connection."""
        if self._sock is not None:
            self._sock.close()
            self._sock = None

    def ask(self, method: str, path: str, headers: Iterable[tuple[str, str]] = (), body: bytes | None = None) -> Answer:
        """Send a request that is HTTP; return its answer, which may be none only where that is a bug."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.authority}", *(f"{name}: {text}" for name, text in headers)]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        answer = self.send("\r\n".join((*lines, "", "")).encode("latin-1") + (body or b""), method)
        assert answer is not None, "the connection was closed without an answer"
        return answer

    def send(self, raw: bytes, method: str = "GET") -> Answer | None:
        """Send a whole request; return its answer, None where the connection was closed without."""
        for _ in range(2):
            kept = self._sock is not None
            sock = self._connected()
            with contextlib.suppress(ConnectionError):
                sock.sendall(raw)
            answer = self._read(sock, method)
            if answer is not None or not kept:
                return answer
            # A kept connection may have been closed meanwhile: once more, on a new one.
        return None

    def send_alone(self, raw: bytes) -> Answer | None:
        """Send bytes that may be anything on a connection of their own; return the first answer, if there is one.

        What follows them ends the head of a request, and most bodies. Where it waits for more all the same it is told
        that there is no more; then it must close the connection.
        """
        self.close()
        sock = self._connected()
        sock.settimeout(_WAITING_FOR_MORE_S)
        try:
            with contextlib.suppress(ConnectionError):
                sock.sendall(raw + _REST)
            return self._read(sock, "HEAD" if raw.startswith(b"HEAD ") else "GET")
        except TimeoutError:
            sock.settimeout(PATIENCE_S)
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_WR)
            self._drain(sock)
            return None
        finally:
            self.close()

    def figures(self) -> dict[str, int]:
        """Return how much the program holds: files, threads, and kilobytes in memory. Empty where nobody tells."""
        process = Path("/proc") / str(self._pid)
        if not process.exists():
            return {}
        status = (process / "status").read_text(encoding="ascii", errors="replace")
        told = {name: int(value) for name, value in re.findall(r"^(Threads|VmRSS):\s+(\d+)", status, re.MULTILINE)}
        return {"files": len(list((process / "fd").iterdir())), "threads": told["Threads"], "KB": told["VmRSS"]}

    def _drain(self, sock: socket.socket) -> None:
        with contextlib.suppress(ConnectionError):
            while sock.recv(65_536):
                pass

    def _connected(self) -> socket.socket:
        if self._sock is None:
            self._sock = socket.create_connection(self._address, timeout=PATIENCE_S)
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._sock

    def _read(self, sock: socket.socket, method: str) -> Answer | None:
        response = http.client.HTTPResponse(sock, method=method)
        try:
            response.begin()
            headers = {name.lower(): text for name, text in response.getheaders()}
            if headers.get("content-type") == _STREAM and method != "HEAD" and response.status == http.HTTPStatus.OK:
                body = _opening(response)
                self.close()
            else:
                body = response.read()
            if response.will_close:
                self.close()
            return Answer(response.status, headers, body)
        except (ConnectionError, http.client.RemoteDisconnected):
            self.close()
            return None
        finally:
            response.close()


def _opening(response: http.client.HTTPResponse) -> bytes:
    """Return what a stream begins with, up to its first event of usage."""
    seen = io.BytesIO()
    events = 0
    while events < _OPENING_EVENTS:
        line = response.readline()
        assert line, "the stream ended before it began"
        seen.write(line)
        events += line.startswith(b"data: ")
    return seen.getvalue()


def ensure_sound(answer: Answer, may_be: Callable[[int], bool]) -> None:
    """Fail where an answer is not what every answer is: of a status that may be, and a problem where it is an error."""
    assert may_be(answer.status), answer
    assert answer.headers["server"] == "CCurve"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.status >= http.HTTPStatus.BAD_REQUEST and answer.body:
        assert answer.headers["content-type"] == PROBLEM
        document = json.loads(answer.body)
        assert document["status"] == answer.status
        assert document["detail"].endswith(".")
