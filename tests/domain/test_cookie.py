import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cookie import MAX_HEADER_BYTES, names, rotated
from domain.paste import read_cookie
from tests.domain import pastes
from tests.domain.pastes import header_values

NOW_MS = 1_756_128_000_000
GONE = "Max-Age=0"

plain_names = st.text(string.ascii_letters + "_-", min_size=1, max_size=4)
lines = st.builds(
    lambda name, value, rest: f"{name}={value}{rest}",
    plain_names | st.sampled_from(["s", "s.0", "s.1", "s.2", "s.10"]),
    pastes.values,
    st.sampled_from(["", "; Path=/", f"; {GONE}", "; Path=/; Max-Age=60", "; Domain=aicodemirror.com; Max-Age=0"]),
)


@st.composite
def stored(draw: st.DrawFn) -> str:
    """Draw a header value that may hold a name twice, a session in chunks, and odd spacing."""
    name = plain_names | st.sampled_from(["s", "s.0", "s.1", "s.2", "s.10"])
    pairs = draw(st.lists(st.tuples(name, pastes.values), min_size=1, max_size=6))
    return read_cookie(draw(st.sampled_from(["; ", ";", " ;  "])).join(f"{name}={value}" for name, value in pairs))


def rotate(text: str, *set_cookies: str, path: str = "/api/user/usage") -> str:
    return rotated(text, list(set_cookies), host="www.aicodemirror.com", path=path, now_ms=NOW_MS)


def values_of(text: str, name: str) -> list[str]:
    pairs = [pair.partition("=") for pair in text.split(";")]
    return [value.strip() for key, _, value in pairs if key.strip() == name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a=1; b=2", ["a", "b"]),
        (" b = 2;a=1;;b=3; ", ["b", "a"]),
        ("lonely; =nameless; c=", ["c"]),
        ("a=b=c; d==", ["a", "d"]),
        ("", []),
    ],
)
def test_names_are_told_in_order_and_once(text: str, found: list[str]) -> None:
    assert names(text) == found


@given(stored() | header_values())
def test_what_is_not_rotated_stays_byte_for_byte(text: str) -> None:
    assert rotate(text) == text
    assert (
        rotate(text, "broken", "n=\x00", "n=1; Domain=other.test", "n=1; Path=/other", "not-there=; Max-Age=0") == text
    )


@given(stored(), st.lists(lines, max_size=5))
def test_rotating_twice_is_rotating_once(text: str, set_cookies: list[str]) -> None:
    once = rotate(text, *set_cookies)
    assert rotate(once, *set_cookies) == once


@given(header_values(), st.lists(lines, max_size=5))
def test_pairs_that_are_not_named_stay_as_they_are_and_in_their_order(text: str, set_cookies: list[str]) -> None:
    touched = {line.partition("=")[0].partition(".")[0] for line in set_cookies}
    kept = [
        pair.strip()
        for pair in text.split(";")
        if pair and pair.strip().partition("=")[0].partition(".")[0] not in touched
    ]
    after = [pair.strip() for pair in rotate(text, *set_cookies).split(";")]
    assert [pair for pair in after if pair in kept] == kept


@given(header_values(), pastes.values)
def test_a_new_value_takes_the_place_of_the_old_and_of_no_byte_else(text: str, value: str) -> None:
    name = names(text)[0]
    old = values_of(text, name)[0]
    assert rotate(text, f"{name}={value}") == f"{name}={value}" + text[len(f"{name}={old}") :]


@given(stored(), plain_names, pastes.values)
def test_a_set_cookie_is_sent_from_then_on_wherever_it_stands(text: str, name: str, value: str) -> None:
    after = rotate(text, f"{name}={value}")
    assert set(values_of(after, name)) == {value}
    assert len(values_of(after, name)) == max(1, len(values_of(text, name)))


