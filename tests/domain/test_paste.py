import secrets
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cookie import MAX_HEADER_BYTES, names
from domain.errors import CookieUnreadableError
from domain.paste import MAX_PASTE_CHARACTERS, read_cookie
from tests.domain.pastes import PRINTABLE, header_values, values

LOOKALIKES = [
    "curl=https://x; b=-H 'cookie: c=d'",
    "cookie=curl -b 'x=y'",
    'prefs={"cookies":[{"name":"a","value":"b"}]}; x=[1]',
    'list=[{"name":"a"}]',
    "Cookie=1; Set-Cookie=2",
    "http=//example.test/?a=b",
    "a=Cookie: b=c",
    "a=.aicodemirror.com TRUE / TRUE 0 name value",
    "a=<html>; b=%3Chtml%3E",
    'q="x, y"; r=a==; s=a+b/c=',
    "-b=1; -H=2",
    "a=1; cookie=2",
]

UNREADABLE = [
    "",
    "   \r\n\t ",
    "\ufeff",
    "eyJhbGciOiJIUzI1NiJ9",
    "; ; ;",
    "=value only",
    "<!DOCTYPE html><html lang='en'></html>",
    "https://www.aicodemirror.com/dashboard?tab=usage",
    "await fetch('https://www.aicodemirror.com/', {headers: {cookie: 'a=b'}})",
    '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "x=y"',
    "Referer: https://x.test/?a=b",
    "Set-Cookie: a=b; Path=/",
    "GET /?a=b HTTP/1.1\r\nHost: x.test\r\n\r\n",
    "curl 'https://x.test/?a=b'",
    "curl 'https://x.test/' -b 'a=b",
    "[]",
    "{}",
    '{"name": "a", "value": "b=c"',
    '[{"name": null}]',
    "[" * 100_000,
    '{"a":' * 100_000,
    "Name\tValue\tDomain",
]


@given(header_values())
def test_a_header_value_stays_as_it_is_byte_for_byte(text: str) -> None:
    assert read_cookie(text) == text


@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_header_value_that_looks_like_something_else_stays_as_it_is(text: str) -> None:
    assert read_cookie(text) == text


@given(header_values(), st.text(" \t\r\n\u00a0\ufeff\u3000", max_size=4), st.text(" \t\r\n\u200b", max_size=4))
def test_white_space_at_its_ends_goes(text: str, before: str, after: str) -> None:
    assert read_cookie(before.replace("\ufeff", "") + text + after.replace("\u200b", "")) == text


@given(header_values())
def test_a_byte_order_mark_goes(text: str) -> None:
    assert read_cookie(f"\ufeff{text}") == text


@given(header_values(), st.data())
def test_a_wrapped_line_is_whole_again(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    lines = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert read_cookie(data.draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)) == text


@pytest.mark.parametrize("wrapped", ["a=1;\ncookie\n=2", "cookie\n=2; a=1", "a\n=1;b=\ncookie\n=2"])
def test_a_wrapped_line_with_a_cookie_called_cookie_is_whole_again(wrapped: str) -> None:
    assert read_cookie(wrapped) == wrapped.replace("\n", "")


@given(header_values(), st.sampled_from("\0\x01\v\f\x1b\x7f\x85\u2028\u2029"), st.data())
def test_a_control_character_goes(text: str, control: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert read_cookie(text[:at] + control + text[at:]) == text


@pytest.mark.parametrize(
    ("pasted", "sent"),
    [
        ("名=值", "%E5%90%8D=%E5%80%BC"),
        ("a=é%C3%A9", "a=%C3%A9%C3%A9"),
        ("a=\U0001f600", "a=%F0%9F%98%80"),
        ("a=\ud83d\ude00", "a=%F0%9F%98%80"),
        ("a=\ud83d", "a=%EF%BF%BD"),
        ("a=\ude00\ud83db", "a=%EF%BF%BD%EF%BF%BDb"),
    ],
)
def test_what_is_not_ascii_is_percent_encoded_as_utf8(pasted: str, sent: str) -> None:
    assert read_cookie(pasted) == sent


@given(
    st.sampled_from(
        ["", "Cookie: a=", "curl 'x' -b 'a=", 'curl ^"', '[{"name":"a","value":"', '{"', "a\tb", "GET / HTTP/1.1\n"]
    ),
    st.text(st.characters() | st.sampled_from("\"'\\^%;=\t\n$&-:{}[],"), max_size=60),
)
def test_any_text_is_either_a_printable_header_value_or_unreadable(start: str, rest: str) -> None:
    try:
        text = read_cookie(start + rest)
    except CookieUnreadableError:
        return
    assert set(text) <= set(PRINTABLE)
    assert text == text.strip()
    assert names(text)
    assert len(text) <= MAX_HEADER_BYTES


@given(header_values())
def test_what_was_read_reads_as_itself(text: str) -> None:
    assert read_cookie(read_cookie(text)) == read_cookie(text)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_holds_no_pair_is_unreadable(text: str) -> None:
    with pytest.raises(CookieUnreadableError) as caught:
        read_cookie(text)
    assert caught.value.field == "cookie"
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "start", ["", "Cookie: ", "curl 'https://x.test/' -b '", '[{"name":"', '{"', "a=", "\t", "<p a="]
)
def test_the_error_holds_nothing_of_the_paste(start: str) -> None:
    secret = "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(200))
    with pytest.raises(CookieUnreadableError) as caught:
        read_cookie(f"{start}{secret * 100}")
    told = repr(caught.value) + str(caught.value) + repr(caught.value.__cause__) + repr(vars(caught.value))
    assert not any(secret[at : at + 6] in told for at in range(195))
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("value", ["Q2FuYXJ5N2YzYTljNWIxZTJkODg0Ng==", "eyJzdWIiOiJDYW5hcnk3ZjNhOWM1In0="])
def test_a_value_without_its_name_is_unreadable_for_it_would_be_shown_as_one(value: str) -> None:
    with pytest.raises(CookieUnreadableError, match="but not its name"):
        read_cookie(value)
    assert read_cookie(f"session={value}") == f"session={value}"


def test_a_cookie_of_sixteen_kibibytes_is_taken() -> None:
    text = "a=" + "x" * (MAX_HEADER_BYTES - 2)
    assert read_cookie(text) == text


@pytest.mark.parametrize("text", ["a=" + "x" * (MAX_HEADER_BYTES - 1), "a=" + "é" * 3000])
def test_a_longer_one_is_unreadable(text: str) -> None:
    with pytest.raises(CookieUnreadableError, match="16 KiB"):
        read_cookie(text)


def test_a_paste_of_more_than_a_million_characters_is_not_looked_at() -> None:
    with pytest.raises(CookieUnreadableError, match="million"):
        read_cookie("a=b" + " " * MAX_PASTE_CHARACTERS)


@given(values)
def test_an_empty_name_beside_a_pair_does_no_harm(value: str) -> None:
    assert read_cookie(f"a=b; ={value}") == f"a=b; ={value}"
