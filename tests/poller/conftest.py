"""Owns the client that this room's tests speak with the relay by."""

from collections.abc import AsyncIterator

import pytest

from poller import exchange  # noqa: F401 - loaded here, so that short deadlines are spent on calls alone
from poller.client import RelayClient
from tests.fakes.relay import FakeRelay


@pytest.fixture
async def client(relay: FakeRelay) -> AsyncIterator[RelayClient]:
    client = RelayClient(relay.url, deadline_s=20)
    yield client
    await client.close()


@pytest.fixture
async def hasty_client(relay: FakeRelay) -> AsyncIterator[RelayClient]:
    """A client that soon gives up, for relays that would never end."""
    client = RelayClient(relay.url, deadline_s=2)
    yield client
    await client.close()
