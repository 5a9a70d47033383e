"""Changes the configuration in place: values move, every other byte stays."""

import fcntl
import itertools
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from netledger.installation.bash_config import BashConfig, is_key, parse, read_config, write_line
from netledger.installation.bash_words import write_word
from netledger.installation.errors import ConfigChangedMeanwhile, ConfigUnreadable, SettingRefused
from netledger.installation.first_config import first_config
from netledger.installation.home import Home
from netledger.installation.settings import check_value, find_declared
from netledger.installation.whole_file import write_whole

# What RFC 3986 lets stand in a query and no reader of a query takes for anything else.
GOES_RAW_INTO_A_URL = re.compile(r"[A-Za-z0-9._~!$'()*,:@/?=-]*")

KEPT = re.compile(r"config\.([0-9]{8}-[0-9]{6})(?:-([0-9]+))?")
KEPT_MAX = 20


class Warned(NamedTuple):
    """Something worth knowing about a value that was set, in both languages."""

    ru: str
    en: str


def create_config(home: Home, listen: str) -> None:
    """Write the first configuration, with passwords of its own, unless there is one already.

    Raises: SettingRefused (the listening address), FileNotWritten.
    """
    check_value("network", "api.listen", listen)
    with _alone(home):
        if home.config.exists():
            return
        write_whole(home.config, first_config(listen).encode())
        _write_twin(home, read_config(home.config))


def set_value(home: Home, key: str, value: str) -> list[Warned]:
    """Change one value; see `set_values`."""
    return set_values(home, {key: value})


def set_values(home: Home, changes: Mapping[str, str], *, made_from: str = "") -> list[Warned]:
    """Change values and keep the file as it was under a name with the time in it; of such files the newest stay.

    Args:
        changes: by key, as network.api.collector.psw; the section ends at the first point.
        made_from: the version of the file that whoever makes the changes has seen; empty: whichever is there.

    Returns: what is worth knowing about the new values.
    Raises:
        SettingRefused: there can be no such key, or it cannot have that value; nothing was changed.
        ConfigChangedMeanwhile: the file is no longer the one that was seen; nothing was changed.
        ConfigUnreadable, ConfigRefused: the file as it stands.
        FileNotWritten: the file is as it was.
    """
    for key, value in changes.items():
        check_change(key, value)
    with _alone(home):
        config = read_config(home.config)
        if made_from and made_from != version_of(config):
            raise ConfigChangedMeanwhile(path=str(home.config))
        changed = with_values(home, config, changes)
        if changed.lines != config.lines:
            _keep(home, config)
            write_whole(home.config, _text_of(changed).encode())
            _forget_oldest(home)
        _write_twin(home, changed)
    return [warned for key, value in changes.items() for warned in _warnings(*split_key(key), value)]


def check_change(key: str, value: str) -> None:
    """Refuse a value that the key cannot be given. Raises: SettingRefused."""
    section, name = split_key(key)
    _refuse_unwritable(key, value)
    check_value(section, name, value)


def with_values(home: Home, config: BashConfig, changes: Mapping[str, str]) -> BashConfig:
    """What the configuration would be with those values; nothing is written."""
    for key, value in changes.items():
        section, name = split_key(key)
        config = parse(with_value(config, section, name, value).encode(), home.config)
        assert config.values()[section][name] == value
    return config


def version_of(config: BashConfig) -> str:
    """A text that is another one for every other content of the file."""
    return sha256(_text_of(config).encode()).hexdigest()


def write_twin(home: Home) -> None:
    """Bring the JSON twin up to what the configuration says, edited by hand perhaps."""
    with _alone(home):
        _write_twin(home, read_config(home.config))


def split_key(key: str) -> tuple[str, str]:
    """Section and key of what a person types. Raises: SettingRefused."""
    section, _, name = key.partition(".")
    if not is_key(section, name):
        raise SettingRefused(
            key=key,
            why_ru="такого ключа быть не может; нужно раздел.ключ, как network.api.listen",
            why_en="there can be no such key; it must be section.key, as network.api.listen",
        )
    return section, name


