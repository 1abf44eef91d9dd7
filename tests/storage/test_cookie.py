import os
import stat
from pathlib import Path

import pytest

from storage import files
from storage.store import Store, opened

OLD = "session=old-canary-value; other=1"
NEW = "session=new-canary-value"


def everything_on_disk(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


async def test_the_cookie_survives_a_restart_byte_for_byte(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
        assert store.cookies.text == OLD
    with opened(data_dir) as store:
        assert store.cookies.text == OLD


async def test_a_replaced_cookie_is_gone_from_the_disk(data_dir: Path) -> None:
    with opened(data_dir) as store:
        for _ in range(15):
            await store.cookies.save(OLD)
        await store.cookies.save(NEW)
        assert b"old-canary" not in everything_on_disk(data_dir)
        assert b"new-canary" in everything_on_disk(data_dir)


async def test_a_deleted_cookie_is_gone_from_the_disk(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
        await store.cookies.delete()
        assert store.cookies.text is None
        assert b"canary" not in everything_on_disk(data_dir)
        await store.cookies.delete()
    with opened(data_dir) as store:
        assert store.cookies.text is None


async def test_the_blocks_of_the_replaced_file_are_overwritten(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
        # A second name for the old file shows what became of its content.
        os.link(data_dir / files.COOKIE, data_dir.parent / "old-blocks")
        await store.cookies.save(NEW)
    old_blocks = (data_dir.parent / "old-blocks").read_bytes()
    assert len(old_blocks) > 0
    assert old_blocks.count(0) == len(old_blocks)


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
async def test_only_the_owner_can_read_what_is_kept(data_dir: Path, store: Store) -> None:
    await store.cookies.save(OLD)
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data_dir.iterdir()}
    assert modes == dict.fromkeys(modes, 0o600)
    assert {files.HISTORY, files.COOKIE} <= modes.keys()


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
async def test_a_start_closes_files_that_were_left_open_to_others(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
    for path in data_dir.iterdir():
        path.chmod(0o644)
    data_dir.chmod(0o755)
    files.prepare(data_dir)
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in data_dir.iterdir()} == {0o600}


async def test_a_change_cut_short_before_the_old_file_moved_leaves_the_old_cookie(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
    (data_dir / f"{files.COOKIE}.new").write_bytes(b"half of new-canary-value")
    with opened(data_dir) as store:
        assert store.cookies.text == OLD
        assert b"new-canary" not in everything_on_disk(data_dir)


async def test_a_change_cut_short_after_the_old_file_moved_leaves_the_new_cookie(data_dir: Path) -> None:
    cookie = data_dir / files.COOKIE
    with opened(data_dir) as store:
        await store.cookies.save(NEW)
        cookie.rename(data_dir / "fresh")
        await store.cookies.save(OLD)
    cookie.rename(data_dir / f"{files.COOKIE}.old")
    (data_dir / "fresh").rename(data_dir / f"{files.COOKIE}.new")
    with opened(data_dir) as store:
        assert store.cookies.text == NEW
        assert b"old-canary" not in everything_on_disk(data_dir)


async def test_a_deletion_cut_short_is_finished(data_dir: Path) -> None:
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
    (data_dir / files.COOKIE).rename(data_dir / f"{files.COOKIE}.old")
    with opened(data_dir) as store:
        assert store.cookies.text is None
        assert b"canary" not in everything_on_disk(data_dir)


async def test_what_a_failed_change_left_is_not_taken_for_one_that_was_cut_short(data_dir: Path) -> None:
    fresh = data_dir / f"{files.COOKIE}.new"
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
        fresh.write_bytes(b"half of new-canary-value")
        await store.cookies.delete()
        assert b"canary" not in everything_on_disk(data_dir)


async def test_an_old_file_that_could_not_be_overwritten_is_overwritten_by_the_next_change(data_dir: Path) -> None:
    left = data_dir / f"{files.COOKIE}.old"
    with opened(data_dir) as store:
        await store.cookies.save(OLD)
        left.write_bytes(b"another-canary-value")
        os.link(left, data_dir.parent / "old-blocks")
        await store.cookies.save(NEW)
    assert b"canary" not in (data_dir.parent / "old-blocks").read_bytes()
