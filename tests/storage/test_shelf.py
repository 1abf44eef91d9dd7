from pathlib import Path

from storage import files, shelf

DAY_MS = 86_400_000
NOW_MS = 1_795_662_000_000


def put(directory: Path, day: int, reason: shelf.Reason) -> Path:
    path = shelf.place(directory, NOW_MS + day * DAY_MS, reason)
    path.parent.mkdir(exist_ok=True)
    path.touch()
    return path


def test_a_name_says_when_of_which_layout_and_why(tmp_path: Path) -> None:
    path = put(tmp_path, 0, "before-migration")
    assert path.relative_to(tmp_path).as_posix() == "backups/history-20261126T030000Z-layout1-before-migration.mdb.gz"
    assert shelf.listed(tmp_path) == [shelf.Backup(path, NOW_MS, "before-migration")]


def test_the_newest_comes_first_and_what_is_no_backup_not_at_all(tmp_path: Path) -> None:
    assert shelf.listed(tmp_path) == []
    paths = [put(tmp_path, day, "daily") for day in (3, 1, 2)]
    for name in ("notes.txt", "history-20261399T030000Z-layout1-daily.mdb.gz", "history.mdb.gz"):
        (tmp_path / files.BACKUPS / name).touch()
    assert [backup.path for backup in shelf.listed(tmp_path)] == [paths[0], paths[2], paths[1]]


def test_of_each_kind_the_newest_few_are_kept(tmp_path: Path) -> None:
    daily = [put(tmp_path, -day, "daily") for day in (7, 6, 5, 4, 3, 2, 1)]
    before = [put(tmp_path, -day, "before-migration") for day in (4, 3, 2, 1)]
    gone = {backup.path for backup in shelf.superseded(shelf.listed(tmp_path), NOW_MS)}
    assert gone == {*daily[:2], *before[:2]}


def test_those_of_a_clock_that_was_ahead_go_before_the_one_that_was_just_taken(tmp_path: Path) -> None:
    ahead = [put(tmp_path, 900 + day, "daily") for day in range(5)]
    put(tmp_path, 0, "daily")
    assert [backup.path for backup in shelf.superseded(shelf.listed(tmp_path), NOW_MS)] == [ahead[0]]
