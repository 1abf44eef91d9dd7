from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import CookieUnreadableError
from domain.paste import read_cookie
from tests.domain import pastes
from tests.domain.pastes import Pairs, curl, joined

BASH_GAPS = [" ", " \\\n  ", " \\\r\n  "]
CMD_GAPS = [" ", " ^\n  ", " ^\r\n  "]

shells = st.one_of(
    st.tuples(
        st.sampled_from([pastes.bash_chrome, pastes.bash_ansi_bytes, pastes.bash_broken_quotes]),
        st.sampled_from(BASH_GAPS),
    ),
    st.tuples(st.sampled_from([pastes.cmd_new, pastes.cmd_middle]), st.sampled_from(CMD_GAPS)),
)


@given(shells, pastes.pairs, st.sampled_from(["-b", "--cookie"]))
def test_the_option_of_a_cookie_is_read(shell: tuple[Callable[[str], str], str], cookie: Pairs, option: str) -> None:
    assert read_cookie(curl(*shell, option, joined(cookie))) == joined(cookie)


@given(shells, pastes.pairs, st.sampled_from(["-H", "--header"]), st.sampled_from(["cookie: ", "Cookie: ", "COOKIE:"]))
def test_the_header_of_a_cookie_is_read(
    shell: tuple[Callable[[str], str], str], cookie: Pairs, option: str, title: str
) -> None:
    assert read_cookie(curl(*shell, option, title + joined(cookie))) == joined(cookie)


@given(pastes.pairs)
def test_the_oldest_form_for_windows_is_read(cookie: Pairs) -> None:
    plain = [(name.replace("^", ""), value.replace("^", "")) for name, value in [("n", "v"), *cookie]]
    assert read_cookie(curl(pastes.cmd_oldest, " ", "-H", f"Cookie: {joined(plain)}")) == joined(plain)


@pytest.mark.parametrize(
    "words", [["-ba=1; b=2"], ["--cookie=a=1; b=2"], ["-HCookie: a=1; b=2"], ["--header=cookie:a=1; b=2"]]
)
def test_an_option_joined_to_its_value_is_read(words: list[str]) -> None:
    assert read_cookie("curl https://x.test " + " ".join(pastes.bash_chrome(word) for word in words)) == "a=1; b=2"


def test_several_cookies_of_one_command_are_joined() -> None:
    text = "curl 'https://x.test' -H 'cookie: a=1' -H 'x: y' -H 'cookie: b=2' -b 'c=3' -b 'c=3'"
    assert read_cookie(text) == "a=1; b=2; c=3"


def test_the_name_of_a_cookie_file_is_no_cookie() -> None:
    assert read_cookie("curl 'https://x.test' -b cookies.txt -b 'a=1'") == "a=1"


@pytest.mark.parametrize("between", [" ;\n", "; ", "\n", " & "])
def test_of_several_commands_the_one_to_the_relay_counts(between: str) -> None:
    commands = [
        "curl 'https://other.test/?u=aicodemirror.com' -b 'a=1'",
        "curl 'https://www.aicodemirror.com/logo.png' -H 'accept: */*'",
        "curl 'https://www.aicodemirror.com/api' -b 'b=2'",
    ]
    assert read_cookie(between.join(commands)) == "b=2"


def test_of_several_windows_commands_the_one_to_the_relay_counts() -> None:
    commands = [
        "curl " + pastes.cmd_new("https://other.test/?a=1&b=2") + " ^\r\n  -b " + pastes.cmd_new("a=1&2"),
        "curl " + pastes.cmd_new("https://www.aicodemirror.com/?a=1&b=2") + " ^\r\n  -b " + pastes.cmd_new("b=3&4"),
    ]
    assert read_cookie(" &\r\n".join(commands)) == "b=3&4"


def test_without_one_to_the_relay_the_first_with_a_cookie_counts() -> None:
    assert read_cookie("curl 'https://x.test'; curl 'https://y.test' -b 'a=1'; curl 'https://z.test' -b b=2") == "a=1"


@pytest.mark.parametrize(
    "piece",
    [
        "-H 'cookie: a=1; b=2' \\",
        "-b 'a=1; b=2' \\\n",
        '-b ^"a=1; b=2^" ^',
        "curl.exe 'https://x' -b 'a=1; b=2'",
        "$ curl 'https://x' -b 'a=1; b=2'",
    ],
)
def test_a_piece_of_a_command_is_read(piece: str) -> None:
    assert read_cookie(piece) == "a=1; b=2"


@pytest.mark.parametrize(
    ("quoted", "read"),
    [
        ("$'a=\\xe9'", "a=%C3%A9"),
        ("$'a=\\u540d'", "a=%E5%90%8D"),
        ("$'a=\\U0001F600'", "a=%F0%9F%98%80"),
        ("$'a=\\ud83d\\ude00'", "a=%F0%9F%98%80"),
        ("$'a=\\U7fffffff1'", "a=1"),
        ("$'a=\\n\\r\\t\\a1\\cA2'", "a=12"),
        ("$'a=\\101\\?\\q'", "a=A?\\q"),
        ('"a=\\"1\\$ \\x"', 'a="1$ \\x'),
        ("a=1\\ 2", "a=1 2"),
        ("a=$1", "a=$1"),
        ("'a=1'\\\n'2'", "a=12"),
    ],
)
def test_bash_quoting_is_undone(quoted: str, read: str) -> None:
    assert read_cookie(f"curl 'https://x.test' \\\n -b {quoted}") == read


def test_double_quotes_are_those_of_bash_where_lines_go_on_as_in_bash() -> None:
    assert read_cookie('curl "https://x.test" \\\n -H "cookie: a=\\$1^"') == "a=$1^"


def test_a_continued_line_is_no_word() -> None:
    assert read_cookie("curl 'https://x.test' -b \\\n 'a=1'") == "a=1"


def test_single_quotes_beside_double_ones_are_taken_without_a_word_about_the_shell() -> None:
    assert read_cookie("curl \"https://x.test\" -H 'Cookie: a=1; b=2'") == "a=1; b=2"


@pytest.mark.parametrize(
    "cut", ["curl 'https://x' -b 'a=1", 'curl ^"https://x^" -b ^"a=1', "curl 'https://x' -b $'a=1\\'"]
)
def test_a_command_that_is_cut_off_is_unreadable(cut: str) -> None:
    with pytest.raises(CookieUnreadableError, match="cut off"):
        read_cookie(cut)


@pytest.mark.parametrize(
    "text", ["curl 'https://x.test/?a=b' -H 'accept: a=b'", "curl https://x.test -H", "curl https://x.test -b"]
)
def test_a_command_without_a_cookie_is_unreadable(text: str) -> None:
    with pytest.raises(CookieUnreadableError, match="without a cookie"):
        read_cookie(text)
