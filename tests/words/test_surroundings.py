"""The variables of other programs that the READMEs name do what is said of them."""

from pathlib import Path

import pytest

from domain.errors import UpstreamUnavailableError
from poller.proxy import proxy_for
from poller.trust import tls_context
from tests.words.documents import document

CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


@pytest.fixture(autouse=True)
def nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "NO_PROXY", *CERTIFICATES, "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_the_readme_names_them() -> None:
    assert {"HTTPS_PROXY", "socks5://", *CERTIFICATES} <= set(document("README.md").code)


def test_the_relay_is_asked_through_the_proxy_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://proxy.example:1080")
    proxy = proxy_for("https://relay.example")
    assert proxy is not None
    assert proxy.url == "socks5://proxy.example:1080"


@pytest.mark.parametrize("variable", CERTIFICATES)
def test_the_certificates_that_are_named_are_those_that_are_read(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls_context.cache_clear()
    monkeypatch.setenv(variable, str(tmp_path / "nowhere.pem"))
    with pytest.raises(UpstreamUnavailableError, match=variable):
        tls_context()
