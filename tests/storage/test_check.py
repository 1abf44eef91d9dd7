import os
import shutil
from pathlib import Path

import pytest

from storage import codec, files, packing, schema, shelf
from storage.check import Finding, check
from storage.environment import Environment
from storage.store import opened
from tests.storage.examples import NOW_MS, answer, record

CANARY = "invented-canary-value"
DAY_MS = 86_400_000


@pytest.fixture
async def lived(data_dir: Path) -> Path:
    """A data directory with all there can be in it."""
    with opened(data_dir) as store:
        await store.history.apply(answer([record(n) for n in range(300)]), NOW_MS)
        await store.cookies.save(f"session={CANARY}")
    history = data_dir / files.HISTORY
    path = shelf.place(data_dir, history.stat().st_mtime_ns // 1_000_000, "daily")
    path.parent.mkdir(0o700)
    packing.pack(history, path, lambda: False)
    shutil.copyfile(history, data_dir / "history-replaced-20261126T030000Z.mdb")
    files.prepare(data_dir)
    return data_dir


def found(directory: Path) -> dict[str, Finding]:
    return {finding.name: finding for finding in check(directory)}


def wrong(directory: Path) -> dict[str, str]:
    """Return what is wrong, by name; no value of the cookie is ever in it."""
    findings = list(check(directory))
    assert not [finding for finding in findings if CANARY in finding.line]
    return {finding.name: finding.sentence for finding in findings if not finding.good}


def tree(directory: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.relative_to(directory).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in [directory, *directory.rglob("*")]
    }


def test_all_is_well_and_a_line_is_told_for_each_thing(lived: Path) -> None:
    findings = found(lived)
    assert wrong(lived) == {}
    name = f"backups/{shelf.listed(lived)[0].path.name}"
    assert findings.keys() == {files.HISTORY, files.COOKIE, name, *(["modes"] if os.name != "nt" else [])}
    assert findings[files.HISTORY].line == (
        "history.mdb: OK. 300 records, the last of 2025-08-25T18:19:00.000Z, layout 1."
    )


def test_nothing_is_changed_and_nothing_made(lived: Path) -> None:
    before = tree(lived)
    list(check(lived))
    assert tree(lived) == before


def test_a_directory_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert list(wrong(tmp_path / "missing")) == [str(tmp_path / "missing")]
    assert not (tmp_path / "missing").exists()


def test_an_empty_directory_is_well(data_dir: Path) -> None:
    assert wrong(data_dir) == {}
    assert list(data_dir.iterdir()) == []


def test_a_damaged_history_is_told_with_the_remedy(lived: Path) -> None:
    history = lived / files.HISTORY
    history.write_bytes(history.read_bytes()[: 5 * 4096])
    assert "--restore" in wrong(lived)[files.HISTORY]


def test_sums_that_are_not_those_of_the_records_are_told(lived: Path) -> None:
    environment = Environment(lived / files.HISTORY, schema.bring_up_to_date)
    environment.write_now(
        lambda t: t.put(codec.number_key(0), codec.lifetime_value(1, 1, 1), db=environment.tables.lifetime), "test"
    )
    environment.close()
    assert "less than its records" in wrong(lived)[files.HISTORY]


def test_a_newer_layout_is_told(lived: Path) -> None:
    environment = Environment(lived / files.HISTORY, schema.bring_up_to_date)
    environment.write_now(lambda t: t.put(b"schema", codec.number_key(99), db=environment.tables.meta), "test")
    environment.close()
    assert "newer release" in wrong(lived)[files.HISTORY]


@pytest.mark.parametrize("how", ["truncated", "no text", "garbage"])
def test_a_damaged_cookie_is_told_without_a_word_of_it(lived: Path, how: str) -> None:
    cookie = lived / files.COOKIE
    whole = cookie.read_bytes()
    if how == "truncated":
        cookie.write_bytes(whole[:5000])
    elif how == "no text":
        cookie.write_bytes(whole.replace(b"session", b"\xff" * 7))
    else:
        cookie.write_bytes(CANARY.encode() * 900)
    assert "save the cookie again" in wrong(lived)[files.COOKIE]


@pytest.mark.parametrize("size", [0, 7, 3000])
def test_a_bad_backup_is_told_and_how_to_be_rid_of_it(lived: Path, size: int) -> None:
    path = shelf.listed(lived)[0].path
    path.write_bytes(path.read_bytes()[:size])
    assert "Delete it" in wrong(lived)[f"backups/{path.name}"]


def test_copies_that_killed_checks_have_left_are_removed_and_none_that_may_be_in_use(
    lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    for name in ("ccurve-check-old", "ccurve-check-new", "another-program"):
        (temporary / name).mkdir(parents=True)
        (temporary / name / files.HISTORY).write_bytes(b"a copy")
        if not name.endswith("new"):
            os.utime(temporary / name, (0, 0))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert wrong(lived) == {}
    assert sorted(path.name for path in temporary.iterdir()) == ["another-program", "ccurve-check-new"]


def test_where_no_copy_can_be_made_that_is_told_of_the_backup(lived: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(lived / "nowhere"))
    assert list(wrong(lived)) == [f"backups/{shelf.listed(lived)[0].path.name}"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names")
def test_a_pipe_in_the_place_of_a_backup_keeps_nobody_waiting(lived: Path) -> None:
    path = shelf.listed(lived)[0].path
    path.unlink()
    os.mkfifo(path)
    assert "no file" in wrong(lived)[f"backups/{path.name}"]


def test_backups_that_have_not_been_taken_for_days_are_told(lived: Path) -> None:
    path = shelf.listed(lived)[0].path
    history = lived / files.HISTORY
    then_ns = history.stat().st_mtime_ns + 5 * DAY_MS * 1_000_000
    os.utime(history, ns=(then_ns, then_ns))
    assert "5 days older" in wrong(lived)[files.BACKUPS]
    path.rename(shelf.place(lived, then_ns // 1_000_000, "daily"))
    assert wrong(lived) == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_what_others_may_read_is_told(lived: Path) -> None:
    (lived / files.COOKIE).chmod(0o604)
    shelf.listed(lived)[0].path.chmod(0o640)
    assert files.COOKIE in wrong(lived)["modes"]
    assert shelf.listed(lived)[0].path.name in wrong(lived)["modes"]


def test_what_was_cut_short_is_no_fault(lived: Path) -> None:
    (lived / files.HISTORY).rename(lived / files.RESTORED)
    (lived / files.COOKIE).rename(lived / f"{files.COOKIE}.old")
    assert wrong(lived) == {}
    assert "next start finishes it" in found(lived)[files.HISTORY].sentence
    assert "next start finishes it" in found(lived)[files.COOKIE].sentence


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_a_link_to_nowhere_among_the_backups_is_passed_over(lived: Path) -> None:
    (lived / files.BACKUPS / "away").symlink_to(lived / "nowhere")
    assert wrong(lived) == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile by access lists")
def test_the_history_comes_first_and_is_judged_by_itself(lived: Path) -> None:
    """Backups are verified by that line alone: a disk that knows no modes is no reason to have none."""
    for path in (lived, lived / files.HISTORY):
        path.chmod(0o755)
    lines = [finding.line for finding in check(lived)]
    assert lines[0].startswith(f"{files.HISTORY}: OK. ")
    assert lines[-1].startswith("modes: WRONG. ")
