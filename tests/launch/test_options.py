import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
import pytest

from launch.options import Options, read_options
from launch.version import VERSION


def read(*arguments: str, **environment: str) -> Options:
    return read_options(arguments, environment)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, **environment: str) -> str:
    with pytest.raises(SystemExit) as ended:
        read(*arguments, **environment)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_the_defaults_are_the_contracts() -> None:
    assert read() == Options(
        host="127.0.0.1",
        port=None,
        data_dir=Path(platformdirs.user_data_dir("ccurve", appauthor=False)),
        upstream="https://www.aicodemirror.com",
        browser=True,
        demo=False,
        allowed_hosts=[],
        log_level="info",
        access_key=None,
    )


ENVIRONMENT: Mapping[str, str] = {
    "CCURVE_HOST": "::1",
    "CCURVE_PORT": "0",
    "CCURVE_DATA_DIR": "/from/environment",
    "CCURVE_UPSTREAM": "http://mirror.example:8000/base/",
    "CCURVE_NO_BROWSER": "1",
    "CCURVE_DEMO": "true",
    "CCURVE_ALLOW_HOSTS": "one.example, Two.Example.",
    "CCURVE_LOG_LEVEL": "debug",
    "CCURVE_ACCESS_KEY": "key in the environment",
}


def test_the_environment_beats_the_defaults() -> None:
    assert read(**ENVIRONMENT) == Options(
        host="::1",
        port=0,
        data_dir=Path("/from/environment").absolute(),
        upstream="http://mirror.example:8000/base",
        browser=False,
        demo=True,
        allowed_hosts=["one.example", "two.example"],
        log_level="debug",
        access_key="key in the environment",
    )


def test_a_flag_beats_the_environment() -> None:
    flags = (
        *("--host", "127.0.0.2", "--port", "9000", "--data-dir", "/from/flag", "--upstream", "https://flag.example"),
        *("--allow-host", "three.example", "--allow-host", "four.example", "--log-level", "error"),
        *("--access-key", "key of a flag"),
    )
    options = read(*flags, **ENVIRONMENT)
    assert options.access_key == "key of a flag"
    assert (options.host, options.port, options.log_level) == ("127.0.0.2", 9000, "error")
    assert options.data_dir == Path("/from/flag").absolute()
    assert options.upstream == "https://flag.example"
    assert options.allowed_hosts == ["three.example", "four.example"]


def test_a_flag_beats_a_variable_that_makes_no_sense() -> None:
    wrong = dict.fromkeys(ENVIRONMENT, "~nobody-of-this-name/ no sense")
    flags = (
        *("--host", "127.0.0.2", "--port", "9000", "--data-dir", "/from/flag", "--upstream", "https://flag.example"),
        *("--allow-host", "three.example", "--log-level", "error", "--demo", "--no-browser", "--access-key", "key"),
    )
    assert read(*flags, **wrong) == read(*flags)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(**dict.fromkeys(ENVIRONMENT.keys() - {"CCURVE_ACCESS_KEY"}, "")) == read()


@pytest.mark.parametrize("key", ["", " ", "\t\n"])
def test_an_empty_access_key_is_none_that_was_asked_for(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--access-key" in refused(capsys, "--access-key", key)
    assert "CCURVE_ACCESS_KEY" in refused(capsys, CCURVE_ACCESS_KEY=key)


@pytest.mark.parametrize("key", ["secret\x07key", "secret\nkey", "secret\udcffkey", "secret\u200bkey", "secret" * 200])
def test_an_access_key_that_cannot_be_typed_is_refused_and_not_repeated(
    key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "--access-key", key) + refused(capsys, CCURVE_ACCESS_KEY=key)
    assert said.count("printable") == 2
    assert "secret" not in said


@pytest.mark.parametrize("key", ["x", "密钥", "two words", "=", "'\"$&", "x" * 1_024])
def test_any_other_access_key_is_taken_as_it_is(key: str) -> None:
    assert read("--access-key", key).access_key == key
    assert read(CCURVE_ACCESS_KEY=f" {key}\n").access_key == key


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--acces-key", "s3cr3t"), "--acces-key"),
        (("--acces-key=s3cr3t",), "--acces-key"),
        (("--access", "s3cr3t"), "--access"),  # no abbreviation is taken
        (("--access=s3cr3t",), "--access"),
        (("--Access-Key", "s3cr3t = --s3cr3t"), "--Access-Key"),
        (("-access-key", "s3cr3t", "--prot=80"), "-access-key, --prot"),
        (("--acces-key", "--s3cr3t"), "--acces-key"),
        (("--acces-key:s3cr3t",), "belong to no option"),
        (("--access-key", "one", "s3cr3t"), "belong to no option"),
        (("--", "s3cr3t"), "belong to no option"),
    ],
)
def test_of_what_is_no_option_the_name_is_told_and_no_value(
    arguments: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, *arguments)
    assert named in said
    assert "s3cr3t" not in said


