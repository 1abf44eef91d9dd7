import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.paste import read_cookie
from tests.domain import pastes
from tests.domain.pastes import Pairs, joined


@given(pastes.pairs, st.sampled_from(["\n", "\r\n"]))
def test_a_cookies_txt_is_read(cookie: Pairs, end: str) -> None:
    assert read_cookie(pastes.cookies_txt(cookie).replace("\n", end)) == joined(cookie)


@given(pastes.pairs)
def test_a_cookies_txt_whose_tabs_became_spaces_is_read(cookie: Pairs) -> None:
    assert read_cookie(pastes.cookies_txt(cookie).replace("\t", "    ")) == joined(cookie)


@given(pastes.pairs)
def test_rows_of_the_storage_table_are_read(cookie: Pairs) -> None:
    assert read_cookie(pastes.storage_rows(cookie)) == joined(cookie)


@pytest.mark.parametrize("titles", ["Name\tPath\tDomain\tExpires\tValue", "名称\t路径\tDomain\tExpires\t值"])
@given(cookie=pastes.pairs)
def test_titles_say_in_which_columns_things_stand(titles: str, cookie: Pairs) -> None:
    rows = [f"{name}\t/\t.aicodemirror.com\tSession\t{value}" for name, value in cookie]
    assert read_cookie("\n".join([titles, *rows])) == joined(cookie)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\t1\nb\t2", "a=1; b=2"),
        ("curl\t-b\t\t/\n-b\thttp", "curl=-b; -b=http"),
        ("a\t\t.aicodemirror.com\t/", "a="),
        ("a\t1\n\n\nb\t2\n", "a=1; b=2"),
        ("Name\tValue\na\t1\n\t2\nb\t", "a=1; b="),
    ],
)
def test_short_rows_are_read(text: str, read: str) -> None:
    assert read_cookie(text) == read
