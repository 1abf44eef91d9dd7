"""What is trusted, and that a line is cut through TLS too."""

import shutil
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from domain.errors import UpstreamUnavailableError
from poller import transport
from poller.client import RelayClient
from tests.fakes.relay import USAGE, Behaviour, FakeRelay, drip_body, hang

PEM = Path(__file__).with_name("loopback.pem")


@pytest.fixture(autouse=True)
def forgotten_context() -> Iterator[None]:
    transport.tls_context.cache_clear()
    yield
    transport.tls_context.cache_clear()


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bundle.pem"
    shutil.copy(PEM, path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return path


@pytest.fixture
async def secure_relay() -> AsyncIterator[FakeRelay]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(PEM)
    async with FakeRelay(context) as relay:
        yield relay


async def test_a_relay_that_the_bundle_of_the_environment_vouches_for_is_asked(
    secure_relay: FakeRelay, bundle: Path
) -> None:
    assert bundle.exists()
    assert (await RelayClient(secure_relay.url).usage("a=1")).error is None


async def test_a_relay_that_nobody_vouches_for_gets_nothing(secure_relay: FakeRelay) -> None:
    error = (await RelayClient(secure_relay.url).usage("a=1")).error
    assert str(error) == "The relay's certificate cannot be trusted, so nothing was sent."
    assert secure_relay.requests == []


async def test_a_certificate_for_another_name_is_not_trusted(secure_relay: FakeRelay, bundle: Path) -> None:
    assert bundle.exists()
    client = RelayClient(secure_relay.url.replace("127.0.0.1", "127.0.0.2"))
    assert isinstance((await client.usage("a=1")).error, UpstreamUnavailableError)
    assert secure_relay.requests == []


async def test_once_loaded_all_bundles_may_vanish_from_the_disk(
    secure_relay: FakeRelay, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = RelayClient(secure_relay.url)
    await client.preload()
    bundle.unlink()
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(bundle))
    assert (await client.usage("a=1")).error is None


async def test_a_bundle_that_cannot_be_read_is_told(
    secure_relay: FakeRelay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nowhere.pem"))
    client = RelayClient(secure_relay.url)
    await client.preload()
    assert "REQUESTS_CA_BUNDLE" in str((await client.usage("a=1")).error)


async def test_a_relay_that_speaks_no_tls_is_unavailable(relay: FakeRelay) -> None:
    client = RelayClient(relay.url.replace("http:", "https:"), deadline_s=0.3)
    assert isinstance((await client.usage("a=1")).error, UpstreamUnavailableError)


@pytest.mark.parametrize("behaviour", [hang, drip_body()])
async def test_a_slow_relay_is_given_up_through_tls(
    secure_relay: FakeRelay, bundle: Path, behaviour: Behaviour
) -> None:
    assert bundle.exists()
    secure_relay.behave(USAGE, behaviour)
    error = (await RelayClient(secure_relay.url, deadline_s=0.5).usage("a=1")).error
    assert str(error) == "The relay did not answer within 0.5 seconds."
    await secure_relay.wait_for_quiet()
