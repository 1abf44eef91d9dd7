"""What people are shown of a text of somebody else's holds no value of the cookie, nor what looks like one."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.redaction import MOST_CHARACTERS, hiding_secrets, looks_secret, redacted

VALUE = "Zm9v+canary/7f3a9c5b1e2d=="
PAIR = f"session={VALUE}; theme=dark"


@pytest.mark.parametrize(
    "quoted",
    [
        VALUE,
        PAIR,
        quote(VALUE, safe=""),
        quote(VALUE, safe="").lower(),
        VALUE.lower(),
        json.dumps(PAIR),
        f'"{VALUE}"',
        base64.b64encode(VALUE.encode()).decode(),
        VALUE.encode().hex(),
        f"Cookie: {PAIR}",
        f"Set-Cookie: session={VALUE}; Path=/",
    ],
)
def test_a_value_of_the_cookie_is_hidden_however_it_is_quoted(quoted: str) -> None:
    shown = redacted(f"Who is {quoted} and why", PAIR)
    assert shown.startswith("Who is ")
    assert "canary" not in shown.lower()
    assert "7f3a9c" not in shown
    assert "[redacted]" in shown


def test_a_value_that_was_stored_in_its_encoded_form_is_hidden_in_the_plain_one_too() -> None:
    assert redacted("no { a: 1 } here", "state=%7B%20a%3A%201%20%7D") == "no [redacted] here"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abc.def",
        "Basic bWU6c2VjcmV0",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "sessionid=abc123",
        '"access_token": "abc123"',
        "somebody@example.com",
        "3f2b8c1e-9d4a-4b6f-8e2a-1c5d7f9b0a3e",
        "9f86d081884c7d659a2feaa0c55ad015",
    ],
)
def test_what_looks_like_a_credential_is_hidden_whoever_it_belongs_to(text: str) -> None:
    shown = redacted(f"It is {text} that was sent", "a=1")
    assert shown.startswith("It is ")
    assert not set(text.split()) & set(shown.split()) - {"Authorization:"}


@pytest.mark.parametrize(
    "text",
    [
        "Too many requests. Try again in 30 seconds.",
        "积分不足，请充值后再试。",  # noqa: RUF001 - as people write it
        "model claude-sonnet-4-5-20250929 is overloaded (status 529)",
        "the upstream anthropic.claude-3-5-sonnet-20241022-v2:0 timed out after 60s",
        "see /api/user/usage/chart for the dark side",
    ],
)
def test_plain_words_pass_as_they_are(text: str) -> None:
    assert redacted(text, PAIR) == text


def test_what_is_shown_is_one_line_without_marks_that_a_terminal_or_a_page_would_obey() -> None:
    assert redacted(" one\r\ntwo\x1b[31m\x00three\u202efour\u2028five\ud800 ", "a=1") == "one two [31m three four five"


def test_what_is_shown_is_cut_behind_what_is_hidden() -> None:
    shown = redacted("word " * 100 + VALUE, PAIR)
    assert len(shown) <= MOST_CHARACTERS
    assert shown.endswith("…")


@given(st.text(max_size=300), st.text('abcXYZ012+/=%"\\ -_', min_size=6, max_size=60), st.text(max_size=300))
def test_no_value_of_six_characters_or_more_is_ever_shown(before: str, value: str, after: str) -> None:
    if len(value.strip().strip('"')) < 6 or value.strip() in "[redacted]":
        return
    assert value.strip() not in redacted(before + value.strip() + after, f"session={value}")


def test_the_name_of_a_model_loses_the_cookies_secrets_and_nothing_else() -> None:
    assert hiding_secrets(PAIR)(f"claude {VALUE}") == "claude [redacted]"
    chosen = "model=claude-sonnet-4-5-20250929; theme=dark; id=11048661"
    assert hiding_secrets(chosen)("claude-sonnet-4-5-20250929") == "claude-sonnet-4-5-20250929"
    assert hiding_secrets(chosen)("dark-11048661") == "dark-11048661"


@pytest.mark.parametrize("text", ["claude-sonnet-4-5-20250929", "next-auth.session-token.0", "zh-CN", "1724821200000"])
def test_names_and_numbers_do_not_look_secret(text: str) -> None:
    assert not looks_secret(text)


@pytest.mark.parametrize("part", ["-", "a-", "A-a", "a", "session"])
def test_what_nearly_is_a_secret_is_looked_at_once_however_long_it_is(part: str) -> None:
    """Looked at from each of its characters, as it once was, this would take a day."""
    assert looks_secret(part * 1_000_000) == (part in ("a", "session"))
