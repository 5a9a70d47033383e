"""What bash itself makes of configuration files: the oracle that netledger's own reading is held against."""

import subprocess
from pathlib import Path
from typing import NamedTuple

# Each file in a shell of its own, which prints every associative array that it came to have. The names
# begin with an underscore and end in a capital: no section of a test is called so.
SCRIPT = r"""
_beforE=" PIPESTATUS $(compgen -A arrayvar | tr '\n' ' ') "
for _filE; do
  (
    . "$_filE" || exit 1
    for _arraY in $(compgen -A arrayvar); do
      [[ $_beforE == *" $_arraY "* ]] && continue
      declare -n _reF=$_arraY
      printf '%s\0' section "$_arraY"
      for _keY in "${!_reF[@]}"; do printf '%s\0' value "$_arraY" "$_keY" "${_reF[$_keY]}"; done
    done
  ) 2>"$_filE.errors"
  printf '%s\0' end $? "$(<"$_filE.errors")"
done
"""


class Sourced(NamedTuple):
    """What a file gave bash, and whether bash took it without a word."""

    accepted: bool
    values: dict[str, dict[str, str]]


def source_in_bash(files: list[Path], *, folder: Path, locale: str = "C.UTF-8") -> list[Sourced]:
    """Source each of the files in that folder, as a script of Carbon's would."""
    shell = ["bash", "--noprofile", "--norc", "-c", SCRIPT, "bash", *map(str, files)]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": locale, "HOME": "/home/somebody"}
    ran = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, timeout=60, check=True)
    words = iter(ran.stdout.decode().split("\0")[:-1])
    found: list[Sourced] = []
    values: dict[str, dict[str, str]] = {}
    for word in words:
        if word == "section":
            values[next(words)] = {}
        elif word == "value":
            section, key = next(words), next(words)
            values[section][key] = next(words)
        else:
            status, errors = next(words), next(words)
            found.append(Sourced(status == "0" and not errors, values))
            values = {}
    return found
