"""A home has folders that only its owner can enter and a service script; what was there stays as it was."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from netledger.installation.errors import HomeUnusable
from netledger.installation.home import Home, create_home, home_from_environment


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_with_closed_folders_and_an_executable_script(tmp_path: Path) -> None:
    home = Home(tmp_path / "not" / "yet" / "there")

    create_home(home)

    for folder in (home.path, home.config.parent, home.log, home.tmp, home.run):
        assert mode_of(folder) == 0o700
    assert mode_of(home.service) == 0o700
    assert not home.cluster.exists()


def test_in_a_folder_whose_mode_is_not_ours_to_change(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.config_folder.mkdir(parents=True)
    home.path.chmod(0o755)
    home.config_folder.chmod(0o750)
    tmp_path.chmod(0o711)

    create_home(home)

    assert [mode_of(folder) for folder in (tmp_path, home.path, home.config_folder)] == [0o711, 0o755, 0o750]


def test_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    create_home(home)
    before = {path: path.stat() for path in home.path.rglob("*")}

    create_home(home)

    assert {path: path.stat() for path in home.path.rglob("*")} == before


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python with an awkward name that only says how it was called."""
    python = tmp_path / 'it\'s a "$HOME" python'
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    return python


@pytest.mark.usefixtures("interpreter")
def test_with_a_script_that_works_from_anywhere_whatever_the_folder_is_called(tmp_path: Path) -> None:
    home = Home(tmp_path / "a 'home' of \"$HOME\" \\ `x` \n")
    create_home(home)
    link = tmp_path / "link"
    link.symlink_to(home.service)

    for script in (home.service, link):
        said = subprocess.run(
            [script, "restart", "a b"], cwd="/", capture_output=True, text=True, check=True
        ).stdout

        assert said == f"-P\n-m\nnetledger.cli.main\n--home\n{home.path}\nservice\nrestart\na b\n"


def test_with_a_script_that_follows_a_moved_interpreter(tmp_path: Path, interpreter: Path) -> None:
    home = Home(tmp_path / "home")
    create_home(home)
    interpreter.rename(tmp_path / "moved")
    sys.executable = str(tmp_path / "moved")

    create_home(home)

    assert str(tmp_path / "moved") in home.service.read_text()


def test_unless_another_programs_script_stands_there(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.service.write_text("#!/bin/bash\necho Carbon\n")

    with pytest.raises(HomeUnusable, match="service"):
        create_home(home)

    assert home.service.read_text() == "#!/bin/bash\necho Carbon\n"


def test_unless_something_else_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    with pytest.raises(HomeUnusable, match="home"):
        create_home(Home(tmp_path / "home"))


def test_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NETLEDGER_HOME", raising=False)
    assert home_from_environment() == Home(tmp_path / "netledger-home")

    monkeypatch.setenv("NETLEDGER_HOME", "elsewhere")
    assert home_from_environment() == Home(tmp_path / "elsewhere")
    assert not list(tmp_path.iterdir())
