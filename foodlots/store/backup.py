"""A backup: one zip file with every row of the store as JSON, which any store, SQLite or PostgreSQL, takes back."""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, inspect, select, text

from foodlots.errors import NotKept
from foodlots.store.schema import SHAPE, STEPS, contents, shape, trail, version_of

TABLES: tuple[Table, ...] = tuple(table for table in SHAPE.sorted_tables if table is not shape)
SUMS = "sha256.json"
VERSION = "version.json"


def write_backup(store, path: Path) -> int:
    """Write everything the store holds at one moment; gives the number of rows. People may go on working."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with store.reading() as connection, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as book:
            rows = _write(connection, book)
        with open(unfinished, "rb") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as trouble:
        raise NotKept(f"no backup was written ({trouble.strerror or trouble})") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _write(connection: Connection, book: zipfile.ZipFile) -> int:
    sums, rows = {}, 0
    there = set(inspect(connection).get_table_names())
    for table in TABLES:
        if table.name not in there:
            continue
        digest = hashlib.sha256()
        with book.open(f"{table.name}.jsonl", "w") as file:
            for line in _lines(connection, table):
                digest.update(line)
                file.write(line)
                rows += 1
        sums[table.name] = digest.hexdigest()
    book.writestr(SUMS, json.dumps(sums))
    book.writestr(VERSION, json.dumps(version_of(connection)))
    return rows


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows in the order of their key, as text."""
    for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
        plain = {name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
                 for name, value in row.items()}  # fmt: skip
        yield (json.dumps(plain, ensure_ascii=True, sort_keys=True) + "\n").encode()


def read_backup(store, path: Path) -> int:
    """Put back everything a backup holds, in place of what the store holds now; gives the number of rows.

    It happens whole or not at all. Raises NotKept for a file that is no backup, is damaged, or is of a newer foodlots.
    """
    try:
        with zipfile.ZipFile(path) as book:
            sums, version = json.loads(book.read(SUMS)), json.loads(book.read(VERSION))
            if version > len(STEPS):
                raise NotKept(f"{path.name} was written by a newer foodlots; install that version first")
            found = {table: book.read(f"{table.name}.jsonl") for table in TABLES if table.name in sums}
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as trouble:
        raise NotKept(f"{path.name} is no backup of foodlots, or is damaged") from trouble
    for table, data in found.items():
        if hashlib.sha256(data).hexdigest() != sums[table.name]:
            raise NotKept(f"{path.name} is damaged in the table {table.name}; take another backup")
    with store.writing() as connection:
        return _put_back(connection, found)


def _put_back(connection: Connection, found: dict[Table, bytes]) -> int:
    rows = 0
    for table in reversed(TABLES):
        connection.execute(delete(table))
    for table in TABLES:
        for line in found.get(table, b"").splitlines():
            row = json.loads(line)
            if table is contents:
                row["packed"] = base64.b64decode(row["packed"])
            connection.execute(insert(table).values(**row))
            rows += 1
    if connection.dialect.name == "postgresql":
        name = f"{trail.name}_number_seq"
        connection.execute(text("select setval(:name, (select coalesce(max(number), 1) from trail))"), {"name": name})
    return rows
