"""Which proxy the environment names for an address."""

import pytest

from domain.errors import UpstreamUnavailableError
from poller.proxy import proxy_for


def address_for(url: str) -> str:
    proxy = proxy_for(url)
    assert proxy is not None
    return proxy.address


VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("http_proxy", "http://relay.invalid"),
        ("https_proxy", "https://relay.invalid"),
        ("all_proxy", "http://relay.invalid"),
        ("all_proxy", "https://relay.invalid:8443"),
    ],
)
def test_each_variable_counts_in_both_cases(
    monkeypatch: pytest.MonkeyPatch, variable: str, url: str, *, upper: bool
) -> None:
    monkeypatch.setenv(variable.upper() if upper else variable, "http://10.0.0.1:3128")
    assert address_for(url) == "10.0.0.1:3128"


def test_the_variable_of_the_scheme_goes_before_the_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://10.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "socks5h://10.0.0.2:2")
    assert address_for("https://relay.invalid") == "10.0.0.1:1"
    assert address_for("http://relay.invalid") == "10.0.0.2:2"


@pytest.mark.parametrize("variable", ["no_proxy", "NO_PROXY"])
@pytest.mark.parametrize("exempt", ["relay.invalid", ".invalid", "a.example, relay.invalid", "*"])
def test_a_host_that_is_exempt_is_reached_directly(monkeypatch: pytest.MonkeyPatch, variable: str, exempt: str) -> None:
    monkeypatch.setenv("all_proxy", "http://10.0.0.1:3128")
    monkeypatch.setenv(variable, exempt)
    assert proxy_for("https://relay.invalid") is None


def test_a_host_that_only_ends_alike_is_not_exempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "http://10.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "lay.invalid,10.0.0.0/8")
    assert proxy_for("https://relay.invalid") is not None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "[::1]"])
def test_this_machine_is_reached_directly_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("all_proxy", "http://10.0.0.1:3128")
    assert proxy_for(f"http://{host}:8080") is None


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("10.0.0.1:3128", "http://10.0.0.1:3128"),
        ("proxy.example", "http://proxy.example:80"),
        ("https://proxy.example", "https://proxy.example:443"),
        ("HTTP://proxy.example:8080/", "http://proxy.example:8080"),
        ("socks5://10.0.0.1", "socks5://10.0.0.1:1080"),
        ("socks4a://[::1]:9050", "socks4a://[::1]:9050"),
        ("http://me:secret@10.0.0.1:3128", "http://10.0.0.1:3128"),
    ],
)
def test_an_address_may_be_written_in_each_usual_form(monkeypatch: pytest.MonkeyPatch, address: str, url: str) -> None:
    monkeypatch.setenv("all_proxy", address)
    proxy = proxy_for("https://relay.invalid")
    assert proxy is not None
    assert proxy.url == url


def test_user_and_password_are_unquoted_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5h://m%40e:s%3Acr%C3%A9t@10.0.0.1:1080")
    proxy = proxy_for("https://relay.invalid")
    assert proxy is not None
    assert (proxy.user, proxy.password) == ("m@e", "s:crét")
    assert "cr" not in f"{proxy} {proxy!r} {proxy.url} {proxy.itself} {proxy.relay_behind}"


@pytest.mark.parametrize(
    "address",
    ["socks://secret@10.0.0.1", "ftp://secret@10.0.0.1", "http://", "http://secret@10.0.0.1:port", "http://["],
)
def test_an_address_that_cannot_be_used_is_told_and_not_quoted(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("all_proxy", address)
    with pytest.raises(UpstreamUnavailableError, match="address of the proxy in the environment") as caught:
        proxy_for("https://relay.invalid")
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
