"""Contents: texts kept once each, compressed, under the SHA-256 of what they say."""

import hashlib
import zlib

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from foodlots.store.schema import contents

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def put_new(connection: Connection, table: Table, **row: object) -> None:
    """Add a row, unless its key is there already."""
    connection.execute(INSERTS[connection.dialect.name](table).values(**row).on_conflict_do_nothing())


def put_content(connection: Connection, text: str) -> str:
    """Keep a text under its digest, once; gives the digest."""
    data = text.encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(data).hexdigest()
    if connection.execute(select(contents.c.sha256).where(contents.c.sha256 == sha256)).first() is None:
        put_new(connection, contents, sha256=sha256, packed=zlib.compress(data, 6))
    return sha256


def content(connection: Connection, sha256: str) -> str:
    """The text kept under a digest, "" when it is no longer what was put there."""
    packed = connection.execute(select(contents.c.packed).where(contents.c.sha256 == sha256)).scalar()
    try:
        data = zlib.decompress(packed or b"")
    except zlib.error:
        return ""
    return data.decode("utf-8", "surrogatepass") if hashlib.sha256(data).hexdigest() == sha256 else ""
