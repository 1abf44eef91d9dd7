"""However it is started, it runs, or ends with 1 or 2 and a sentence: no traceback, and no secret in what it says."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import strategies as st

from domain.errors import StartError
from launch.options import read_options
from poller.client import RelayClient
from tests.e2e.program import FROZEN, LISTENING, Program
from tests.torture.inputs import throw
from tests.torture.oddities import texts

SECRET: Final = "sk-invented-a6f1c2"  # noqa: S105 - what is looked for afterwards
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "host": (
        "127.0.0.1",
        "::1",
        "[::1]",
        "localhost",
        "LOCALHOST.",
        "192.0.2.1",
        "::1%lo",
        "127.1",
        "::ffff:127.0.0.1",
        "\u0661\u0662\u0667.\u0660.\u0660.\u0661",
    ),
    "port": ("0", "8080", "65535", "65536", "-1", "٣", "08080", "1" * 5_000, "0x50", "80 "),
    "data-dir": ("/tmp", "~", "~nobody-of-that-name", "relative", "x" * 5_000, "\udcff", "a\nb", "\\\\?\\C:\\", "."),  # noqa: S108 - nothing is written there
    "upstream": (
        *(
            "https://relay.example",
            "http://relay.example:8000/base/",
            "http://[::1]:80",
            "http://[",
            "https://中转.example",
        ),
        *(
            "http://relay.example:99999",
            "ftp://relay.example",
            "https://user:" + SECRET + "@relay.example",
            "http://\u2100",
        ),
        *(
            "http://relay.example?x",
            "http://relay.example#x",
            "http:// relay",
            "HTTP://RELAY.EXAMPLE",
            "http://" + "a" * 300,
        ),
    ),
    "allow-host": ("ccurve.home", "ccurve.home.", "a" * 300, "*", "http://x", "x:1", "-x", "é", "a..b", ""),
    "access-key": (SECRET, SECRET + "\n", "", "short", "é" + SECRET, SECRET * 500),
    "log-level": ("debug", "info", "warning", "error", "DEBUG", "critical", "20"),
}
NAMES: Final = {"allow-host": "CCURVE_ALLOW_HOSTS"}
SWITCHES: Final = (
    "--no-browser",
    "--demo",
    "--version",
    "--help",
    "-h",
    "--",
    "--unknown",
    "--no-browser=1",
    "-x",
    "x",
)

values: Final = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), st.one_of(st.sampled_from(VALUES[name]), texts))
)


@st.composite
def arguments(draw: st.DrawFn) -> list[str]:
    words: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.integers(0, 4)) == 0:
            words.append(draw(st.one_of(st.sampled_from(SWITCHES), texts)))
        else:
            name, value = draw(values)
            words += [f"--{name}", value] if draw(st.booleans()) else [f"--{name}={value}"]
    return words


@st.composite
def environments(draw: st.DrawFn) -> dict[str, str]:
    told = {
        NAMES.get(name, f"CCURVE_{name.upper().replace('-', '_')}"): value
        for name, value in draw(st.lists(values, max_size=3))
    }
    for name in ("CCURVE_NO_BROWSER", "CCURVE_DEMO"):
        if draw(st.integers(0, 3)) == 0:
            told[name] = draw(st.one_of(st.sampled_from(["1", "0", "yes", "OFF", "2", ""]), texts))
    return told


def test_options_are_taken_or_refused(count: Callable[[str], int], figure: Callable[[str, object], None]) -> None:
    def check(made_up: tuple[list[str], dict[str, str]]) -> None:
        words, environment = made_up
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                options = read_options(words, environment)
            except SystemExit as end:
                assert end.code in (0, 2)  # noqa: PT017 - either outcome is right
                assert SECRET not in said.getvalue()
                return
            except StartError:
                return
        assert options.port is None or 0 <= options.port <= 65_535
        assert options.data_dir.is_absolute()
        RelayClient(options.upstream)  # whatever passed is taken where it is used

    throw(st.tuples(arguments(), environments()), count("inputs"), check)
    figure("options and environments", count("inputs"))


ODD_ENVIRONMENT: Final[dict[str, tuple[str, ...]]] = {
    "TZ": ("", "UTC", "Nowhere/Land", ":/etc/passwd", "XXX-99:99:99", "x" * 5_000, "\udcff", "EST5EDT,M3.2.0,M11.1.0"),
    "LANG": ("C", "zh_CN.GB18030", "xx_YY.nonsense", "\udcff"),
    "LC_ALL": ("C", "POSIX", "tr_TR.UTF-8", "\udcff\udcfe"),
    "HOME": ("", "/nonexistent", "/dev/null", "relative", "\udcff", "x" * 5_000),
    "XDG_DATA_HOME": ("relative", "/dev/null", "\udcff", "/proc"),
    "TMPDIR": ("/nonexistent", "/dev/null"),
    "COLUMNS": ("0", "-5", "1", "x", "9" * 30),
    "NO_COLOR": ("1",),
    "TERM": ("dumb", "\udcff"),
    "HTTP_PROXY": ("garbage", "http://", "http://[", "socks9://x", "http://user:" + SECRET + "@127.0.0.1:1", "\udcff"),
    "HTTPS_PROXY": ("garbage", "socks5h://127.0.0.1:99999", "http://é"),
    "ALL_PROXY": ("garbage", "http://127.0.0.1:x"),
    "NO_PROXY": ("*", ",,,", "[", "\udcff"),
    "SSL_CERT_FILE": ("/nonexistent", "/dev/null", "/", "\udcff"),
    "REQUESTS_CA_BUNDLE": ("/nonexistent", "/etc/passwd"),
    "SSLKEYLOGFILE": ("/nonexistent/x",),
    "BROWSER": ("true", "/nonexistent %s", "\udcff"),
    "DISPLAY": (":99",),
    "NETRC": ("/dev/null",),
    "SYSTEMD_EXEC_PID": ("x", "1"),
    "NOTIFY_SOCKET": ("/nonexistent",),
}


@st.composite
def odd_environments(draw: st.DrawFn) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(sorted(ODD_ENVIRONMENT)), max_size=4, unique=True))
    odd = {name: draw(st.sampled_from(ODD_ENVIRONMENT[name])) for name in names}
    return {
        **odd,
        **{name: text for name, text in draw(environments()).items() if "\0" not in text and text.isprintable()},
    }


@pytest.mark.skipif(FROZEN is not None, reason="starts it many times, which a frozen file takes its time for")
async def test_the_program_runs_or_says_why_not(
    count: Callable[[str], int], figure: Callable[[str, object], None], tmp_path: Path
) -> None:
    starts = max(5, min(300, count("inputs") // 100))
    outcomes: dict[int | str, int] = {}
    for number, environment in enumerate(samples(odd_environments(), starts)):
        environment.pop("CCURVE_DATA_DIR", None)
        # On a port of its own, and below a directory of its own: what is odd elsewhere is odd enough.
        words = ("--port", "0")
        program = await Program.started(*words, data_dir=tmp_path / str(number), **environment)
        outcome: int | str = "ran"
        if LISTENING.fullmatch(await program.first_line()):
            assert await program.stop() == 0, environment
        else:
            outcome = await program.ended()
            assert outcome in (1, 2), (environment, program.errors)
            assert program.errors.strip(), environment
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        said = program.output + program.errors
        assert "Traceback" not in said, (environment, said)
        assert SECRET not in said, environment
    figure(
        "starts in odd environments, by exit status",
        ", ".join(f"{how}: {times}" for how, times in sorted(outcomes.items(), key=str)),
    )


def samples(strategy: st.SearchStrategy[dict[str, str]], count: int) -> list[dict[str, str]]:
    """Return that many of what a strategy draws: starting the program within one would start it again to shrink."""
    drawn: list[dict[str, str]] = []
    throw(strategy, count, drawn.append)
    return drawn
