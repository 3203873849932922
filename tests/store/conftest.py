"""Where the tests of the store keep things: SQLite and, where it is installed, a PostgreSQL server of their own."""

import getpass
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from foodlots.store import open_store, opening

PLACES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path(shutil.which("initdb") or "/x").parent)
POSTGRES = next((path for path in PLACES if (path / "initdb").exists()), None)


def as_server(*command: str) -> list[str]:
    """A command as PostgreSQL wants to be run: never by root."""
    return (
        ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command] if os.getuid() == 0 else [*command]
    )


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The address of a PostgreSQL server of the tests' own, on a socket in a folder."""
    pytest.importorskip("psycopg")
    if POSTGRES is None or not hasattr(os, "getuid"):
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("postgres")
    for place in (folder, *folder.parents[:3]):
        place.chmod(0o755)
    if os.getuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    data, user = folder / "data", "nobody" if os.getuid() == 0 else getpass.getuser()
    begin = as_server(str(POSTGRES / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--no-sync")
    made = subprocess.run(begin, capture_output=True, text=True, cwd=folder)
    if made.returncode:
        pytest.skip(f"PostgreSQL does not start here: {made.stderr[-200:]}")
    server = subprocess.Popen(as_server(str(POSTGRES / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", "-F"),
                              cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # at once, whoever is connected
        server.wait()


def empty(url: str) -> None:
    """Leave nothing in a PostgreSQL database."""
    engine = create_engine(url)
    for _ in range(100):
        try:
            with engine.begin() as connection:
                connection.execute(text("drop schema public cascade"))
                connection.execute(text("create schema public"))
            break
        except OperationalError:
            time.sleep(0.1)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path, monkeypatch):
    """An empty store, the one that everything in this test is kept in."""
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path / "home"))
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres")
    if url:
        monkeypatch.setenv("FOODLOTS_STORE", url)
        empty(url)
    yield open_store()
    opening.forget_store(url or opening.address())
