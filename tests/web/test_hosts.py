import pytest

from web.hosts import Hosts


@pytest.mark.parametrize(
    "authority",
    [
        *("127.0.0.1", "127.0.0.1:8080", "127.255.255.254:1", "[::1]", "[::1]:8080", "[0:0:0:0:0:0:0:1]"),
        *("localhost", "LOCALHOST:80", "localhost.", "localhost.:8080"),
    ],
)
def test_a_loopback_name_is_ours_whatever_the_port(authority: str) -> None:
    assert Hosts().allows_authority(authority)


@pytest.mark.parametrize(
    "authority",
    [
        *(
            "",
            ":8080",
            "evil.example",
            "localhost.evil.example",
            "evil.localhost",
            "127.0.0.1.evil.example",
            "128.0.0.1",
        ),
        *("10.0.0.1", "192.168.0.1", "[::]", "[::2]", "[::ffff:127.0.0.1]", "::1", "127.1", "2130706433", "0177.0.0.1"),
        *("localhost:", "localhost:x", "localhost:123456", "localhost..", "user@localhost", "localhost/", " localhost"),
        *(
            "localhost, localhost",
            "127.0.0.1 ",
            "[127.0.0.1]",
            "[localhost]",
            "[::1",
            "::1]",
            "[::1%25lo]",
            "127.0.0.1\t",
        ),
    ],
)
def test_any_other_name_is_not(authority: str) -> None:
    assert not Hosts().allows_authority(authority)


@pytest.mark.parametrize("authority", ["box.lan", "BOX.lan:8080", "box.lan."])
def test_an_extra_name_is_ours_in_any_case_and_with_a_trailing_dot(authority: str) -> None:
    assert Hosts(["Box.LAN"]).allows_authority(authority)


@pytest.mark.parametrize(
    ("authority", "here"),
    [
        ("192.0.2.2", "192.0.2.2"),
        ("192.0.2.2:8080", "192.0.2.2"),
        ("192.0.2.2:8080", "::ffff:192.0.2.2"),
        ("[::ffff:192.0.2.2]:8080", "::ffff:192.0.2.2"),
        ("[::ffff:c000:202]", "192.0.2.2"),
        ("[2001:db8::2]:8080", "2001:db8::2"),
        ("[2001:DB8:0:0::2]", "2001:db8::2"),
        ("[fe80::2]:8080", "fe80::2%eth0"),
    ],
)
def test_the_address_at_which_the_connection_came_in_is_ours_however_it_is_written(authority: str, here: str) -> None:
    assert Hosts().allows_authority(authority, here)


@pytest.mark.parametrize(
    ("authority", "here"),
    [
        ("192.0.2.3", "192.0.2.2"),
        ("192.0.2.2", "::ffff:192.0.2.3"),
        ("192.0.2.2", None),
        ("192.0.2.2.evil.example", "192.0.2.2"),
        ("192.0.2.2.", "192.0.2.2"),
        ("192.0.2.02", "192.0.2.2"),
        ("3221225986", "192.0.2.2"),
        ("2001:db8::2", "2001:db8::2"),
        ("[2001:db8::3]", "2001:db8::2"),
        ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
        ("[192.0.2.2]", "192.0.2.2"),
        ("0.0.0.0", "192.0.2.2"),  # noqa: S104 - what is asked for
        ("evil.example", "evil.example"),
    ],
)
def test_no_other_address_is(authority: str, here: str | None) -> None:
    assert not Hosts().allows_authority(authority, here)


@pytest.mark.parametrize(
    ("listening", "authority"),
    [("0.0.0.0", "0.0.0.0:8080"), ("::", "[::]:8080"), ("192.0.2.2", "192.0.2.2")],  # noqa: S104 - what is asked for
)
def test_the_address_to_listen_on_is_ours(listening: str, authority: str) -> None:
    assert Hosts((), listening).allows_authority(authority, "198.51.100.1")
    assert not Hosts().allows_authority(authority, "198.51.100.1")


@pytest.mark.parametrize("authority", ["a.box.lan", "box.lan.evil.example", "box", "xbox.lan"])
def test_an_extra_name_is_taken_exactly(authority: str) -> None:
    assert not Hosts(["box.lan"]).allows_authority(authority)
