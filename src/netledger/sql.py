"""Runs `<room>/sql/<name>.sql` and answers typed rows.

A statement is named as `room/name`; its parameters are psycopg's `%(name)s`. The row type is a NamedTuple
whose fields are the columns, in order and by name.

How long statements take, Django's own too, is told to whoever counts (`counting`) or listens (`OBSERVERS`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

import psycopg
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.signals import connection_created
from django.db.models import Model, Q, QuerySet

from netledger.errors import Refusal

PACKAGE = Path(__file__).parent
COPY_CHUNK_ROWS = 10_000
STREAM_CHUNK_ROWS = 2000
NAME_MAX = 40
AS_IT_IS = r"QUOTE E'\x01', DELIMITER E'\x02'"
"""Of COPY: what no value holds, so that it writes each without a mark of its own."""

Row = TypeVar("Row", bound=NamedTuple)
Stored = TypeVar("Stored", bound=Model)
Block = TypeVar("Block")


OBSERVERS: list[Callable[[str, float], None]] = []
"""Each is told the text of every statement of this process, without its values, and the seconds it took."""


@dataclass
class Tally:
    """The statements of one piece of work, and the seconds that they took; a transaction's own commit is none."""

    statements: int = 0
    took_s: float = 0.0


_TALLY: ContextVar[Tally | None] = ContextVar("tally", default=None)
_PREPARING: Any = ServerBindingCursor
"""Its kind of cursor leaves the parameters to the database; Django's usual one writes them into the text."""
_NAMES: dict[str, str] = {}
_KNOWN_TO_FIT: set[tuple[str, type]] = set()
"""Which statements were seen to answer the columns of which row."""
_OF_DJANGO = re.compile(r'(\w+)\b.*?(?:FROM|INTO|UPDATE) "?(\w+)"?', re.DOTALL)


class _Id(NamedTuple):
    id: int


class UnexpectedRows(Exception):
    """A statement answered another shape or number of rows than its caller declared: a fault of ours."""


@cache
def text_of(name: str) -> str:
    """The text of the statement `room/name`, read once."""
    room, _, statement = name.partition("/")
    text = (PACKAGE / room / "sql" / f"{statement}.sql").read_text(encoding="utf-8")
    _NAMES[text] = name
    return text


def name_of(text: str) -> str:
    """What a statement is called where people read of it: its file, else Django's verb and first table, else its verb.

    Whatever is run, these are few: a savepoint's own name is no part of one.
    """
    name = _NAMES.get(text) or next((name for known, name in _NAMES.items() if known in text), None)
    if name is None:
        found = _OF_DJANGO.match(text)
        name = f"{found[1]} {found[2]}" if found else text.split(None, 1)[0][:NAME_MAX]
    return name


@contextmanager
def counting() -> Iterator[Tally]:
    """Count the statements that this thread or greenlet runs in here."""
    tally = Tally()
    before = _TALLY.set(tally)
    try:
        yield tally
    finally:
        _TALLY.reset(before)


def rows(name: str, row_type: type[Row], **parameters: Any) -> list[Row]:
    """All rows that the statement answers."""
    with connection.cursor() as cursor:
        return _read(cursor, name, row_type, parameters)


def maybe(name: str, row_type: type[Row], **parameters: Any) -> Row | None:
    """The one row that the statement answers, or None."""
    return _only(name, rows(name, row_type, **parameters))


def rows_prepared(name: str, row_type: type[Row], **parameters: Any) -> list[Row]:
    """As `rows`, of a statement that is run so often that planning it each time would cost more than running it.

    The database prepares it once for each connection, and so has to know its parameters' types from its text alone.
    Where nothing else is under way, the connection comes straight from the pool of this process: what Django does
    to open and close one costs as much as the statement.
    """
    pool = _pool()
    if pool is None or any(opened.connection for opened in connections.all(initialized_only=True)):
        connection.ensure_connection()
        wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        with wrapped(_PREPARING(connection.connection)) as cursor:
            return _read(cursor, name, row_type, parameters)
    try:
        with _lent_by(pool) as lent:
            cursor = lent.lasting_cursor
            _timed(lambda text, given, *_: cursor.execute(text, given), text_of(name), parameters, False, {})
            return _rows_in(cursor, name, row_type)
    except psycopg.Error:
        with connection.wrap_database_errors:
            raise


def maybe_prepared(name: str, row_type: type[Row], **parameters: Any) -> Row | None:
    """As `maybe`, of such a statement."""
    return _only(name, rows_prepared(name, row_type, **parameters))


def one(name: str, row_type: type[Row], **parameters: Any) -> Row:
    """The one row that the statement answers."""
    found = maybe(name, row_type, **parameters)
    if found is None:
        raise UnexpectedRows(f"{name} answers no row")
    return found


def stream(name: str, row_type: type[Row], **parameters: Any) -> Iterator[Row]:
    """All rows of a statement that are too many for the memory; see `blocks`."""
    for block in blocks(text_of(name), **parameters):
        yield from (row_type(*row) for row in block)


