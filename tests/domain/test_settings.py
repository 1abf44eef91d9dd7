import msgspec
import pytest

from domain.errors import InvalidValueError
from domain.settings import Config, ConfigPatch, patched

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

BOUNDS = [
    ("intervalSeconds", 10, 86_400),
    ("rangeMinutes", 1, 527_040),
    ("cookieCheckMinutes", 1, 1_440),
    ("retentionDays", 1, 3_660),
]

CHOICES = [
    ("locale", ["auto", "zh-CN", "en"]),
    ("theme", ["system", "light", "dark"]),
    ("chartMode", ["requests", "rate", "cumulative"]),
    ("timeZone", ["local", "UTC", "Asia/Shanghai", "America/Argentina/Buenos_Aires"]),
]


def patch(**fields: object) -> Config:
    return patched(Config(), msgspec.convert(fields, ConfigPatch))


def test_the_defaults_are_those_of_the_contract() -> None:
    assert msgspec.to_builtins(Config()) == DEFAULTS


@pytest.mark.parametrize(("field", "least", "most"), BOUNDS)
def test_the_bounds_are_those_of_the_contract(field: str, least: int, most: int) -> None:
    for value in (least, most):
        assert msgspec.to_builtins(patch(**{field: value})) == {**DEFAULTS, field: value}
    for wrong in (least - 1, most + 1, least + 0.5, str(least), True):
        with pytest.raises(msgspec.ValidationError, match=field):
            patch(**{field: wrong})


@pytest.mark.parametrize(("field", "choices"), CHOICES)
def test_the_choices_are_those_of_the_contract(field: str, choices: list[str]) -> None:
    for value in choices:
        assert msgspec.to_builtins(patch(**{field: value})) == {**DEFAULTS, field: value}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("locale", "de"),
        ("theme", None),
        ("chartMode", "Rate"),
        ("timeZone", ""),
        ("timeZone", "x" * 101),
        ("hiddenModels", "opus"),
        ("hiddenModels", ["x" * 201]),
        ("hiddenModels", [1]),
        ("intervalSeconds", None),
        ("colour", "red"),
        ("interval_seconds", 60),
    ],
)
def test_what_is_no_choice_is_refused(field: str, value: object) -> None:
    with pytest.raises(msgspec.ValidationError, match=field):
        patch(**{field: value})


def test_a_zone_that_is_not_known_is_refused_by_its_field() -> None:
    with pytest.raises(InvalidValueError) as caught:
        patch(timeZone="Mars/Olympus")
    assert caught.value.field == "timeZone"


def test_what_is_not_named_stays() -> None:
    before = patch(intervalSeconds=30, hiddenModels=["opus"], retentionDays=90)
    after = patched(before, msgspec.convert({"theme": "dark"}, ConfigPatch))
    assert msgspec.to_builtins(after) == {**msgspec.to_builtins(before), "theme": "dark"}


def test_an_empty_patch_changes_nothing() -> None:
    assert patched(patch(theme="dark"), ConfigPatch()) == patch(theme="dark")


def test_retention_can_be_for_ever_again() -> None:
    assert patched(patch(retentionDays=90), ConfigPatch(retention_days=None)).retention_days is None


def test_a_configuration_reads_back_from_what_it_writes() -> None:
    config = patch(hiddenModels=["opus", "名"], retentionDays=3660, timeZone="Asia/Kathmandu")
    assert msgspec.json.decode(msgspec.json.encode(config), type=Config) == config
