"""Owns the configuration: its fields, their defaults and bounds, and how a patch changes it.

Where it is kept is the store's; what a wrong patch answers is `web`'s.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from domain.records import MAX_MODEL_LENGTH
from domain.zones import zone

IntervalSeconds: TypeAlias = Annotated[int, Meta(ge=10, le=86_400)]
RangeMinutes: TypeAlias = Annotated[int, Meta(ge=1, le=527_040)]
CookieCheckMinutes: TypeAlias = Annotated[int, Meta(ge=1, le=1_440)]
TimeZone: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]
Locale: TypeAlias = Literal["auto", "zh-CN", "en"]
Theme: TypeAlias = Literal["system", "light", "dark"]
ChartMode: TypeAlias = Literal["requests", "rate", "cumulative"]
HiddenModels: TypeAlias = Annotated[list[Annotated[str, Meta(max_length=MAX_MODEL_LENGTH)]], Meta(max_length=1_000)]
RetentionDays: TypeAlias = Annotated[int, Meta(ge=1, le=3_660)] | None


class Config(Struct, frozen=True, rename="camel"):
    """The whole configuration. Every field and default is part of the contract."""

    interval_seconds: IntervalSeconds = 60
    range_minutes: RangeMinutes = 60
    cookie_check_minutes: CookieCheckMinutes = 10
    time_zone: TimeZone = "local"
    locale: Locale = "auto"
    theme: Theme = "system"
    chart_mode: ChartMode = "requests"
    hidden_models: HiddenModels = []
    retention_days: RetentionDays = None


class ConfigPatch(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What a person wants changed; what is not named stays."""

    interval_seconds: IntervalSeconds | UnsetType = UNSET
    range_minutes: RangeMinutes | UnsetType = UNSET
    cookie_check_minutes: CookieCheckMinutes | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    chart_mode: ChartMode | UnsetType = UNSET
    hidden_models: HiddenModels | UnsetType = UNSET
    retention_days: RetentionDays | UnsetType = UNSET


def patched(config: Config, patch: ConfigPatch) -> Config:
    """Return `config` with what `patch` names changed; InvalidValueError where the time zone is not known."""
    if patch.time_zone is not UNSET:
        zone(patch.time_zone)
    return structs.replace(
        config, **{name: value for name, value in structs.asdict(patch).items() if value is not UNSET}
    )
