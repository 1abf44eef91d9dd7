import re
from pathlib import Path

import pytest

from domain.errors import StartError
from tests.web.site import STATIC, Site, Wish, open_site
from web.assets import read_assets


@pytest.fixture
def page(tmp_path: Path) -> Path:
    directory = tmp_path / "page"
    (directory / "assets").mkdir(parents=True)
    (directory / "index.html").write_text("<!doctype html><title>页</title>", encoding="utf-8")
    (directory / "assets" / "app.js").write_text("1", encoding="utf-8")
    (directory / "notes.md").write_text("not for the page", encoding="utf-8")
    return directory


async def test_the_page_is_at_the_root_and_its_files_beside_it(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        index = await site.get("/")
        assert index.headers["Content-Type"] == "text/html; charset=utf-8"
        assert index.body.decode() == "<!doctype html><title>页</title>"
        script = await site.get("/assets/app.js")
        assert (script.headers["Content-Type"], script.body) == ("text/javascript; charset=utf-8", b"1")


async def test_other_files_are_not_served(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        for path in ("/notes.md", "/assets", "/assets/", "/assets/../notes.md", "/index.html/x", "//index.html"):
            assert (await site.get(path)).status == 404, path


async def test_the_page_outlives_its_files(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        (page / "index.html").unlink()
        assert (await site.get("/")).status == 200


async def test_what_a_browser_has_already_is_not_sent_again(site: Site) -> None:
    first = await site.get("/")
    tag = first.headers["ETag"]
    again = await site.get("/", If_None_Match=f'"other", W/{tag}')
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert (await site.get("/", If_None_Match='"other"')).status == 200
    assert first.headers["Cache-Control"] == "no-cache"


async def test_the_tag_changes_with_the_file(page: Path) -> None:
    (before,) = (asset.tag for asset in read_assets(page) if asset.path == "/")
    (page / "index.html").write_text("another", encoding="utf-8")
    (after,) = (asset.tag for asset in read_assets(page) if asset.path == "/")
    assert before != after


def test_without_a_page_there_is_no_start(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="page's files are missing"):
        read_assets(tmp_path)


def test_the_page_keeps_the_content_security_policy() -> None:
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []
    script = (STATIC / "app.js").read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script) == []


async def test_every_file_that_the_page_names_is_there(site: Site) -> None:
    html = (await site.get("/")).body.decode()
    named = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    assert named
    for path in named:
        assert (await site.get(path)).status == 200, path
