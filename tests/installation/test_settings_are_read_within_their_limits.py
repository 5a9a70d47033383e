"""The settings mean what the configuration says, and a value out of its limits is refused by line and key."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import pytest

from netledger.installation.bash_config import write_line
from netledger.installation.errors import ConfigRefused
from netledger.installation.setting_values import Listen, read_listen
from netledger.installation.settings import Settings, read_settings


def settings_of(tmp_path: Path, *lines: str) -> Settings:
    config = tmp_path / "config"
    config.write_text("\n".join(["declare -A app network", *lines, ""]), encoding="utf-8")
    return read_settings(config)


def network(key: str, value: str) -> str:
    return write_line("network", key, value)


def test_hold_by_default_where_the_file_says_nothing(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)

    assert settings == Settings()
    assert settings.app.time_zone == "Europe/Moscow"
    assert settings.network.listen == ""
    assert settings.network.allowed_ip == (IPv4Network("127.0.0.1"), IPv6Network("::1"))
    assert settings.network.context == ()
    assert settings.network.session_seen_within_s == 15 * 60


def test_come_from_the_file(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        write_line("app", "time_zone", "Africa/Cairo"),
        network("api.listen", "[::]:8082"),
        network("api.allowed_ip", "192.0.2.10  10.0.0.0/8 2001:db8::/32 ::ffff:198.51.100.0/120"),
        network("api.context", "web collector  web asr_fiscal"),
        network("api.collector.psw", "p'a$s"),
        network("api.web.psw", ""),
        network("api.asr_fiscal.allowed_ip", "192.0.2.1"),
        network("api.web.allowed_ip", ""),
        network("api.trusted_proxy", "192.0.2.1"),
        network("session.seen_within_s", "600"),
    )

    assert settings.app.time_zone == "Africa/Cairo"
    assert settings.network.listen == "[::]:8082"
    assert settings.network.allowed_ip == (
        IPv4Network("192.0.2.10/32"),
        IPv4Network("10.0.0.0/8"),
        IPv6Network("2001:db8::/32"),
        IPv4Network("198.51.100.0/24"),
    )
    assert settings.network.context == ("web", "collector", "asr_fiscal")
    assert settings.network.psw == {"collector": "p'a$s"}
    assert settings.network.context_allowed_ip == {"asr_fiscal": (IPv4Network("192.0.2.1/32"),)}
    assert settings.network.trusted_proxy == (IPv4Network("192.0.2.1/32"),)
    assert settings.network.session_seen_within_s == 600


def test_leave_alone_what_they_do_not_know(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        network("api.collector.psw.widget", "inputbox"),
        network("api.no-such-name.psw", "x"),
        network("listen", "nonsense"),
        "declare -A other",
        write_line("other", "time_zone", "nonsense"),
    )

    assert settings == Settings()


def test_take_the_last_of_two_equal_keys_alone(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path, network("session.seen_within_s", "nonsense"), network("session.seen_within_s", "60")
    )

    assert settings.network.session_seen_within_s == 60


@pytest.mark.parametrize(
    ("section", "key", "value", "named"),
    [
        ("app", "time_zone", "Europe/Atlantis", "Europe/Moscow"),
        ("app", "time_zone", "", "time zone"),
        ("app", "time_zone", "../../etc/passwd", "time zone"),
        ("network", "api.listen", "8082", "ADDRESS:PORT"),
        ("network", "api.listen", "billing:8082", "ADDRESS:PORT"),
        ("network", "api.listen", "::1:8082", "ADDRESS:PORT"),
        ("network", "api.listen", "[127.0.0.1]:8082", "ADDRESS:PORT"),
        ("network", "api.listen", "127.0.0.1:0", "65535"),
        ("network", "api.listen", "127.0.0.1:65536", "65535"),
        ("network", "api.allowed_ip", "127.0.0.1, 10.0.0.1", '"127.0.0.1,"'),
        ("network", "api.allowed_ip", "10.0.0.256", '"10.0.0.256"'),
        ("network", "api.allowed_ip", "10.0.0.5/24", "10.0.0.0/24"),
        ("network", "api.allowed_ip", "fe80::1%eth0", '"fe80::1%eth0"'),
        ("network", "api.allowed_ip", " ".join(["::1"] * 1001), "more than 1000 values"),
        ("network", "api.trusted_proxy", "proxy", '"proxy"'),
        ("network", "api.context", "web,collector", '"web,collector"'),
        ("network", "api.context", "web кабинет", '"кабинет"'),
        ("network", "api.web.allowed_ip", "x", '"x"'),
        ("network", "api.web.psw", "x" * 257, "more than 256 characters"),
        ("network", "session.seen_within_s", "9", "from 10 to 604800 s"),
        ("network", "session.seen_within_s", "604801", "from 10 to 604800 s"),
        ("network", "session.seen_within_s", "1e3", "whole number"),
        ("network", "session.seen_within_s", "-60", "whole number"),
        ("network", "session.seen_within_s", "٦٠", "whole number"),
        ("network", "session.seen_within_s", "", "whole number"),
    ],
)
def test_are_refused_out_of_their_limits(
    tmp_path: Path, section: str, key: str, value: str, named: str
) -> None:
    with pytest.raises(ConfigRefused) as caught:
        settings_of(tmp_path, "# comment", write_line(section, key, value))

    assert caught.value.line == 3
    assert f"{section}['{key}']: " in caught.value.sentence("ru")
    assert named in caught.value.sentence("en")


def test_do_not_show_passwords_where_they_are_printed(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, network("api.web.psw", "xyzzy"))

    assert "xyzzy" not in repr(settings)


def test_split_a_listening_address() -> None:
    assert read_listen("0.0.0.0:8082") == Listen("0.0.0.0", 8082)
    assert read_listen("[2001:db8::1]:80") == Listen("2001:db8::1", 80)
