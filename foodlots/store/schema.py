"""The tables of the store, and the steps by which an older store becomes a newer one."""

from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    insert,
    select,
    update,
)

SHAPE = MetaData()


def _table(name: str, *columns: Column) -> Table:
    return Table(name, SHAPE, *columns, sqlite_strict=True)


shape = _table("shape", Column("version", Integer, primary_key=True, autoincrement=False))
"""One row: which of the steps below this store has taken."""

contents = _table(
    "contents",
    Column("sha256", Text, primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)
"""Cases and plans as text, compressed, under the digest of the text; no row is ever changed."""

desks = _table(
    "desks",
    Column("id", Text, primary_key=True),
    Column("current", Text, nullable=False),
    Column("opened", Text, nullable=False),
)

cases = _table(
    "cases",
    Column("key", Text, primary_key=True),
    Column("desk", Text, ForeignKey("desks.id"), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("opened", Text, nullable=False),
)

versions = _table(
    "versions",
    Column("case_key", Text, ForeignKey("cases.key"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, ForeignKey("contents.sha256"), nullable=False),
    Column("back", Integer),
    Column("saved", Text, nullable=False),
    Column("who", Text, nullable=False),
)
"""Every state a case has been in. `back`: the version that Undo goes back to, none at the first."""

plans = _table(
    "plans",
    Column("key", Text, primary_key=True),
    Column("desk", Text, ForeignKey("desks.id"), nullable=False, index=True),
    Column("case_sha256", Text, ForeignKey("contents.sha256"), nullable=False),
    Column("plan_sha256", Text, ForeignKey("contents.sha256"), nullable=False),
    Column("facts", Text, nullable=False),
)

trail = _table(
    "trail",
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("about", Text, nullable=False),
)
"""Who did what and when; rows are only ever added, and stay when a plan or a desk goes."""

imports = _table(
    "imports",
    Column("case_key", Text, ForeignKey("cases.key"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("sha256", Text, ForeignKey("contents.sha256"), nullable=False),
)
"""What was taken into a case from published files, when and by whom. `files`: name -> SHA-256, as JSON; `sha256`: what
it wrote, so that the next import knows the user's own edits."""


def _begin(connection: Connection) -> None:
    SHAPE.create_all(connection)


def _keep_imports(connection: Connection) -> None:
    imports.create(connection, checkfirst=True)


STEPS: tuple[Callable[[Connection], None], ...] = (_begin, _keep_imports)
"""Step n turns a store of version n into one of version n + 1; a released step is never changed."""


def version_of(connection: Connection) -> int:
    """Which version a store has; 0 for one that is still empty."""
    if not connection.dialect.has_table(connection, shape.name):
        return 0
    return connection.execute(select(shape.c.version)).scalar_one()


def bring_up_to_date(connection: Connection) -> None:
    """Take every step the store has not taken yet, inside the transaction of this connection."""
    before = version_of(connection)
    for step in STEPS[before:]:
        step(connection)
    if before == 0:
        connection.execute(insert(shape).values(version=len(STEPS)))
    else:
        connection.execute(update(shape).values(version=len(STEPS)))
