from release.component import Component
from release.components import components_of
from release.notices import notices
from tests.release.archive import Archive


def component(name: str, *texts: str, changes: str = "") -> Component:
    return Component(
        name=name,
        version="1.0",
        licence="MIT",
        home=f"https://{name}.example",
        purl=f"pkg:generic/{name}@1.0",
        texts=texts,
        changes=changes,
    )


def test_each_component_is_named_with_its_licence_its_page_and_its_texts() -> None:
    said = notices([component("one", "First."), component("two", "Second.", "Third.")])
    assert "one 1.0\n    MIT\n    https://one.example\n    Texts: 1\n" in said
    assert "two 1.0\n    MIT\n    https://two.example\n    Texts: 2, 3\n" in said


def test_a_text_stands_there_once_however_it_is_set() -> None:
    said = notices([component("one", "Do as\n  you like."), component("two", "Do as you\nlike.\n\n")])
    assert said.count("you like") + said.count("you\nlike") == 1
    assert "Text 1, of one 1.0, two 1.0\n" in said


def test_every_text_is_there_word_for_word(archive: Archive) -> None:
    archive.put("static/index.html", kind="x")
    components = components_of(archive.build("aiohttp", "certifi", "idna", "ssl"))
    said = " ".join(notices(components).split())
    assert all(" ".join(text.split()) in said for component in components for text in component.texts)


def test_what_was_changed_is_said() -> None:
    assert "    It got a new hat.\n" in notices([component("one", "First.", changes="It got a new hat.")])


def test_lines_end_alike_whoever_wrote_them() -> None:
    said = notices([component("one", "First.\r\n\r\nSecond.  \nThird.\f\n")])
    assert "First.\n\nSecond.\nThird.\n" in said