@given(stored())
def test_a_deleted_cookie_goes_unless_it_is_the_last(text: str) -> None:
    name = names(text)[0]
    after = rotate(text, f"{name}=; {GONE}")
    assert after == text if names(text) == [name] else name not in names(after)
    assert after == after.strip()


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        ("a=1;  b =  2 ; c=3;", "b=9", "a=1;  b =  9 ; c=3;"),
        ("a=1; b=; c=3", "b=9", "a=1; b=9; c=3"),
        ("a=1; b=  ; c=3", "b=9", "a=1; b=9  ; c=3"),
        ("a=1; b=2", "b=", "a=1; b="),
        ("a=1; x; b=2", "b=9", "a=1; x; b=9"),
        ("a=1; A=2", "A=9", "a=1; A=9"),
        ("a=1; b=2; a=3", "a=9", "a=9; b=2; a=9"),
    ],
)
def test_a_value_is_replaced_in_place(text: str, line: str, after: str) -> None:
    assert rotate(text, line) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [("a=1", "a=1; n=2"), ("a=1;", "a=1; n=2"), ("a=1; ", "a=1; n=2"), ("a=1;b=3", "a=1;b=3; n=2"), ("x", "x; n=2")],
)
def test_a_new_name_is_appended(text: str, after: str) -> None:
    assert rotate(text, "n=2; Path=/; Secure; HttpOnly") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("d=0; a=1; b=2", "a=1; b=2"),
        ("a=1; d=0; b=2", "a=1; b=2"),
        ("a=1; b=2; d=0", "a=1; b=2"),
        ("a=1; b=2; d=0;", "a=1; b=2;"),
        ("d=0;a=1;b=2", "a=1;b=2"),
        ("d=0; a=1; d=3; b=2; d=4", "a=1; b=2"),
    ],
)
def test_a_deleted_name_goes_with_its_separator(text: str, after: str) -> None:
    assert rotate(text, f"d=; {GONE}") == after


@pytest.mark.parametrize("text", ["d=1", "d=1; d=2", "d=1; nameless", " d=1 ;"])
def test_the_last_cookie_stays_until_a_person_replaces_it(text: str) -> None:
    assert rotate(text, f"d=; {GONE}") == text


def test_a_deleted_last_cookie_makes_room_for_one_that_is_set_along() -> None:
    assert rotate("d=1", f"d=; {GONE}", "n=2") == "n=2"


@pytest.mark.parametrize(
    ("set_cookies", "after"),
    [
        (["a=2", "a=3"], "a=3; b=1"),
        (["a=2", f"a=; {GONE}"], "b=1"),
        ([f"a=; {GONE}", "a=2"], "a=2; b=1"),
        (["a=2; Path=/", f"a=; Domain=aicodemirror.com; Path=/; {GONE}"], "a=2; b=1"),
        ([f"a=; Domain=aicodemirror.com; {GONE}", f"a=; {GONE}"], "b=1"),
        (["a=2; Path=/", "a=3; Path=/api", "a=4; Path=/"], "a=4; b=1"),
    ],
)
def test_of_several_lines_for_a_name_the_last_counts_and_setting_beats_deleting_another_scope(
    set_cookies: list[str], after: str
) -> None:
    assert rotate("a=1; b=1", *set_cookies) == after


@pytest.mark.parametrize(
    ("text", "set_cookies", "after"),
    [
        ("s=1; x=9", ["s.0=a", "s.1=b"], "x=9; s.0=a; s.1=b"),
        ("s.0=1; s.1=2; s.2=3; x=9", ["s.0=a", "s.1=b"], "s.0=a; s.1=b; x=9"),
        ("s.0=1; x=9; s.1=2; s.10=3", ["s=a"], "x=9; s=a"),
        ("s.0=1; s.1=2", ["s=a", f"s.0=; {GONE}", f"s.1=; {GONE}"], "s=a"),
        ("s.0=1; s.1=2", ["s.1=b"], "s.0=1; s.1=b"),
        ("s=1; s.1=2", ["s=a"], "s=a; s.1=2"),
        ("s=1; s.0=2", [f"s.0=; {GONE}"], "s=1"),
        ("s.0.0=1; s.0=2; t.0=3", ["s.0=a"], "s.0=a; t.0=3"),
        ("s.a=1; s.=2", ["s.0=a"], "s.a=1; s.=2; s.0=a"),
    ],
)
def test_a_session_in_chunks_rotates_as_one(text: str, set_cookies: list[str], after: str) -> None:
    assert rotate(text, *set_cookies) == after


def test_an_outcome_over_the_limit_leaves_all_as_it_was() -> None:
    text = "a=1; b=2"
    room = MAX_HEADER_BYTES - len("a=; b=2")
    assert rotate(text, "a=" + "x" * room) == "a=" + "x" * room + "; b=2"
    assert rotate(text, "a=" + "x" * (room + 1), "b=3") == text


@given(stored(), st.lists(lines | st.text(max_size=20), max_size=4))
def test_what_comes_out_may_be_sent(text: str, set_cookies: list[str]) -> None:
    after = rotate(text, *set_cookies)
    assert set(after) <= set(pastes.PRINTABLE)
    assert names(after)


def test_the_relay_cannot_put_a_value_where_names_are_shown() -> None:
    value = "canary7f3a9c5b1e2d8846"
    text = f"session={value}==; theme=dark"
    assert rotate(text, f"{value}=1", f"x-{value}=2") == text
