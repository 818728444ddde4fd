"""`gongkai ui`: the Dagster webserver and daemon on loopback, and beside them the atlas that its links lead to."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from pipelines import cli_ui_atlas
from pipelines.cli_output import complain
from pipelines.places import PROJECT, Places

HOST = "127.0.0.1"


def serve(places: Places, port: int) -> int:
    """Becomes the server; returns the exit status where it cannot."""
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
    return _become_dagster(places, home, port)


def _become_dagster(places: Places, home: Path, port: int) -> NoReturn:
    """Takes the place of this process, so that whoever ends it ends the server."""
    # Whoever serves the pages elsewhere, as behind a proxy, names where.
    atlas = os.environ.get("GONGKAI_ATLAS_URL") or cli_ui_atlas.start(places.atlas, HOST, port + 1)
    environment = {
        **os.environ,
        "GONGKAI_ATLAS_URL": atlas,
        "DAGSTER_HOME": str(home),
        "GONGKAI_INBOX": str(places.inbox),
        "GONGKAI_WAREHOUSE": str(places.warehouse),
        # Dagster advises another command of its own, which this project does without.
        "PYTHONWARNINGS": "ignore:Function `dev_command`",
    }
    print(f"The UI is coming up on http://{HOST}:{port} (Ctrl-C ends it). The atlas: {atlas}", flush=True)
    # A shell that starts this in the background has interrupts ignored; Dagster then would not heed SIGTERM either.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # From the instance's folder: in the project's, Dagster warns of the dagster.yaml that lies there.
    os.chdir(home)
    dagster = str(Path(sys.executable).with_name("dagster"))
    command = [dagster, "dev", "-w", str(PROJECT / "workspace.yaml"), "-h", HOST, "-p", str(port)]
    os.execve(dagster, [*command, "--log-level", "warning"], environment)


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