@pytest.mark.parametrize("run_on", ["--access-keyhorse", "--access-key-horse-battery", "-access-keyHorse"])
def test_a_key_right_behind_the_name_of_its_option_is_not_told(run_on: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, run_on)
    assert "belong to no option" in said
    assert "horse" not in said.lower()


def test_options_show_no_access_key() -> None:
    assert "secret" not in repr(read("--access-key", "secret"))


def test_the_help_recommends_the_environment_for_the_access_key(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read("--help")
    assert "better in CCURVE_ACCESS_KEY" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        *(("0.0.0.0", "0.0.0.0"), ("192.168.1.2", "192.168.1.2"), ("::", "::"), ("[2001:db8::1]", "2001:db8::1")),  # noqa: S104
        *(("::ffff:192.168.1.2", "192.168.1.2"), ("fe80::1%eth0", "fe80::1%eth0")),
    ],
)
def test_any_address_may_be_listened_on_and_others_than_loopback_can_be_reached(given: str, taken: str) -> None:
    for options in (read("--host", given), read(CCURVE_HOST=given)):
        assert options.host == taken
        assert options.is_reachable


@pytest.mark.parametrize("given", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "::ffff:127.0.0.1"])
def test_addresses_of_loopback_cannot_be_reached(given: str) -> None:
    assert not read("--host", given).is_reachable


def test_localhost_is_taken_as_the_address_that_it_means() -> None:
    assert read("--host", "localhost").host == "127.0.0.1"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "65536"),
        ("--port", "-1"),
        ("--port", "\uff18\uff10"),
        ("--port", "http"),
        ("--host", "192.168.1.256"),
        ("--host", "192.168.1.0/24"),
        ("--host", "ccurve.example"),
        ("--data-dir", ""),
        ("--data-dir", "~nobody-of-this-name/data"),
        ("--upstream", "ftp://relay.example"),
        ("--upstream", "https://中转.example"),
        ("--upstream", "relay.example"),
        ("--upstream", "https://user:password@relay.example"),
        ("--upstream", "https://relay.example/?q"),
        ("--upstream", "https://[::1"),
        ("--allow-host", "http://one.example"),
        ("--allow-host", "one.example:80"),
        ("--allow-host", "*"),
        ("--log-level", "loud"),
        ("--nonsense",),
        ("--no-brow",),
        ("surplus",),
    ],
)
def test_a_wrong_option_exits_with_two(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "error:" in refused(capsys, *arguments)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("HOST", "10.0.0"),
        ("UPSTREAM", "x"),
        ("NO_BROWSER", "maybe"),
        ("DEMO", "2"),
        ("LOG_LEVEL", "loud"),
        ("ALLOW_HOSTS", "ok.example,a b"),
    ],
)
def test_a_wrong_variable_exits_with_two(name: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "error:" in refused(capsys, **{f"CCURVE_{name}": value})


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the working directory of a process")
def test_a_relative_data_directory_wants_a_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert "working directory" in refused(capsys, "--data-dir", "data")


@pytest.mark.parametrize(("flag", "said"), [("--version", f"CCurve {VERSION}\n"), ("--help", "usage: ccurve")])
def test_version_and_help_are_told_on_standard_output(flag: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read(flag)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(said)


def test_a_check_or_a_restoration_is_asked_for_in_place_of_serving() -> None:
    assert read("--check").check
    assert (read("--restore").restore, read("--restore").backup) == (True, None)
    asked = read("--restore", "some.mdb.gz")
    assert (asked.restore, asked.backup) == (True, Path("some.mdb.gz").absolute())
    assert (read().check, read().restore) == (False, False)


def test_what_cannot_be_asked_for_at_once_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "not allowed with" in refused(capsys, "--check", "--restore")
    assert "demonstration" in refused(capsys, "--check", "--demo")
    assert "demonstration" in refused(capsys, "--restore", CCURVE_DEMO="1")
    assert "--restore" in refused(capsys, "--restore", "")
