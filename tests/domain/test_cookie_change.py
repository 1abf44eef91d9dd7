import pytest

from domain.cookie_change import Change, read_change

NOW_MS = 1_756_128_000_000
PAST = "Thu, 01 Jan 1970 00:00:00 GMT"
FUTURE = "Fri, 01 Jan 2055 00:00:00 GMT"


def change(line: str, host: str = "www.aicodemirror.com", path: str = "/api/user/usage") -> Change | None:
    return read_change(line, host=host, path=path, now_ms=NOW_MS)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("a=b", "a", "b"),
        ("  a  =  b c  ; Secure", "a", "b c"),
        ('__Host-a="b=="; Path=/; HttpOnly; SameSite=Lax', "__Host-a", '"b=="'),
        ("a=", "a", ""),
        ("a=%2F; Partitioned; Priority=High; =; ;", "a", "%2F"),
    ],
)
def test_a_line_sets_a_cookie(line: str, name: str, value: str) -> None:
    found = change(line)
    assert found is not None
    assert (found.name, found.value) == (name, value)


@pytest.mark.parametrize(
    "line", ["", "a", "=b", " = b", "; a=b", "a=é", "a=b\x00", "a\tb=c", "a=b\r\nx: y", "a=b\x7f", "a=\ud800"]
)
def test_a_line_that_is_malformed_is_passed_over(line: str) -> None:
    assert change(line) is None


@pytest.mark.parametrize(
    "rest",
    [
        "Max-Age=0",
        "max-age = -1",
        "Max-Age=000",
        f"Max-Age=-{'9' * 5000}",
        f"Expires={PAST}",
        f"EXPIRES={PAST}; expires=never",
        f"Max-Age=soon; Expires={PAST}",
        f"Max-Age=0; Expires={FUTURE}",
        "Max-Age=60; Max-Age=0",
        "Expires=Mon, 25 Aug 2025 13:20:00 GMT",
    ],
)
def test_a_line_deletes_its_cookie(rest: str) -> None:
    assert change(f"a=b; {rest}") == Change("a", None, "", "")


@pytest.mark.parametrize(
    "rest",
    [
        "Max-Age=1",
        f"Max-Age={'9' * 5000}",
        f"Expires={FUTURE}",
        "Expires=Mon, 25 Aug 2025 13:20:01 GMT",
        f"Max-Age=60; Expires={PAST}",
        "Max-Age=",
        "Max-Age=-",
        "Max-Age=+0",
        "Max-Age=0.5",
        "Expires=0",
        f"Expires={PAST}; Expires={FUTURE}",
    ],
)
def test_a_line_with_time_left_or_none_told_sets_its_cookie(rest: str) -> None:
    assert change(f"a=b; {rest}") == Change("a", "b", "", "")


@pytest.mark.parametrize(
    "domain", ["www.aicodemirror.com", ".www.aicodemirror.com", "aicodemirror.com", ".AICODEMIRROR.com", "", "."]
)
def test_a_domain_that_takes_the_host_in_counts(domain: str) -> None:
    assert change(f"a=b; Domain={domain}") is not None


@pytest.mark.parametrize("domain", ["codemirror.com", "x.www.aicodemirror.com", "aicodemirror.com.evil.test", "..com"])
def test_a_line_for_another_domain_is_passed_over(domain: str) -> None:
    assert change(f"a=b; Domain={domain}") is None


def test_the_end_of_an_address_is_no_domain() -> None:
    assert change("a=b; Domain=0.0.1", host="127.0.0.1") is None
    assert change("a=b; Domain=127.0.0.1", host="127.0.0.1") is not None


@pytest.mark.parametrize("path", ["/", "/api", "/api/", "/api/user/usage", "", "api", '"/x"'])
def test_a_path_that_takes_the_request_in_counts(path: str) -> None:
    assert change(f"a=b; Path={path}") is not None


@pytest.mark.parametrize("path", ["/ap", "/api/user/usage/", "/api/user/usage/chart", "/API", "/dashboard"])
def test_a_line_for_another_path_is_passed_over(path: str) -> None:
    assert change(f"a=b; Path={path}") is None


def test_the_last_of_several_scopes_counts() -> None:
    assert change("a=b; Domain=evil.test; Path=/x; Path=/; Domain=aicodemirror.com") == Change(
        "a", "b", "aicodemirror.com", "/"
    )
