import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cursor import MAX_SEQUENCE, Cursor, cursor_from_text


@given(st.from_regex(r"[0-9a-z]{1,40}", fullmatch=True), st.integers(0, MAX_SEQUENCE))
def test_a_cursor_reads_back_what_it_wrote(store_id: str, sequence: int) -> None:
    cursor = Cursor(store_id, sequence)
    assert cursor_from_text(cursor.text) == cursor


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "abc", "abc-", "-1", "abc--1", "abc-+1", "abc-01", "abc-1 ", " abc-1", "abc-1\n", "ABC-1"),
        *("abc-1.0", "abc-1e3", "abc-\u0661", "a b-1", "a-b-1", "é-1", f"abc-{MAX_SEQUENCE + 1}", "a" * 41 + "-1"),
    ],
)
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert cursor_from_text(text) is None


@given(st.text())
def test_any_text_is_a_cursor_in_one_spelling_or_none(text: str) -> None:
    cursor = cursor_from_text(text)
    assert cursor is None or cursor.text == text
