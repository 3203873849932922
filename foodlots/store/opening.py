"""Opening the store: SQLite held to what it must promise, or another database by its address."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from foodlots.errors import NotKept
from foodlots.store.backup import write_backup
from foodlots.store.schema import STEPS, bring_up_to_date, version_of

PROMISES = ("pragma busy_timeout = 10000", "pragma journal_mode = wal", "pragma synchronous = full",
            "pragma foreign_keys = on")  # fmt: skip
FAR_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs"}  # SQLite is not safe on them
FULL, READ_ONLY, BUSY, SPOILT = "is full", "cannot be written to", "is busy", "is damaged"
SAID = (("full", FULL), ("readonly", READ_ONLY), ("read-only", READ_ONLY), ("unable to open", READ_ONLY),
        ("locked", BUSY), ("malformed", SPOILT), ("not a database", SPOILT), ("disk i/o", READ_ONLY))  # fmt: skip
MENDS = {
    FULL: "make room on the disk and do it again",
    READ_ONLY: "check the folder's permissions and the disk",
    BUSY: "wait a moment and do it again",
    SPOILT: "bring back the last good backup with: foodlots restore",
}


@dataclass(frozen=True)
class Store:
    """An open store; reading and writing are transactions that happen whole or not at all.

    SQLite lets one write at a time and serves who asks at the right moment: the writers of this process take turns, so
    that none of them waits until SQLite gives up.
    """

    engine: Engine
    turn: threading.Lock = field(default_factory=threading.Lock, compare=False)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept when the block ends well; raises NotKept when it cannot be kept."""
        with (
            self.turn if self.is_sqlite else nullcontext(),
            _plainly_told(self.engine),
            self.engine.begin() as connection,
        ):
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of everything kept."""
        with _plainly_told(self.engine), self.engine.connect() as connection:
            yield connection.execution_options(foodlots_reading=True)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"


_open: dict[str, Store] = {}
_opening = threading.Lock()


def home() -> Path:
    """Where the app keeps its things on this machine."""
    if chosen := os.environ.get("FOODLOTS_HOME"):
        return Path(chosen)
    shared = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "foodlots"


def address() -> str:
    """The store's address: FOODLOTS_STORE, else a SQLite file at home."""
    return os.environ.get("FOODLOTS_STORE") or f"sqlite:///{home() / 'foodlots.db'}"


def open_store(url: str = "") -> Store:
    """The store at an address, brought up to date; opened once in this process. Raises NotKept when it cannot be."""
    url = url or address()
    with _opening:
        if url not in _open:
            _open[url] = _open_new(url)
        return _open[url]


def forget_store(url: str) -> None:
    """Close a store; the next who asks opens it anew."""
    with _opening:
        if (store := _open.pop(url, None)) is not None:
            store.engine.dispose()


def _open_new(url: str) -> Store:
    path = file_of(url)
    if path is not None:
        _make_room_for(path)
    engine = create_engine(url)
    if path is not None:
        event.listen(engine, "connect", _hold_to_promises)
        event.listen(engine, "begin", _begin)
    store = Store(engine)
    _bring_up_to_date(store, path)
    return store


def file_of(url: str) -> Path | None:
    """The file of a SQLite store, None for a server's."""
    found = make_url(url)
    return Path(found.database) if found.get_backend_name() == "sqlite" and found.database else None


def _make_room_for(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise NotKept(f"the folder of the store cannot be made ({trouble.strerror})") from None
    if (kind := _disk_of(path.parent)) in FAR_DISKS:
        raise NotKept(f"the store lies on a network disk ({kind}), where SQLite can lose work; set FOODLOTS_HOME to a "
                      "folder of this machine, or FOODLOTS_STORE to a PostgreSQL database")  # fmt: skip


def _disk_of(folder: Path) -> str:
    """The kind of file system a folder lies on, "" where it is not told."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    mounts = [line.split(" ")[1:3] for line in lines]
    inside = [(len(place), kind) for place, kind in mounts if folder.resolve().is_relative_to(place)]
    return max(inside, default=(0, ""))[1]


def _hold_to_promises(connection: sqlite3.Connection, record: object) -> None:
    """What is kept survives a lost process or power; columns hold what they say; rows refer to rows that exist."""
    connection.isolation_level = None
    for promise in PROMISES:
        connection.execute(promise)


def _begin(connection: Connection) -> None:
    """A writer takes its turn before it reads, so that nothing changes between its reading and its writing."""
    reads = connection.get_execution_options().get("foodlots_reading")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _bring_up_to_date(store: Store, path: Path | None) -> None:
    with store.reading() as connection:
        before = version_of(connection)
    if before > len(STEPS):
        raise NotKept("the store was written by a newer foodlots; install that version, or bring back a backup")
    if 0 < before < len(STEPS):
        folder = path.parent if path is not None else home()
        folder.mkdir(parents=True, exist_ok=True)
        write_backup(store, folder / f"before-version-{len(STEPS)}.zip")
    if before < len(STEPS):
        with store.writing() as connection:
            bring_up_to_date(connection)


@contextmanager
def _plainly_told(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as trouble:
        raise NotKept(_in_words(str(trouble.orig))) from trouble
    except SQLAlchemyError as trouble:
        raise NotKept(_in_words(str(trouble))) from trouble


def _in_words(said: str) -> str:
    what = next((plain for sign, plain in SAID if sign in said.lower()), "cannot be reached")
    return f"nothing was kept: the store {what}; {MENDS.get(what, 'ask whoever looks after foodlots')}"
