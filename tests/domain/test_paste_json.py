import json

import pytest
from hypothesis import given

from domain.paste import read_cookie
from tests.domain import pastes
from tests.domain.pastes import Pairs, joined


@given(pastes.pairs)
def test_the_export_of_an_extension_is_read(cookie: Pairs) -> None:
    assert read_cookie(pastes.extension_json(cookie)) == joined(cookie)


@given(pastes.pairs)
def test_a_list_under_cookies_is_read(cookie: Pairs) -> None:
    text = json.dumps({"url": "https://x.test", "cookies": [{"name": name, "value": value} for name, value in cookie]})
    assert read_cookie(text) == joined(cookie)


@given(pastes.pairs)
def test_an_object_of_names_and_values_is_read(cookie: Pairs) -> None:
    assert read_cookie(json.dumps(dict([("a b", "c"), *cookie]))) == joined([("a b", "c"), *cookie])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            '{"a": 1.10, "b": 12345678901234567890123, "c": true, "d": null, "e": {}}',
            "a=1.10; b=12345678901234567890123; c=true",
        ),
        ('{"name": "a", "value": "b", "path": "/"}', "a=b"),
        ('[{"name": "a"}, {"value": "b"}, 7, {"name": "c", "value": ["d"]}]', "a="),
        ('[{"name": "a", "value": "1;2\\u0000\\r\\n3\\ud800", "domain": 7, "path": null}]', "a=1%3B23%EF%BF%BD"),
        ('[{"name": "a=;b", "value": " 1 "}]', "a%3D%3Bb=1"),
        ('[{"name": "", "value": "1"}, {"name": "b", "value": "2"}]', "b=2"),
        ('\ufeff[{"name": "a", "value": "1"}]\n', "a=1"),
    ],
)
def test_odd_json_is_read_for_what_it_holds(text: str, read: str) -> None:
    assert read_cookie(text) == read
