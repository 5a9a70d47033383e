"""Lists as files for a spreadsheet: UTF-8 with a byte order mark, and no cell that a spreadsheet would compute."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils import timezone

from netledger.errors import Language

BYTE_ORDER_MARK = "\ufeff"
ROWS_A_BLOCK = 1000
COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula to a spreadsheet; with an apostrophe before it, it is text."""
_BEGINS_A_CELL = re.compile(rf"(^|[,;\t\r\n])(?=[\s\u200b\ufeff]*[{re.escape(''.join(COMPUTED))}])")
"""Also after what parts cells elsewhere: a spreadsheet of another country cuts the text there."""


def csv_blocks(header: Iterable[Any], rows: Iterable[Iterable[Any]], language: Language) -> Iterator[bytes]:
    """The file in blocks. A Russian spreadsheet parts cells by semicolons and writes decimal commas."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";" if language == "ru" else ",", lineterminator="\r\n")
    written.write(BYTE_ORDER_MARK)
    writer.writerow([cell(str(title), language) for title in header])
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell(value, language) for value in row])
        if number % ROWS_A_BLOCK == 0:
            yield _taken_from(written)
    yield _taken_from(written)


def cell(value: Any, language: Language) -> str:
    """A value as a spreadsheet is to read it; a text never as a formula."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:.2f}".replace(".", ",") if language == "ru" else f"{value:.2f}"
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
        case date() | int():
            return str(value)
        case _:
            return _BEGINS_A_CELL.sub(r"\1'", str(value))


def _taken_from(written: StringIO) -> bytes:
    block = written.getvalue().encode()
    written.seek(0)
    written.truncate()
    return block
