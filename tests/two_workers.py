"""A real Dask cluster of two workers on this machine, each a process started as its manual says.

Not `LocalCluster`: it begins its workers as multiprocessing does, which runs the parent's `__main__` again. After a
test of the app that is a page of the app or a script already gone, and the worker dies at once.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

SECONDS = 240.0  # s for all three processes to start on a busy machine; a quiet one takes five
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
HERE = ("--host", "127.0.0.1", "--no-dashboard")


@contextmanager
def two_workers(folder: Path) -> Iterator[str]:
    """Gives the scheduler's address once both workers have reported; ends them all. What they say is in `folder`."""
    said = folder / "scheduler.json"
    with ExitStack() as running:
        running.enter_context(_process(folder, "scheduler", *HERE, "--port", "0", "--scheduler-file", str(said)))
        address = _address(said)
        for name in ("one", "two"):
            worker = "--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder / name)
            running.enter_context(_process(folder, "worker", address, "--name", name, *HERE, *worker))
        _wait_for_both(folder, address)
        yield address


@contextmanager
def _process(folder: Path, what: str, *given: str):
    world = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *given]
    with (folder / "said.txt").open("a") as said:
        process = subprocess.Popen(command, cwd=folder, env=world, stderr=said, **QUIET)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(said: Path) -> str:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            return json.loads(said.read_text())["address"]
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError(f"the scheduler did not start:\n{(said.parent / 'said.txt').read_text()}")


def _wait_for_both(folder: Path, address: str) -> None:
    from distributed import Client

    try:
        with Client(address, timeout=SECONDS) as client:
            client.wait_for_workers(2, timeout=SECONDS)
    except (OSError, TimeoutError) as trouble:
        raise AssertionError(f"no two workers ({trouble}):\n{(folder / 'said.txt').read_text()}") from trouble
