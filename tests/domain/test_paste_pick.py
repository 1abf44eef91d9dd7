import pytest

from domain.paste_pick import PastedCookie, header_value


def test_of_a_whole_browser_only_what_goes_to_the_relay_is_kept() -> None:
    cookies = [
        PastedCookie("a", "1", ".google.test", "/"),
        PastedCookie("b", "2", ".aicodemirror.com", "/"),
        PastedCookie("c", "3", "www.aicodemirror.com", "/"),
        PastedCookie("d", "4", "docs.aicodemirror.com", "/"),
        PastedCookie("e", "5", "notaicodemirror.com", "/"),
        PastedCookie("f", "6", "WWW.AICodeMirror.com", "/"),
        PastedCookie("g", "7"),
    ]
    assert header_value(cookies) == "b=2; c=3; f=6; g=7"


def test_without_one_for_the_relay_itself_its_site_counts() -> None:
    cookies = [PastedCookie("a", "1", "x.test"), PastedCookie("b", "2", "docs.aicodemirror.com")]
    assert header_value(cookies) == "b=2"


def test_without_one_of_its_site_all_are_kept() -> None:
    assert header_value([PastedCookie("a", "1", "x.test"), PastedCookie("b", "2", ".y.test")]) == "a=1; b=2"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            PastedCookie("s", "1", ".aicodemirror.com", "/"),
            PastedCookie("s", "2", "www.aicodemirror.com", "/dashboard"),
        ),
        (PastedCookie("s", "1", "www.aicodemirror.com", "/"), PastedCookie("s", "2", ".aicodemirror.com", "/api")),
        (PastedCookie("s", "1", "", "/api"), PastedCookie("s", "2", "", "/")),
        (PastedCookie("s", "1", "", "/api/"), PastedCookie("s", "2", "", "/apis")),
        (PastedCookie("s", "1", "", "/api/user/usage"), PastedCookie("s", "2")),
    ],
)
def test_of_one_name_the_most_specific_that_fits_counts(better: PastedCookie, worse: PastedCookie) -> None:
    assert header_value([better, worse]) == "s=1"
    assert header_value([worse, better]) == "s=1"


def test_of_equals_the_last_counts_in_the_place_of_the_first() -> None:
    assert header_value([PastedCookie("s", "1"), PastedCookie("t", "2"), PastedCookie("s", "3")]) == "s=3; t=2"
