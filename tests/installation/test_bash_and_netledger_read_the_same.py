"""Whoever reads the configuration, bash by sourcing it or netledger, gets the same values, and nothing runs."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from installation.sourcing import Sourced, source_in_bash
from netledger.installation.bash_config import BashConfig, parse
from netledger.installation.config_edit import with_value
from netledger.installation.errors import ConfigRefused

RUNS = ["$(touch ran)", "`touch ran`", "; touch ran", "& touch ran", "| touch ran", '"; touch ran; echo "']
NASTY = "'\"\\$`!~*?{}[]()<>;&|#%+^@=:,./- \t\r\x01\x07\x1b\x7fя\u00a0\u2028\ufeff😀az09_"

values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\0"), max_size=30),
    st.text(NASTY, max_size=12),
    st.lists(st.sampled_from([*RUNS, "'", '"', "\\", "a", "$x", "${x}"]), max_size=4).map("".join),
)
batches = st.lists(values, min_size=1, max_size=30)

QUOTES = {"single": "'", "double": '"', "bare": ""}


def read(content: str) -> BashConfig:
    return parse(content.encode(), Path("config"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where bash stands: with a file, so that a pattern has something to match."""
    folder = tmp_path_factory.mktemp("bash")
    (folder / "a").touch()
    return folder


def in_bash(contents: list[bytes], folder: Path, *, locale: str = "C.UTF-8") -> list[Sourced]:
    """What bash makes of those files, having run nothing."""
    written = folder / "written"
    written.mkdir(exist_ok=True)
    files = [written / str(number) for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    sourced = source_in_bash(files, folder=folder, locale=locale)
    assert sorted(path.name for path in folder.iterdir()) == ["a", "written"]
    return sourced


@settings(deadline=None, max_examples=60)
@given(batch=batches, locale=st.sampled_from(["C", "C.UTF-8"]))
@example(batch=["pa%98s&w#d+1", 'foo"; touch ran; echo "bar', "%%\\"], locale="C.UTF-8")
def test_a_value_that_was_set_is_byte_for_byte_what_bash_prints(
    batch: list[str], locale: str, folder: Path
) -> None:
    lines = [
        f"app['{style}{number}']={quote}old{quote}"
        for number in range(len(batch))
        for style, quote in QUOTES.items()
    ]
    text = "\n".join(["declare -A app", *lines, ""])
    wanted = {f"{style}{number}": value for number, value in enumerate(batch) for style in QUOTES}

    for key, value in wanted.items():
        text = with_value(read(text), "app", key, value)

    (sourced,) = in_bash([text.encode()], folder, locale=locale)

    assert sourced == Sourced(accepted=True, values={"app": wanted})
    assert read(text).values() == {"app": wanted}


QUOTED = ["''", '""', "\\'", '\\"', "'a", "b'", "'\\''", "$'a'", '$"a"', "a", "1", "я", "\u00a0", "\ufeff"]
EXPANDED = ["$", "\\$", "$x", "${x}", "$((1))", "~/a", "a:~", "{a,b}", "histchars", "PATH"]
SIDES = ["app['k']=", 'app["k"]=', "app[k]=", "app[k k]=", "app", "+=", "declare -A ", " #", "\n", "\0"]
pieces = st.sampled_from([*RUNS, *NASTY, *QUOTED, *EXPANDED, *SIDES])
right_lines = st.sampled_from(
    [
        "",
        "# 'a",
        "declare -A app",
        "declare -A more app # two",
        "app['k']='v'",
        'app["k"]="a\\"b\\$c$"',
        "app[k]=v",
        "app['k']=",
        "app['я']=\\;я",
        "  app['k']='it'\\''s' # why",
        "app['k.widget']='ip \"Title\" \"Hint\"'",
    ]
)


@st.composite
def mangled_lines(draw: st.DrawFn) -> str:
    """A right line, with up to three pieces put in or put in the place of what stood there."""
    line = draw(right_lines)
    for _ in range(draw(st.integers(0, 3))):
        begin = draw(st.integers(0, len(line)))
        end = draw(st.sampled_from([begin, begin, begin + 1, len(line)]))
        line = line[:begin] + draw(pieces) + line[end:]
    return line


mangled_files = st.lists(mangled_lines(), min_size=1, max_size=3).map(
    lambda lines: "\n".join(["declare -A app", *lines])
)


@settings(deadline=None, max_examples=60)
@given(texts=st.lists(mangled_files, min_size=20, max_size=40))
def test_a_file_that_netledger_reads_is_taken_by_bash_and_means_the_same(
    texts: list[str], folder: Path
) -> None:
    taken: dict[bytes, dict[str, dict[str, str]]] = {}
    for text in texts:
        with suppress(ConfigRefused):
            taken[text.encode()] = {
                section: values for section, values in read(text).values().items() if values
            }

    sourced = in_bash(list(taken), folder)

    assert sourced == [Sourced(accepted=True, values=values) for values in taken.values()]


def test_the_last_of_two_equal_keys_wins_as_in_bash(folder: Path) -> None:
    text = "declare -A app\napp['k']='first'\napp[\"k\"]='second'\ndeclare -A app\napp[k]='third'\n"

    (sourced,) = in_bash([text.encode()], folder)

    assert read(text).values() == sourced.values == {"app": {"k": "third"}}


def test_carbons_own_lines_are_read_as_they_stand(folder: Path) -> None:
    text = """#!/bin/bash
declare -A app
app['apache.port']='8082'
app['apache.port.widget']='inputbox "Порт" "Порт веб-сервера"'
declare -A radius
radius['mode']="main"   # unknown here
radius['mode.list']='main backup'
radius[timeout]=5
"""

    (sourced,) = in_bash([text.encode()], folder)

    assert read(text).values() == sourced.values
    assert sourced.values["radius"] == {"mode": "main", "mode.list": "main backup", "timeout": "5"}
