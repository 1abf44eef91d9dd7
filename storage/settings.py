"""Owns what is remembered of a person's wishes: the configuration and the switch.

What a valid configuration is stands in `domain.settings`.
"""

import asyncio
from typing import Final

import msgspec

from domain.errors import StartError
from domain.settings import Config
from storage import codec
from storage.environment import Environment, Tables, Transaction

_CONFIG_KEY: Final = b"config"
_ENABLED_KEY: Final = b"enabled"
_DOING: Final = "save the settings"


class Settings:
    """The settings as they stand, in memory and on the disk alike. `changed` is set whenever the configuration is."""

    def __init__(self, environment: Environment) -> None:
        self.changed = asyncio.Event()
        self._environment = environment
        self._config, self._enabled = environment.read_now(
            lambda transaction: read_settings(transaction, environment.tables), "read the settings"
        )

    @property
    def config(self) -> Config:
        """The configuration as it stands."""
        return self._config

    @property
    def enabled(self) -> bool:
        """Whether the switch is on."""
        return self._enabled

    async def save_config(self, config: Config) -> None:
        """Replace the configuration; it is on the disk on return. Raises StorageError."""
        await self._put(_CONFIG_KEY, codec.config_value(config))
        self._config = config
        self.changed.set()

    async def save_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - the value itself
        """Remember the switch. Raises StorageError."""
        await self._put(_ENABLED_KEY, codec.number_key(int(enabled)))
        self._enabled = enabled

    async def _put(self, key: bytes, value: bytes) -> None:
        def write(transaction: Transaction) -> None:
            transaction.put(key, value, db=self._environment.tables.meta)

        await self._environment.run_on_writer(lambda: self._environment.write_now(write, _DOING))


def read_settings(transaction: Transaction, tables: Tables) -> tuple[Config, bool]:
    """Return the configuration and whether the switch is on. Raises StartError where they cannot be read."""
    config = transaction.get(_CONFIG_KEY, db=tables.meta)
    enabled = codec.read_number(transaction.get(_ENABLED_KEY, b"", db=tables.meta))
    try:
        return Config() if config is None else codec.read_config(config), bool(enabled)
    except msgspec.DecodeError as error:
        raise StartError(
            "The stored configuration cannot be read. Start the release that wrote it, "
            "or choose another directory with --data-dir."
        ) from error
