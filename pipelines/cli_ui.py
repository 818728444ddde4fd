"""`gongkai ui`: the Dagster webserver and daemon on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from pipelines.cli_output import complain
from pipelines.places import PROJECT, Places

HOST = "127.0.0.1"


def serve(places: Places, port: int) -> int:
    """Runs until it is interrupted; returns the exit status."""
    if not _free(port):
        return complain(
            f"Port {port} of {HOST} is in use. Stop what listens there, or name another: gongkai ui --port {port + 1}"
        )
    try:
        home = dagster_home()
    except OSError as error:
        return complain(
            f"{error.filename} cannot be written ({error.strerror}). Set DAGSTER_HOME to a folder that can."
        )
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home),
        "GONGKAI_INBOX": str(places.inbox),
        "GONGKAI_WAREHOUSE": str(places.warehouse),
    }
    print(f"The UI is coming up on http://{HOST}:{port} (Ctrl-C ends it).", flush=True)
    command = [
        str(Path(sys.executable).with_name("dagster")),
        "dev",
        "-w",
        "workspace.yaml",
        "-h",
        HOST,
        "-p",
        str(port),
    ]
    with subprocess.Popen([*command, "--log-level", "warning"], cwd=PROJECT, env=environment) as server:
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                # The terminal has interrupted the server too; it ends its own children, then itself.
                continue


def dagster_home() -> Path:
    """The instance's folder, from DAGSTER_HOME or the project's own, with the project's settings in it."""
    home = Path(os.environ.get("DAGSTER_HOME") or PROJECT / ".dagster").expanduser().resolve()
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(PROJECT / "dagster.yaml", home / "dagster.yaml")
    return home


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
