"""`foodlots app` ends with whatever ends it: a signal to the command leaves no server behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    return true()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("by", [signal.SIGTERM, pytest.param(signal.SIGKILL, marks=pytest.mark.long)])
def test_a_signal_to_the_command_ends_the_server_too(by, tmp_path):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = subprocess.Popen(
        [sys.executable, "-m", "foodlots", "app", "--no-browser", "--port", str(port)], cwd=ROOT,
        env=os.environ | {"FOODLOTS_HOME": str(tmp_path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert wait_until(lambda: answers(port), 120)
        os.kill(command.pid, by)
        command.wait(30)
        assert wait_until(lambda: not answers(port), 5)
    finally:
        if answers(port):
            os.killpg(command.pid, signal.SIGKILL)
