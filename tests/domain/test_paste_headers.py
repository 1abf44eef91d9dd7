import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import CookieUnreadableError
from domain.paste import read_cookie
from tests.domain.pastes import header_values


@given(
    header_values(), st.sampled_from(["Cookie: ", "cookie:", "COOKIE:   ", " Cookie : ", "Cookie\uff1a", "cookie:\n"])
)
def test_a_cookie_line_is_read_byte_for_byte(text: str, title: str) -> None:
    assert read_cookie(title + text) == text


@given(header_values(), st.sampled_from(["\n", "\r\n"]))
def test_the_cookie_line_of_a_whole_request_is_read(text: str, end: str) -> None:
    lines = ["GET /api/user/usage?a=b HTTP/2", "Host: www.aicodemirror.com", f"Cookie: {text}", "DNT: 1", "", "body=1"]
    assert read_cookie(end.join(lines)) == text


@given(header_values())
def test_headers_with_values_below_their_names_are_read(text: str) -> None:
    assert read_cookie(f":authority:\nwww.aicodemirror.com\naccept:\n*/*;q=1\ncookie:\n{text}\ndnt:\n1") == text


@given(header_values())
def test_headers_with_values_below_their_bare_names_are_read(text: str) -> None:
    assert read_cookie(f":authority\nwww.aicodemirror.com\naccept\n*/*;q=1\ncookie\n{text}\ndnt\n1") == text


@given(header_values(), st.data())
def test_a_wrapped_cookie_line_is_whole_again(text: str, data: st.DataObject) -> None:
    text = text.replace(":", "")  # a piece such as "a:" would be the next header
    cut = data.draw(st.integers(1, len(text)))
    assert read_cookie(f"Host: x.test\nCookie: {text[:cut]}\n{text[cut:]}\nDNT: 1") == text


def test_several_cookie_lines_are_joined() -> None:
    assert read_cookie(":method: GET\ncookie: a=1\ncookie: b=2\ncookie:c=3\naccept: */*") == "a=1; b=2; c=3"


def test_the_request_counts_where_the_answer_is_there_too() -> None:
    assert read_cookie("HTTP/1.1 200 OK\nSet-Cookie: z=9; Path=/\n\nGET / HTTP/1.1\nCookie: a=1\nHost: x") == "a=1"


@pytest.mark.parametrize(
    "text",
    [
        "Accept: text/html;q=0.9\nHost: x.test",
        "Set-Cookie: a=1; Path=/",
        "GET /?a=b HTTP/1.1\nHost: x.test",
        "HTTP/1.1 200 OK\nETag: W/a=b",
        ":authority\nx.test\naccept\n*/*;q=1",
        "Cookie:\nAccept: a=b",
    ],
)
def test_headers_without_a_cookie_are_unreadable(text: str) -> None:
    with pytest.raises(CookieUnreadableError, match="without a Cookie line"):
        read_cookie(text)


@pytest.mark.parametrize("begin", ["Cookie:", "Cookie: \n \n", "Cookie:\nx"])
def test_any_number_of_empty_lines_is_looked_at_once(begin: str) -> None:
    # Each of them looked at all before it, once: as many as a body holds held everything up for an hour.
    with pytest.raises(CookieUnreadableError):
        read_cookie(begin + "\n" * 500_000 + "x")
