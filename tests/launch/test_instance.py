import shutil
import threading
from pathlib import Path

import pytest

from domain.errors import DataDirUnusableError, StartError
from launch import instance
from launch.instance import AlreadyRunning, no_instance, only_instance, telling

URL = "http://127.0.0.1:8099"


def test_a_second_start_finds_the_address_of_the_first(tmp_path: Path) -> None:
    with (
        only_instance(tmp_path),
        telling(tmp_path, URL),
        pytest.raises(AlreadyRunning) as found,
        only_instance(tmp_path),
    ):
        pass
    assert found.value.url == URL


def test_a_second_start_waits_for_a_first_that_is_about_to_listen(tmp_path: Path) -> None:
    urls: list[str] = []

    def start_again() -> None:
        with pytest.raises(AlreadyRunning) as found, only_instance(tmp_path):
            pass
        urls.append(found.value.url)

    with only_instance(tmp_path):
        second = threading.Thread(target=start_again)
        second.start()
        with telling(tmp_path, URL):
            second.join()
    assert urls == [URL]


def test_a_first_that_never_says_its_address_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_S", 0.0)
    with only_instance(tmp_path), pytest.raises(StartError, match="--data-dir"), only_instance(tmp_path):
        pass


def test_the_directory_is_free_after_the_first_has_ended(tmp_path: Path) -> None:
    with only_instance(tmp_path), telling(tmp_path, URL):
        pass
    with only_instance(tmp_path):
        pass


def test_the_address_of_one_that_was_killed_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with telling(tmp_path, URL):
        shutil.copyfile(tmp_path / instance._INSTANCE, tmp_path / "left")
    (tmp_path / "left").rename(tmp_path / instance._INSTANCE)
    monkeypatch.setattr(instance, "_PATIENCE_S", 0.0)
    with only_instance(tmp_path), pytest.raises(StartError), only_instance(tmp_path):
        pass


def test_a_directory_that_is_not_there_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirUnusableError, match="--data-dir"), only_instance(tmp_path / "file" / "below"):
        pass


def test_a_second_start_takes_over_from_a_first_that_is_about_to_end(tmp_path: Path) -> None:
    held: list[bool] = []

    def start_again() -> None:
        with only_instance(tmp_path):
            held.append(True)

    with only_instance(tmp_path):
        with telling(tmp_path, URL):
            pass
        second = threading.Thread(target=start_again)
        second.start()
        assert held == []
    second.join()
    assert held == [True]


def test_an_address_that_cannot_be_written_is_no_reason_not_to_serve(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / f"{instance._INSTANCE}.new").mkdir()
    with telling(tmp_path, URL):
        assert not (tmp_path / instance._INSTANCE).exists()
    assert "will not find this one" in caplog.text


def test_the_address_of_another_that_took_the_directory_s_place_stays(tmp_path: Path) -> None:
    with telling(tmp_path, URL):
        tmp_path.rename(tmp_path.with_name("away"))
        tmp_path.mkdir()
        other = tmp_path / instance._INSTANCE
        other.write_bytes(b'{"url":"http://127.0.0.1:1"}')
    assert other.exists()


def test_it_ends_where_its_directory_is_gone(tmp_path: Path) -> None:
    with telling(tmp_path, URL):
        shutil.rmtree(tmp_path)


def test_nothing_is_made_to_find_that_nothing_runs(tmp_path: Path) -> None:
    with no_instance(tmp_path):
        assert list(tmp_path.iterdir()) == []
    with no_instance(tmp_path / "missing"):
        assert not (tmp_path / "missing").exists()


def test_what_runs_is_named_to_who_wants_nothing_to_run(tmp_path: Path) -> None:
    with (
        only_instance(tmp_path),
        telling(tmp_path, URL),
        pytest.raises(StartError, match=rf"{URL}.*End it first"),
        no_instance(tmp_path),
    ):
        pass


def test_nothing_starts_where_nothing_may_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_S", 0)
    with only_instance(tmp_path):
        pass
    with no_instance(tmp_path), pytest.raises(StartError), only_instance(tmp_path):
        pass
    with only_instance(tmp_path):
        pass


def test_a_word_that_is_no_text_is_none(tmp_path: Path) -> None:
    (tmp_path / instance._INSTANCE).write_bytes(b'{"url\xff":1}')
    assert instance._told(tmp_path) is None
