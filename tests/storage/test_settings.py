from pathlib import Path

import msgspec
import pytest

from domain.errors import StartError
from domain.settings import Config
from storage.store import Store, opened


def test_a_new_store_has_the_defaults_and_the_switch_off(store: Store) -> None:
    assert store.settings.config == Config()
    assert store.settings.enabled is False


async def test_settings_survive_a_restart(data_dir: Path) -> None:
    config = Config(interval_seconds=10, time_zone="Asia/Shanghai", hidden_models=["模型"], retention_days=30)
    with opened(data_dir) as store:
        await store.settings.save_config(config)
        await store.settings.save_enabled(True)
    with opened(data_dir) as store:
        assert store.settings.config == config
        assert store.settings.enabled is True


async def test_a_stored_configuration_that_makes_no_sense_stops_the_start_with_a_remedy(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.settings.save_config(msgspec.structs.replace(Config(), interval_seconds=1))
    with pytest.raises(StartError, match="--data-dir"), opened(data_dir):
        pass
