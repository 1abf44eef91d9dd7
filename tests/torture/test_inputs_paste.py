"""Whatever is pasted becomes one header value that keeps the contract, or a sentence, in one look at each character."""

import re
import time
from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

from domain.cookie import MAX_HEADER_BYTES, names
from domain.errors import CookieUnreadableError
from domain.paste import read_cookie
from tests.domain import pastes
from tests.torture.inputs import throw
from tests.torture.oddities import TEXTS, a_little_off, texts, to_bytes

BODY_CHARACTERS: Final = 512 * 1024
PRINTABLE: Final = re.compile(r"[\x20-\x7e]*")

odd_pairs: Final = st.lists(st.tuples(texts, texts), min_size=1, max_size=4)
forms: Final = st.one_of(
    pastes.header_values(),
    *(
        st.one_of(pastes.pairs, odd_pairs).map(form)
        for form in (pastes.joined, pastes.extension_json, pastes.cookies_txt, pastes.storage_rows)
    ),
    st.builds(
        lambda quote, gap, cookie: pastes.curl(quote, gap, "-b", pastes.joined(cookie)),
        st.sampled_from([pastes.bash_chrome, pastes.bash_ansi_bytes, pastes.bash_broken_quotes, pastes.cmd_new]),
        st.sampled_from([" ", " \\\n  ", " ^\r\n  "]),
        st.one_of(pastes.pairs, odd_pairs),
    ),
    st.one_of(pastes.pairs, odd_pairs).map(lambda cookie: f"GET / HTTP/2\nCookie: {pastes.joined(cookie)}\nDNT: 1\n"),
    texts,
)


def read(paste: str) -> str | None:
    """Return what a paste becomes, None where it is refused; fail where neither is as promised."""
    try:
        value = read_cookie(paste)
    except CookieUnreadableError as error:
        assert error.field == "cookie"  # noqa: PT017 - either outcome is right
        return None
    assert PRINTABLE.fullmatch(value)
    assert value == value.strip()
    assert 0 < len(value) <= MAX_HEADER_BYTES
    assert names(value)
    return value


def test_a_paste_becomes_a_header_value_or_is_refused(
    count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    def check(pasted: bytes) -> None:
        read(pasted.decode("utf-8", "surrogateescape"))

    began_s = time.monotonic()
    throw(st.one_of(forms.map(to_bytes), a_little_off(forms.map(to_bytes))), count("inputs"), check)
    figure("cookie pastes", f"{count('inputs')} in {time.monotonic() - began_s:.0f} s")


def test_a_header_value_stays_as_it_is_byte_for_byte(
    count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    def check(value: str) -> None:
        assert read(value) == value

    throw(pastes.header_values(), count("inputs"), check)
    figure("header values pasted as they are", count("inputs"))


BEGINNINGS: Final = (
    *(
        "",
        "Cookie:",
        "cookie:\n",
        "curl 'http://x' ",
        'curl ^"http://x^" ',
        "-b ",
        "[{",
        '{"a":',
        '[{"name":"a","value":"',
    ),
    *(
        "GET / HTTP/1.1\n",
        ":authority\n",
        "# Netscape HTTP Cookie File\n",
        ".a.b\tTRUE\t/\tTRUE\t0\t",
        "a\tb\n",
        "a=1; ",
        "<",
    ),
    *("$x = New-Object ", "fetch(", "https://", "$'", '"', "'", "curl -H $'cookie: ", 'curl "http://x" -H "cookie: '),
)
UNITS: Final = (
    *(
        " ",
        "\t",
        "\n",
        "\r\n",
        " \n",
        "\n ",
        "a",
        "A ",
        "a=1;",
        "; ",
        "=",
        ";",
        '"',
        "'",
        "\\",
        "\\\n",
        "\\'",
        '\\"',
        '""',
        "''",
    ),
    *(
        "^",
        "^\n",
        "^\r\n",
        "%^",
        "$",
        "$'",
        "$'a'",
        "-H ",
        "-b a=1 ",
        "-H 'cookie: a=1' ",
        "&",
        "|",
        "&&curl ",
        "\ncurl -b a=1",
    ),
    *(
        "cookie:\n",
        "cookie: a=1\n",
        "cookie\na=1\n",
        "a: b\n",
        ":a\n",
        "a\n",
        "a\tb\n",
        "\t\t",
        "#HttpOnly_",
        "a\tTRUE\t/\tTRUE\t0\t",
    ),
    *(
        "a TRUE / TRUE 0 ",
        ". ",
        "TRUE\t",
        "0.",
        "[",
        "{",
        '{"":',
        "[[",
        "]",
        '{"name":"a","value":"1"},',
        "\\u0041",
        "\ud800",
        "é",
    ),
    *(
        "\ufeff",
        "\u200b",
        "\u3000",
        "\x00",
        "aicodemirror.com",
        ".aicodemirror.com",
        "https://",
        "HTTP/",
        "A HTTP/",
        "x=",
    ),
)


def test_a_paste_as_long_as_a_body_is_looked_at_once(
    count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    slowest: list[tuple[float, str]] = [(0.0, "")]

    def check(made_up: tuple[str, list[str], str]) -> None:
        begin, units, end = made_up
        unit = "".join(units)
        paste = begin + unit * ((BODY_CHARACTERS - len(begin)) // len(unit)) + end
        began_s = time.thread_time()
        read(paste)
        slowest[0] = max(slowest[0], (time.thread_time() - began_s, f"{begin!r} {unit!r} {end!r}"))

    units = st.lists(st.sampled_from([unit for unit in (*UNITS, *TEXTS) if unit]), min_size=1, max_size=3)
    ends = st.sampled_from(("", "x", "=1", '"', "'", "\n"))
    throw(st.tuples(st.sampled_from(BEGINNINGS), units, ends), max(10, count("inputs") // 200), check)
    figure("longest look at 512 KiB of a paste", f"{slowest[0][0]:.2f} s at {slowest[0][1]}")