def with_value(config: BashConfig, section: str, key: str, value: str) -> str:
    """The configuration's text with that value; a new key stands at the end of its section."""
    lines = list(config.lines)
    if assignment := config.deciding().get((section, key)):
        if assignment.value != value:
            line = lines[assignment.line - 1]
            word = write_word(value, assignment.word.quoting)
            lines[assignment.line - 1] = line[: assignment.begin] + word + line[assignment.word.end :]
        return "\n".join(lines)
    new = write_line(section, key, value)
    if section in config.sections:
        places = [assignment.line for assignment in config.assignments if assignment.section == section]
        lines.insert(max(places, default=config.sections[section]), new)
    else:
        lines += [] if lines[-1] == "" else [""]
        lines += [f"declare -A {section}", new]
    lines += [""] if lines[-1] == new else []
    return "\n".join(lines)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Wait until nobody else changes this home's configuration."""
    try:
        descriptor = os.open(home.config_folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as trouble:
        why = f"{trouble.strerror}: {trouble.filename}"
        raise ConfigUnreadable(path=str(home.config), why_ru=why, why_en=why) from trouble
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        for left_by_a_killed_one in home.config_folder.glob(f".{home.config.name}.*"):
            left_by_a_killed_one.unlink(missing_ok=True)
        yield
    finally:
        os.close(descriptor)


def _keep(home: Home, config: BashConfig) -> None:
    """Write what the file held beside it; a second one of the same second gets a number."""
    name = f"{home.config.name}.{datetime.now(UTC).astimezone():%Y%m%d-%H%M%S}"
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    free = next(path for path in map(home.config_folder.joinpath, names) if not path.exists())
    write_whole(free, _text_of(config).encode())


def _forget_oldest(home: Home) -> None:
    """Take away the oldest of what was kept; files with other names are not ours."""
    kept = {path: KEPT.fullmatch(path.name) for path in home.config_folder.iterdir()}
    ours = sorted((match[1], int(match[2] or 1), path) for path, match in kept.items() if match)
    for _, _, path in ours[:-KEPT_MAX]:
        path.unlink(missing_ok=True)


def _write_twin(home: Home, config: BashConfig) -> None:
    twin = {
        section: {key: [value] for key, value in values.items()}
        for section, values in config.values().items()
    }
    write_whole(home.config_json, json.dumps(twin, ensure_ascii=False, indent=1).encode() + b"\n")


def _text_of(config: BashConfig) -> str:
    return "\n".join(config.lines)


def _refuse_unwritable(key: str, value: str) -> None:
    """Refuse what one line of a UTF-8 file cannot hold."""
    for character, ru, en in (("\n", "перевод строки", "newline"), ("\0", "нулевой байт (NUL)", "NUL")):
        if character in value:
            raise SettingRefused(key=key, why_ru=f"в значении {ru}", why_en=f"the value holds a {en}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise SettingRefused(key=key, why_ru="значение не в UTF-8", why_en="the value is not UTF-8") from None


def _warnings(section: str, key: str, value: str) -> Iterator[Warned]:
    declared = find_declared(section, key)
    if declared is None and not key.endswith((".widget", ".list")):
        yield Warned(
            f"{section}.{key}: записано, но такого ключа netledger не читает",
            f"{section}.{key}: written, but netledger reads no such key",
        )
    if declared and declared.meaning.secret and not GOES_RAW_INTO_A_URL.fullmatch(value):
        yield Warned(
            f"{section}.{key}: в адресе запроса это значение нужно кодировать (%XX): в нём есть знаки, "
            "которые URL понимает иначе",
            f"{section}.{key}: in a request's address this value must be percent-encoded: it holds "
            "characters that a URL takes for something else",
        )
