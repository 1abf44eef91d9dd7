"""Owns the table of who may ask: every way to name the server, times every way to say which page is asking.

What is right is written down here by hand, beside each form, and shares nothing with the guard. That a new route is
covered is the router's doing.
"""

import random
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import product
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")


class Verdict(Enum):
    """What becomes of a request: the status, and the code of the problem; passed is what gets beyond the guard."""

    PASSED = (0, "")
    MALFORMED = (400, "malformed_request")
    CROSS_ORIGIN = (403, "cross_origin")
    FOREIGN = (421, "host_not_allowed")


class Host(NamedTuple):
    """A way to name the server. `{port}` and `{path}` stand for those of the request."""

    hosts: tuple[str, ...]
    verdict: Verdict
    target: str = "{path}"
    version: str = "1.1"


def _all(verdict: Verdict, *hosts: str) -> Iterator[Host]:
    return (Host((host,), verdict) for host in hosts)


_OWN: Final = ("127.0.0.1:{port}",)

HOSTS: Final = (
    *_all(
        Verdict.PASSED,
        *("127.0.0.1:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:00080"),
        *("127.8.9.10:{port}", "localhost:{port}", "LocalHost", "LOCALHOST.:{port}", "localhost."),
        *("[::1]:{port}", "[::1]", "[0:0:0:0:0:0:0:1]", " \t127.0.0.1:{port}", "127.0.0.1:{port} \t"),
    ),
    *_all(
        Verdict.FOREIGN,
        # Names that lead here by the DNS of somebody else.
        *("evil.example:{port}", "evil.example", "EVIL.example.", "127.0.0.1.nip.io:{port}", "localhost.evil.example"),
        *("localtest.me", "127-0-0-1.evil.example:{port}", "box.local", "host.docker.internal:{port}"),
        # Addresses that lead here, or nearly: no browser writes them so, and none is in the list.
        *("192.168.0.7:{port}", "0.0.0.0:{port}", "0", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433"),
        *(
            "0177.0.0.1",
            "127.0.0.001",
            "127.0.0.1.",
            "127.0.0.1..",
            "localhost..",
            ".localhost",
            "[::]",
            "[::2]:{port}",
        ),
        *("[::ffff:127.0.0.1]:{port}", "[::127.0.0.1]", "[::1%25lo]", "[::1%lo]", "[::1", "::1", "[127.0.0.1]"),
        # Where a careless reader would find our name.
        *(
            "a@127.0.0.1",
            "a:b@127.0.0.1:{port}",
            "127.0.0.1@evil.example",
            "127.0.0.1:{port}@evil.example",
            "@localhost",
        ),
        *("127.0.0.1:", "127.0.0.1:80:80", "127.0.0.1:-1", "127.0.0.1:{port}a", "127.0.0.1:123456", ":{port}"),
        *(
            "%31%32%37.0.0.1",
            "localhos%74",
            "127.0.0.1%00",
            "127.0.0.1/evil",
            "127.0.0.1#",
            "127.0.0.1?",
            "127.0.0.1\\",
        ),
        *("127.0.0.1, evil.example", "evil.example, 127.0.0.1", "127.0.0.1,127.0.0.1", "127.0.0.1 evil.example"),
        *("http://127.0.0.1", "localhost_", "-localhost", '"localhost"', "", "*", "null"),
        # The same to the eye, another one to the machine: full width, Cyrillic, a soft hyphen, a space that is none.
        *(
            "\uff11\uff12\uff17.0.0.1",
            "\uff4cocalhost",
            "l\u043ecalhost",
            "local\u00adhost",
            "localhost\u00a0",
            "127\u30020\u30020\u30021",
            "\u202elocalhost",
        ),
    ),
    *_all(
        Verdict.MALFORMED, "127.0.0.1\0", "local\0host", "127.0.0.1\x0b", "127.0.0.1\r\n evil.example", "a\rb", "a\nb"
    ),
    Host((), Verdict.MALFORMED),
    Host((), Verdict.FOREIGN, version="1.0"),
    Host(("127.0.0.1:{port}", "127.0.0.1:{port}"), Verdict.MALFORMED),
    Host(("127.0.0.1:{port}", "evil.example"), Verdict.MALFORMED),
    Host(("evil.example", "127.0.0.1:{port}"), Verdict.MALFORMED),
    Host(_OWN, Verdict.PASSED, "http://127.0.0.1:{port}{path}"),
    Host(_OWN, Verdict.PASSED, "HTTP://LOCALHOST{path}"),
    Host(_OWN, Verdict.PASSED, "http://[::1]:{port}{path}"),
    Host(_OWN, Verdict.PASSED, "https://127.0.0.1{path}"),
    Host(_OWN, Verdict.FOREIGN, "http://evil.example{path}"),
    Host(_OWN, Verdict.FOREIGN, "http://evil.example:{port}{path}"),
    Host(_OWN, Verdict.FOREIGN, "ftp://evil.example{path}"),
    Host(_OWN, Verdict.FOREIGN, "http://127.0.0.1@evil.example{path}"),
    Host(_OWN, Verdict.FOREIGN, "http://127.0.0.1:{port}@evil.example{path}"),
    Host(_OWN, Verdict.FOREIGN, "http://2130706433{path}"),
    Host(_OWN, Verdict.FOREIGN, "http://[::ffff:127.0.0.1]{path}"),
    Host(("evil.example",), Verdict.FOREIGN, "http://127.0.0.1:{port}{path}"),
    Host(("evil.example",), Verdict.FOREIGN, "http://evil.example{path}"),
    Host(_OWN, Verdict.MALFORMED, "http:{path}"),
    Host(_OWN, Verdict.MALFORMED, "http://{path}"),
    Host(_OWN, Verdict.MALFORMED, "127.0.0.1:{port}"),
    Host(_OWN, Verdict.MALFORMED, version="2.0"),
    Host(_OWN, Verdict.MALFORMED, version="1.2"),
)

_OURS: Final = tuple(host for host in HOSTS if host.verdict is Verdict.PASSED)
"""Under which it depends on the rest."""

ORIGINS: Final[Sequence[tuple[str, ...]]] = (
    (),
    *(("http://{host}",), ("https://{host}",), ("HTTP://{host}",), ("http://{host}", "https://{host}")),
    *(
        ("null",),
        ("",),
        ("*",),
        ("http://evil.example",),
        ("https://evil.example:{port}",),
        ("http://evil.example:{port}",),
    ),
    *(("http://127.0.0.1",), ("http://127.0.0.1:1",), ("http://127.0.0.1:{port}",), ("http://localhost:{port}",)),
    *(("{host}",), ("//{host}",), ("ws://{host}",), ("file://",), ("chrome-extension://{host}",), ("http://{host}/",)),
    *(("http://{host}.evil.example",), ("http://a@{host}",), ("http://{host}@evil.example",), ("http://{host} ",)),
    *(("http://{host}, http://evil.example",), ("http://{host} http://evil.example",)),
    *(("http://{host}", "http://evil.example"), ("http://evil.example", "http://{host}")),
)

SITES: Final[Sequence[tuple[str, ...]]] = (
    (),
    *(("same-origin",), ("none",), ("Same-Origin",)),
    *(("same-site",), ("cross-site",), ("",), ("something new",), ("same-origin, cross-site",), ("?1",)),
    *(("none", "cross-site"), ("cross-site", "same-origin")),
)

MODES: Final = (None, "navigate", "cors", "no-cors", "same-origin", "websocket", "something new")
DESTINATIONS: Final = (
    *(None, "document", "empty", "iframe", "frame", "fencedframe", "embed", "object", "image", "script", "style"),
    *(
        "worker",
        "sharedworker",
        "serviceworker",
        "font",
        "audio",
        "video",
        "track",
        "manifest",
        "report",
        "xslt",
        "json",
    ),
)


class Question(NamedTuple):
    """One request of the table."""

    method: str
    path: str
    host: Host
    origins: tuple[str, ...]
    sites: tuple[str, ...]
    mode: str | None
    destination: str | None

    def verdict(self, port: int) -> Verdict:
        """Return what must become of it."""
        if self.host.verdict is not Verdict.PASSED:
            return self.host.verdict
        own = self._own(port).lower()
        if any(site.lower() not in {"same-origin", "none"} for site in self.sites):
            return Verdict.CROSS_ORIGIN
        told = [origin.lower().rstrip(" ") for origin in self._origins(port)]
        if any(origin not in {f"http://{own}", f"https://{own}"} for origin in told):
            return Verdict.CROSS_ORIGIN
        return Verdict.PASSED

    def ends(self, port: int) -> bool:
        """Return whether its answer must end the connection."""
        return self.host.version == "1.0" or self.verdict(port) is Verdict.MALFORMED

    def wire(self, port: int) -> bytes:
        """Return its bytes."""
        target = self.host.target.format(port=port, path=self.path)
        lines = [f"{self.method} {target} HTTP/{self.host.version}"]
        lines += [f"Host: {host.format(port=port)}" for host in self.host.hosts]
        lines += [f"Origin: {origin}" for origin in self._origins(port)]
        lines += [f"Sec-Fetch-Site: {site}" for site in self.sites]
        lines += [f"Sec-Fetch-Mode: {self.mode}"] if self.mode is not None else []
        lines += [f"Sec-Fetch-Dest: {self.destination}"] if self.destination is not None else []
        return "\r\n".join([*lines, "", ""]).encode()

    def _own(self, port: int) -> str:
        return self.host.hosts[0].format(port=port).strip(" \t") if self.host.hosts else "evil.example"

    def _origins(self, port: int) -> list[str]:
        return [origin.format(port=port, host=self._own(port)) for origin in self.origins]


def size_of_all(routes: Sequence[tuple[str, str]]) -> int:
    """Return how many there are."""
    pages = len(ORIGINS) * len(SITES)
    return len(routes) * len(HOSTS) * pages + len(_OURS) * pages * len(MODES) * len(DESTINATIONS)


def every(routes: Sequence[tuple[str, str]]) -> Iterator[Question]:
    """Yield all: each route with each host, origin and site; with those that are ours each mode and destination."""
    others = _turning([*product(MODES, DESTINATIONS)])
    for (method, path), host, origins, sites in product(routes, HOSTS, ORIGINS, SITES):
        yield Question(method, path, host, origins, sites, *next(others))
    ways = _turning(routes)
    for host, origins, sites, mode, destination in product(_OURS, ORIGINS, SITES, MODES, DESTINATIONS):
        yield Question(*next(ways), host, origins, sites, mode, destination)


def some(routes: Sequence[tuple[str, str]], count: int) -> Iterator[Question]:
    """Yield every route with every host, and so many further ones, the same each time; every value is among them."""
    origins, sites = _turning(ORIGINS), _turning(SITES)
    modes, destinations = _turning(MODES), _turning(DESTINATIONS)
    ways, ours = _turning(routes), _turning(_OURS)

    def question(way: tuple[str, str], host: Host) -> Question:
        return Question(*way, host, next(origins), next(sites), next(modes), next(destinations))

    yield from (question(way, host) for way, host in product(routes, HOSTS))
    yield from (question(next(ways), next(ours)) for _ in range(count))


def _turning(values: Sequence[T]) -> Iterator[T]:
    """Yield the values in turns, each turn in another order, so that no two axes go in step."""
    chance = random.Random(len(values))  # noqa: S311 - a choice, no secret
    while True:
        yield from chance.sample(values, len(values))
