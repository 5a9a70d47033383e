"""What a restore leaves behind: what operators were answered after the moment, in a file for asking them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from netledger.installation.home import Home
from netledger.installation.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from netledger.payments.queries import Answered

COLUMNS = ("act", "operator", "payment_id", "sum", "contract_number", "operation_id", "recorded_at")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a table of Excel would take a text for that begins so."""


def missing_in(restored: Iterable["Answered"], before: Iterable["Answered"]) -> list["Answered"]:
    """What operators were answered before the restore and the restored books do not know."""
    known = {_name_of(answered) for answered in restored}
    return [answered for answered in before if _name_of(answered) not in known]


def write_left_behind(home: Home, answered: Sequence["Answered"], stamp: str) -> "Path":
    """Write the file (0600): its name tells when; answers where it is. Raises: FileNotWritten."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in answered:
        rows.writerow([_cell(part) for part in (*one[:-1], one.recorded_at.isoformat())])
    home.backup.mkdir(mode=0o700, exist_ok=True)
    path = home.backup / f"left-behind-{stamp}.csv"
    write_whole(path, text.getvalue().encode())
    return path


def _name_of(answered: "Answered") -> tuple[str, str, str]:
    return answered.act, answered.operator_code, answered.operator_payment_id


def _cell(part: object) -> str:
    text = str(part)
    return f"'{text}" if text.startswith(FORMULAS) else text