def blocks(text: str, **parameters: Any) -> Iterator[list[tuple[Any, ...]]]:
    """What the text of a statement answers, in blocks of rows, by a named cursor, so that memory stays flat.

    Until the last is read a transaction is open.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # All rows will be read: not the plan that is quickest with the first of them, nor one compiled first.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1; SET LOCAL jit = off")
        with connection.chunked_cursor() as cursor:
            cursor.execute(text, parameters)
            while block := _next(lambda: cursor.fetchmany(STREAM_CHUNK_ROWS), text):
                yield block


def _next(read: Callable[[], Block], text: str) -> Block:
    """The next block of an answer; most of a long statement's time is spent here."""
    begun_s = perf_counter()
    block = read()
    _tell(text, perf_counter() - begun_s)
    return block


def copied(text: str, **parameters: Any) -> Iterator[bytes]:
    """What the text of a statement of one column answers, a line a row, in blocks, by COPY, so that memory stays flat.

    It is a third quicker than `blocks`: the database may plan it for several of its processes, and rows come as they
    are. Values hold no newline, nor a control character. Until the last is read a transaction is open.
    """
    statement = f"COPY (\n{text}\n) TO STDOUT WITH (FORMAT csv, {AS_IT_IS})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")
        with connection.wrap_database_errors, cursor.copy(statement, parameters) as copy:
            while block := _next(lambda: b"".join(islice(copy, STREAM_CHUNK_ROWS)), text):
                yield block


def ids(name: str, **parameters: Any) -> list[int]:
    """The ids that the statement answers, in their order."""
    return [row.id for row in rows(name, _Id, **parameters)]


def run(name: str, **parameters: Any) -> int:
    """Run a statement for its effect; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(text_of(name), parameters)
        return int(cursor.rowcount)


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads in here see the database as it was at the first of them.

    Within a transaction that goes on outside it is that one's own, as nobody can give it another one any more.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def refusing(**refusals: Refusal | Callable[[], Refusal]) -> Iterator[None]:
    """Raise the refusal that is given for a named constraint, if the writes in here break that one.

    They are in a savepoint, so the transaction can go on, and a refusal that is yet to be made can ask who was first.
    A constraint without a refusal is a fault of ours.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        assert isinstance(cause, psycopg.IntegrityError), "Django raises it from the driver's"
        refusal = refusals.get(cause.diag.constraint_name or "")
        if refusal is None:
            raise
        raise (refusal if isinstance(refusal, Refusal) else refusal()) from error


def copy_in(name: str, new_rows: Iterable[Sequence[Any]]) -> int:
    """Write many rows by the statement, a COPY … FROM STDIN; how many it wrote.

    Each chunk of rows is made before its COPY begins: what makes them may ask the database meanwhile.
    """
    coming = iter(new_rows)
    written = 0
    while chunk := list(islice(coming, COPY_CHUNK_ROWS)):
        begun_s = perf_counter()
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,
            cursor.copy(text_of(name)) as copy,
        ):
            for row in chunk:
                copy.write_row(row)
        _tell(text_of(name), perf_counter() - begun_s)
        written += len(chunk)
    return written


def newest(
    rows: QuerySet[Stored], *, by: str, before: tuple[datetime, int] | None, rows_max: int
) -> list[Stored]:
    """The newest rows by that column, before one by its moment and id (None: of all), newest first."""
    if before is not None:
        moment, row_id = before
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment}, pk__lt=row_id))
    return list(rows.order_by(f"-{by}", "-pk")[:rows_max])


@cache
def _pool() -> Any:
    """The pool of this process, if it serves requests; its connections are of the server's own kind."""
    return connection.pool  # type: ignore[attr-defined]


@contextmanager
def _lent_by(pool: Any) -> Iterator[Any]:
    """A connection that the pool has free, each of whose statements is a transaction, whatever it was used for last."""
    if pool.closed:
        pool.open()
    lent = pool.getconn()
    try:
        if not lent.autocommit:
            lent.autocommit = True
        yield lent
    finally:
        pool.putconn(lent)


def _read(cursor: Any, name: str, row_type: type[Row], parameters: dict[str, Any]) -> list[Row]:
    """All rows of the statement by that cursor."""
    cursor.execute(text_of(name), parameters)
    return _rows_in(cursor, name, row_type)


def _rows_in(cursor: Any, name: str, row_type: type[Row]) -> list[Row]:
    """All rows that it has read, whose columns are compared with the row's fields once."""
    if (name, row_type) not in _KNOWN_TO_FIT:
        columns = tuple(column[0] for column in cursor.description)
        if columns != row_type._fields:
            raise UnexpectedRows(f"{name} answers {columns}, {row_type.__name__} has {row_type._fields}")
        _KNOWN_TO_FIT.add((name, row_type))
    return [row_type(*row) for row in cursor.fetchall()]


def _only(name: str, found: list[Row]) -> Row | None:
    if len(found) > 1:
        raise UnexpectedRows(f"{name} answers {len(found)} rows, at most one was expected")
    return found[0] if found else None


def _observe(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Have each statement of a connection timed."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(
    execute: Callable[..., Any], text: str, parameters: Any, many: bool, context: dict[str, Any]
) -> Any:
    begun_s = perf_counter()
    try:
        return execute(text, parameters, many, context)
    finally:
        if tally := _TALLY.get():
            tally.statements += 1
        _tell(text, perf_counter() - begun_s)


def _tell(text: str, took_s: float) -> None:
    if tally := _TALLY.get():
        tally.took_s += took_s
    for observe in OBSERVERS:
        observe(text, took_s)


connection_created.connect(_observe)
