import asyncio

import pytest

from tests.web.site import Site

DEFAULTS = {
    "intervalSeconds": 60,
    "rangeMinutes": 60,
    "cookieCheckMinutes": 10,
    "timeZone": "local",
    "locale": "auto",
    "theme": "system",
    "chartMode": "requests",
    "hiddenModels": [],
    "retentionDays": None,
}


async def test_the_defaults_are_the_contracts(site: Site) -> None:
    answer = await site.get("/api/config")
    assert list(answer.json.items()) == list(DEFAULTS.items())


async def test_a_patch_changes_what_it_names_and_answers_the_whole(site: Site) -> None:
    answer = await site.ask("PATCH", "/api/config", body={"theme": "dark", "retentionDays": 30})
    assert answer.status == 200
    assert answer.json == DEFAULTS | {"theme": "dark", "retentionDays": 30}
    assert (await site.get("/api/config")).json == answer.json
    assert site.store.settings.config.retention_days == 30


async def test_null_lets_the_history_be_kept_for_ever_again(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"retentionDays": 30})
    assert (await site.ask("PATCH", "/api/config", body={"retentionDays": None})).json["retentionDays"] is None


async def test_the_poller_is_told_of_a_change_only(site: Site) -> None:
    await site.ask("PATCH", "/api/config", body={"intervalSeconds": 30})
    assert site.poller.config_changes == 1
    await site.ask("PATCH", "/api/config", body={"intervalSeconds": 30})
    await site.ask("PATCH", "/api/config", body={})
    assert site.poller.config_changes == 1


async def test_patches_at_the_same_time_do_not_undo_each_other(site: Site) -> None:
    patches: list[dict[str, object]] = [
        {"intervalSeconds": 30},
        {"rangeMinutes": 120},
        {"theme": "dark"},
        {"locale": "en"},
        {"chartMode": "rate"},
    ]
    await asyncio.gather(*(site.ask("PATCH", "/api/config", body=patch) for patch in patches))
    config = (await site.get("/api/config")).json
    for patch in patches:
        assert patch.items() <= config.items()


@pytest.mark.parametrize("name", ["UTC", "Asia/Kathmandu", "local", "America/Argentina/Buenos_Aires"])
async def test_time_zones_go_by_their_names(site: Site, name: str) -> None:
    assert (await site.ask("PATCH", "/api/config", body={"timeZone": name})).json["timeZone"] == name
