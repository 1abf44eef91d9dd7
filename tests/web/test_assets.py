import gzip
import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import StartError
from tests.web.raw import RawAnswer, send
from tests.web.site import STATIC, Site, Wish, open_site
from web.assets import accepted, read_assets

SCRIPT: Final = "/assets/index-B1x_9-Qz.js"
CONTENT: Final = "document.title = '页';".encode() * 100
BROTLI: Final = b"what only a browser can undo"
GZIP: Final = gzip.compress(CONTENT)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    directory = tmp_path / "page"
    (directory / "assets").mkdir(parents=True)
    (directory / "index.html").write_text("<!doctype html><title>页</title>", encoding="utf-8")
    (directory / "assets" / "app.js").write_text("1", encoding="utf-8")
    (directory / "notes.md").write_text("not for the page", encoding="utf-8")
    (directory / "notes.md.gz").write_bytes(GZIP)
    (directory / f"{SCRIPT[1:]}.br").write_bytes(BROTLI)
    (directory / f"{SCRIPT[1:]}.gz").write_bytes(GZIP)
    return directory


async def ask_for_script(site: Site, *headers: str, method: str = "GET") -> RawAnswer:
    return await send(site.port, f"{method} {SCRIPT} HTTP/1.1", "Host: localhost", *headers)


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
        for path in (f"{SCRIPT}.br", f"{SCRIPT}.gz", "/notes.md.gz"):
            assert (await site.get(path)).status == 404, path


async def test_the_page_outlives_its_files(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        for path in page.rglob("*.*"):
            path.unlink()
        assert (await site.get("/")).status == 200
        assert (await site.get(SCRIPT, Accept_Encoding="identity")).body == CONTENT


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


@pytest.mark.parametrize(
    ("header", "coding", "body"),
    [
        ("Accept-Encoding: gzip, deflate, br, zstd", "br", BROTLI),
        ("Accept-Encoding: gzip, deflate", "gzip", GZIP),
        ("Accept-Encoding: zstd", None, CONTENT),
        ("Accept-Encoding:", None, CONTENT),
        ("X-Nothing: said", None, CONTENT),
    ],
)
async def test_what_was_compressed_is_sent_in_the_best_form_that_the_client_takes(
    data_dir: Path, page: Path, header: str, coding: str | None, body: bytes
) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        for _ in range(2):
            answer = await ask_for_script(site, header)
            assert (answer.status, answer.headers.get("content-encoding"), answer.body) == (200, coding, body)
            assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
            assert answer.headers["vary"] == "Accept-Encoding"


async def test_what_was_compressed_may_be_kept_and_what_was_not_may_not(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        assert (await site.get(SCRIPT)).headers["Cache-Control"] == "max-age=31536000, immutable"
        assert (await site.get("/assets/app.js")).headers["Cache-Control"] == "no-cache"


async def test_the_head_of_what_was_compressed_is_that_of_the_whole(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        for header in ("Accept-Encoding: br", "Accept-Encoding: gzip", "Accept-Encoding: identity"):
            whole, head = await ask_for_script(site, header), await ask_for_script(site, header, method="HEAD")
            ignored = {"date": ""}
            assert (head.status, head.headers | ignored, head.body) == (200, whole.headers | ignored, b"")


async def test_who_takes_no_form_at_all_is_told_so(data_dir: Path, page: Path) -> None:
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        answer = await ask_for_script(site, "Accept-Encoding: zstd, *;q=0")
        assert (answer.status, answer.code, answer.headers["cache-control"]) == (406, "not_acceptable", "no-store")


async def test_a_file_that_lies_there_as_it_is_goes_before_its_compressed_forms(data_dir: Path, page: Path) -> None:
    (page / SCRIPT[1:]).write_bytes(b"as it is")
    async with open_site(data_dir, Wish(static_dir=page)) as site:
        answer = await ask_for_script(site, "Accept-Encoding: br")
        assert (answer.body, answer.headers["cache-control"]) == (b"as it is", "no-cache")
        assert "content-encoding" not in answer.headers


# What RFC 9110, section 12.5.3, says of the field, clause by clause.
@pytest.mark.parametrize(
    ("fields", "coding"),
    [
        *(([], "identity"), ([""], "identity"), (["identity"], "identity"), (["compress, gzip"], "gzip")),
        *((["gzip", "br"], "br"), (["BR, GZip"], "br"), ([",br ,, "], "br")),
        *((["br;q=0.5, gzip"], "gzip"), (["br;q=0.5, gzip;q=0.5"], "br"), (["br ; q=0.001"], "br")),
        *((["gzip;q=0.8, identity"], "identity"), (["gzip;q=0.5, identity;q=0.5"], "gzip")),
        *((["br;q=0, gzip;Q=1.000"], "gzip"), (["br;q=0.000, gzip;q=0."], "identity")),
        *((["*"], "br"), (["*;q=0.5, gzip"], "gzip"), (["br;q=0, *"], "gzip"), (["gzip, *;q=0"], "gzip")),
        *((["*;q=0"], None), (["identity;q=0"], None), (["br;q=0, gzip;q=0, identity;q=0"], None)),
        *(
            (["*;q=0, identity"], "identity"),
            (["identity;q=0, *"], "br"),
            (["deflate, identity;q=0, gzip;q=0.1"], "gzip"),
        ),
        *(
            (["br;q=2"], "identity"),
            (["br;q=0.0001, gzip"], "gzip"),
            (["br gzip"], "identity"),
            (["br;level=9"], "identity"),
        ),
    ],
)
def test_the_coding_is_the_one_that_is_wanted_most(fields: list[str], coding: str | None) -> None:
    assert accepted(fields, ["br", "gzip"]) == coding


@given(st.lists(st.text()))
def test_whatever_is_said_of_codings_there_is_an_answer(fields: list[str]) -> None:
    assert accepted(fields, ["br", "gzip"]) in {"br", "gzip", "identity", None}


def test_without_a_page_there_is_no_start(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="page's files are missing"):
        read_assets(tmp_path)


@pytest.mark.parametrize("suffix", [".br", ".gz"])
def test_with_half_a_page_there_is_no_start(page: Path, suffix: str) -> None:
    (page / f"{SCRIPT[1:]}{suffix}").unlink()
    with pytest.raises(StartError, match="page's files cannot be read"):
        read_assets(page)


def test_the_page_keeps_the_content_security_policy() -> None:
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []


def test_what_of_the_page_is_kept_for_ever_has_a_hash_in_its_name() -> None:
    for asset in read_assets(STATIC):
        assert asset.tag is not None or re.search(r"-[A-Za-z0-9_-]{8}\.(js|css)$", asset.path), asset.path


async def test_every_file_that_the_page_names_is_there(site: Site) -> None:
    html = (await site.get("/")).body.decode()
    named = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    assert named
    for path in named:
        assert (await site.get(path)).status == 200, path
