"""What is trusted, and that a line is cut through TLS too."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from domain.errors import UpstreamUnavailableError
from poller import trust
from poller.client import RelayClient
from tests.fakes.authority import AUTHORITY, server_context
from tests.fakes.relay import USAGE, Behaviour, FakeRelay, drip_body, hang

ALONE = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
FILE, FOLDERS = "SSL_CERT_FILE", "SSL_CERT_DIR"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for variable in (*ALONE, FILE, FOLDERS):
        monkeypatch.delenv(variable, raising=False)
    trust.tls_context.cache_clear()
    yield
    trust.tls_context.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bundle.pem"
    shutil.copy(AUTHORITY, path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people make it: no names that OpenSSL would look for, and other things in it."""
    path = tmp_path / "authorities"
    (path / "old").mkdir(parents=True)
    shutil.copy(AUTHORITY, path)
    (path / "README").write_text("Ours.", encoding="utf-8")
    (path / "gone.pem").symlink_to(path / "nowhere.pem")
    return path


@pytest.fixture
def bundle(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
    return file


@pytest.fixture
async def secure_relay() -> AsyncIterator[FakeRelay]:
    async with FakeRelay(server_context()) as relay:
        yield relay


async def is_trusted(relay: FakeRelay) -> bool:
    return (await RelayClient(relay.url).usage("a=1")).error is None


@pytest.mark.parametrize("variable", [*ALONE, FILE])
async def test_a_relay_that_a_file_of_the_environment_vouches_for_is_asked(
    secure_relay: FakeRelay, file: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(file))
    assert await is_trusted(secure_relay)


@pytest.mark.parametrize("variable", [*ALONE, FOLDERS])
async def test_a_relay_that_a_folder_of_the_environment_vouches_for_is_asked(
    secure_relay: FakeRelay, folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(folder))
    assert await is_trusted(secure_relay)


async def test_several_folders_and_a_file_count_together(
    secure_relay: FakeRelay, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "others"
    other.mkdir()
    shutil.copy(DEFAULT_CA_BUNDLE_PATH, other)
    monkeypatch.setenv(FILE, DEFAULT_CA_BUNDLE_PATH)
    monkeypatch.setenv(FOLDERS, f"{folder}{os.pathsep}{other}")
    assert await is_trusted(secure_relay)


@pytest.mark.parametrize(
    ("first", "second"),
    [("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), ("CURL_CA_BUNDLE", FILE), ("CURL_CA_BUNDLE", FOLDERS)],
)
async def test_of_two_variables_the_first_decides(
    secure_relay: FakeRelay, folder: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    monkeypatch.setenv(second, str(folder))
    monkeypatch.setenv(first, DEFAULT_CA_BUNDLE_PATH)
    assert not await is_trusted(secure_relay)
    assert secure_relay.requests == []


async def test_a_relay_that_nobody_vouches_for_gets_nothing(secure_relay: FakeRelay) -> None:
    error = (await RelayClient(secure_relay.url).usage("a=1")).error
    assert str(error) == "The certificate of the relay cannot be trusted, so nothing was sent."
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


@pytest.mark.parametrize("variable", [FILE, FOLDERS])
async def test_once_loaded_what_openssl_would_look_up_may_vanish_too(
    secure_relay: FakeRelay, folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(folder if variable == FOLDERS else folder / AUTHORITY.name))
    client = RelayClient(secure_relay.url)
    await client.preload()
    shutil.rmtree(folder)
    assert (await client.usage("a=1")).error is None


@pytest.mark.parametrize("variable", [*ALONE, FILE, FOLDERS])
@pytest.mark.parametrize("what", ["missing", "damaged", "empty", "folder"])
async def test_certificates_that_cannot_be_read_are_told_by_their_variable_until_they_can(
    secure_relay: FakeRelay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, what: str
) -> None:
    place = tmp_path / "authorities"
    if what == "folder":
        place.mkdir()
    elif what != "missing":
        whole = AUTHORITY.read_text(encoding="utf-8")
        place.write_text(whole.replace("MII", "???") if what == "damaged" else "", encoding="utf-8")
    monkeypatch.setenv(variable, str(place))
    client = RelayClient(secure_relay.url)
    await client.preload()
    told = str((await client.usage("a=1")).error)
    assert told.startswith(f"{variable} names no certificates that can be read.")
    assert secure_relay.requests == []
    if what == "folder":
        place.rmdir()
    shutil.copy(AUTHORITY, place)
    assert (await client.usage("a=1")).error is None


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
