"""A configuration that bash would not accept, or that would run something, is refused by its line."""

import os
from pathlib import Path

import pytest

from netledger.installation.bash_config import SIZE_MAX_BYTES, parse, read_config
from netledger.installation.errors import ConfigRefused, ConfigUnreadable

BEFORE = b"# comment\ndeclare -A app\n"


def refused(content: bytes) -> ConfigRefused:
    with pytest.raises(ConfigRefused) as caught:
        parse(content, Path("cfg/config"))
    return caught.value


@pytest.mark.parametrize(
    "line",
    [
        "app['k']=$(touch ran)",
        "app['k']=\"$(touch ran)\"",
        "app['k']=\"`touch ran`\"",
        "app['k']=`touch ran`",
        "app['k']=$x",
        "app['k']=\"${x}\"",
        "app['k']=\"a$x\"",
        "app['k']=$((1+1))",
        "app['k']=~/x",
        "app['k']=*",
        "app['k']={a,b}",
        "app['k']=(a b)",
        "app['k']=a;touch ran",
        "app['k']='a'; touch ran",
        "app['k']='a' & touch ran",
        "app['k']='a' | touch ran",
        "app['k']='a' touch ran",
        "app['k']='a'#b",
        "app['k']=$'a'",
        "app['k']=$\"a\"",
        "app['k']+='a'",
        "app['k'] = 'a'",
        "app['k']='a\nb'",
        "app['k']=\"a\nb\"",
        "app['k']=a\\\nb",
        "app['k']='a' app['l']='b'",
        "app['$(touch ran)']='a'",
        "app[$x]='a'",
        "app['']='a'",
        "app['@']='a'",
        "app='a'",
        "k='a'",
        "touch ran",
        "export app",
        "declare -a app",
        "declare -A app=()",
        "declare -A PATH",
        "declare -A histchars",
        "other['k']='a'",
        "if true",
        ". other",
    ],
)
def test_names_the_line(line: str) -> None:
    refusal = refused(BEFORE + line.encode() + b"\napp['z']='z'\n")

    assert refusal.line == 3
    assert refusal.sentence("ru").startswith("cfg/config, строка 3: ")
    assert refusal.sentence("en").startswith("cfg/config, line 3: ")


@pytest.mark.parametrize(
    ("content", "line", "named"),
    [
        (BEFORE + b"app['k']='a'\r\n", 3, "CRLF"),
        (b"\xef\xbb\xbf" + BEFORE, 1, "BOM"),
        (BEFORE + b"app['k']='a\0b'\n", 3, "NUL"),
        (BEFORE + b"# \xcf\xf0\xe8\n", 3, "UTF-8"),
        (BEFORE + b"app['k']=\"$(x)\"\n", 3, "$(…)"),
        (BEFORE + b"app['k']=\"a$b\"\n", 3, "variables"),
        (BEFORE + b"app['k']=\"a`x`\"\n", 3, "backticks"),
        (BEFORE + b"app['k']='a\n", 3, "not closed"),
        (BEFORE + b"app['k']+='a'\n", 3, "+="),
        (BEFORE + b"app['k']='a' b\n", 3, "column 14"),
        (BEFORE + b"other['k']='a'\n", 3, "declare -A other"),
    ],
)
def test_says_what_is_wrong_with_it(content: bytes, line: int, named: str) -> None:
    refusal = refused(content)

    assert refusal.line == line
    assert named in refusal.sentence("en")


def test_never_quotes_a_value_which_may_be_a_password() -> None:
    refusal = refused(BEFORE + b"app['k']=\"secret$(x)word\"\n")

    for sentence in (refusal.sentence("ru"), refusal.sentence("en")):
        assert "secret" not in sentence
        assert "word" not in sentence


def test_is_limited_in_size(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_bytes(BEFORE + b"#" * (SIZE_MAX_BYTES - len(BEFORE)))
    read_config(config)
    config.write_bytes(BEFORE + b"#" * (SIZE_MAX_BYTES - len(BEFORE) + 1))

    with pytest.raises(ConfigUnreadable, match="1 MiB"):
        read_config(config)


def test_is_refused_where_it_is_no_file_at_all(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for name, why in (("nothing", "not there"), ("pipe", "not a file"), (".", "directory")):
        with pytest.raises(ConfigUnreadable, match=why):
            read_config(tmp_path / name)
