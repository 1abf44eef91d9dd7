import json

from hypothesis import given
from hypothesis import strategies as st

from poller.depths import DEEPEST, shallow

documents = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(st.sampled_from('a"\\[]{}'), max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "[", '"']), inner)),
    max_leaves=20,
)


def cut(document: object, depth: int = 0) -> object:
    """Return what is left of a document that is looked at DEEPEST deep."""
    if not isinstance(document, list | dict):
        return document
    if depth == DEEPEST:
        return None
    if isinstance(document, dict):
        return {name: cut(value, depth + 1) for name, value in document.items()}
    return [cut(value, depth + 1) for value in document]


@given(documents)
def test_what_lies_too_deep_becomes_null_and_nothing_else_changes(document: object) -> None:
    assert json.loads(shallow(json.dumps(document))) == cut(document)


def test_text_may_be_nested_as_deeply_as_it_is_long() -> None:
    text = "[" * 1_000_000 + "]" * 1_000_000
    assert json.loads(shallow(text)) == [[[[None]]]]


def test_what_is_no_json_stays_none() -> None:
    for text in ("[" * 10, '["a', "[[[[[[1]", '["' + '\\"' * 10, "]"):
        try:
            json.loads(shallow(text))
        except ValueError:
            continue
        raise AssertionError(text)


def test_a_text_without_an_end_is_looked_at_once() -> None:
    assert shallow('["' + '\\"' * 1_000_000) == '["' + '\\"' * 1_000_000
