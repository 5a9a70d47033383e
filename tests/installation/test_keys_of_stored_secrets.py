"""Keys of stored secrets: made once for a new home, never again; the first encrypts and all decrypt."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from netledger.installation import secret_key
from netledger.installation.errors import SecretKeyMissing, SecretKeyWrong, SecretUnreadable
from netledger.installation.home import VARIABLE, Home, create_home


@pytest.fixture
def keyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with its keys, which the environment names."""
    home = Home(tmp_path / "home")
    monkeypatch.setenv(VARIABLE, str(home.path))
    create_home(home)
    secret_key.create(home)
    return home


@pytest.fixture(scope="module")
def keyed_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same, for a test that looks at many texts."""
    home = Home(tmp_path_factory.mktemp("keyed") / "home")
    create_home(home)
    secret_key.create(home)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(VARIABLE, str(home.path))
        yield


def test_are_one_line_that_only_the_owner_reads(keyed: Home) -> None:
    assert stat.S_IMODE(keyed.secret_key.stat().st_mode) == 0o600
    assert len(keyed.secret_key.read_text().splitlines()) == 1
    assert [path.name for path in keyed.config_folder.iterdir()] == ["secret.key"]


def test_are_another_home_s_no_more_than_ours(keyed: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    create_home(other)
    secret_key.create(other)

    assert other.secret_key.read_bytes() != keyed.secret_key.read_bytes()


@given(text=st.text())
def test_give_back_any_text(keyed_once: None, text: str) -> None:
    assert secret_key.decrypt(secret_key.encrypt(text)) == text


def test_hide_the_text_and_that_it_is_the_same(keyed: Home) -> None:
    first, second = secret_key.encrypt("пароль"), secret_key.encrypt("пароль")

    assert first != second
    assert "пароль".encode() not in first


def test_are_not_made_a_second_time(keyed: Home) -> None:
    before = keyed.secret_key.read_bytes()

    secret_key.create(keyed)

    assert keyed.secret_key.read_bytes() == before


def test_are_not_made_anew_for_a_database_that_has_lost_them(keyed: Home) -> None:
    keyed.secret_key.unlink()
    keyed.cluster.mkdir()

    with pytest.raises(SecretKeyMissing) as refused:
        secret_key.create(keyed)

    assert refused.value.path == str(keyed.secret_key)
    assert not keyed.secret_key.exists()


def test_are_not_made_by_the_way(keyed: Home) -> None:
    stored = secret_key.encrypt("secret")
    keyed.secret_key.unlink()

    for act in (lambda: secret_key.decrypt(stored), lambda: secret_key.encrypt("secret")):
        with pytest.raises(SecretKeyMissing):
            act()

    assert not keyed.secret_key.exists()


def test_can_be_followed_by_a_new_one_put_on_top(keyed: Home) -> None:
    old_key = keyed.secret_key.read_bytes()
    stored = secret_key.encrypt("old")

    keyed.secret_key.write_bytes(Fernet.generate_key() + b"\n" + old_key)

    assert secret_key.decrypt(stored) == "old"
    assert secret_key.decrypt(secret_key.encrypt("new")) == "new"
    with pytest.raises(InvalidToken):
        Fernet(old_key.strip()).decrypt(secret_key.encrypt("new"))


def test_do_not_read_what_none_of_them_wrote(keyed: Home) -> None:
    stored = Fernet(Fernet.generate_key()).encrypt(b"another's")

    with pytest.raises(SecretUnreadable):
        secret_key.decrypt(stored)


def test_name_the_line_that_is_none(keyed: Home) -> None:
    with keyed.secret_key.open("a") as file:
        file.write("\nnot-a-key\n")

    with pytest.raises(SecretKeyWrong) as refused:
        secret_key.encrypt("secret")

    assert refused.value.line == 3
    assert "not-a-key" not in str(refused.value)
