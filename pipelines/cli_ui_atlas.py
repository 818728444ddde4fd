"""The atlas on a port of this machine while the UI runs, as browsers do not follow links from a server's page to a file.
Files of one folder, read only, to loopback only. Not here: the pages (pipelines/atlas), the UI (cli_ui.py).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_NONE_YET = (
    "There is no such page. If there is no atlas yet, start the job `everything` in the UI: its last step draws it."
)


def start(folder: Path, host: str, port: int) -> str:
    """Starts a process that serves `folder`, on `port` or, should that be taken, another. It ends with the one that calls.
    Returns its address.
    """
    with _listening(host, port) as listening:
        command = [
            sys.executable,
            "-m",
            "pipelines.cli_ui_atlas",
            str(folder),
            str(listening.fileno()),
            str(os.getpid()),
        ]
        # A session of its own: Ctrl-C is for the UI, at whose end this one ends.
        subprocess.Popen(command, pass_fds=[listening.fileno()], start_new_session=True)
        return f"http://{host}:{listening.getsockname()[1]}/"


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except (OSError, OverflowError):
        return socket.create_server((host, 0))


class _Pages(SimpleHTTPRequestHandler):
    """Files as they are now; no listing of folders."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        super().send_error(code, message, _NONE_YET if code == HTTPStatus.NOT_FOUND else explain)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal is the UI's."""


def _serve(folder: Path, handle: int, parent: int) -> None:
    listening = socket.socket(fileno=handle)
    server = ThreadingHTTPServer(listening.getsockname()[:2], partial(_Pages, directory=str(folder)), False)
    server.socket = listening
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    server.serve_forever()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
