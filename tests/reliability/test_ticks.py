"""The UI as it is served: on loopback only; and its schedule and sensor, whose ticks come while a run by hand is going.

The daemon, its queue and the evaluation are the real ones; the clock is not, since the schedule comes at night. The run
by hand is a process of its own, stopped in the midst of its reading for as long as the other is watched.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
import psutil
import pytest

from tests.assets.test_ui import _LOCATION, _START_SENSOR, Ui, ui, wait_for
from tests.reliability.kills import GONGKAI, add_report, children, contents, listed

__all__ = ["ui"]

_START_SCHEDULE = """
mutation($schedule: ScheduleSelector!) {
  startSchedule(scheduleSelector: $schedule) { __typename ... on PythonError { message } }
}
"""
# What the daemon does once a minute, at a time to come.
_TICK = """
import logging, sys
from datetime import datetime, timedelta, timezone
import dagster._daemon.daemon
from dagster import DagsterInstance
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster._scheduler.scheduler import launch_scheduled_runs
tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
with DagsterInstance.get() as instance, WorkspaceProcessContext(instance, WorkspaceFileTarget([sys.argv[1]])) as context:
    wrong = [error for error in launch_scheduled_runs(context, logging.getLogger("tick"), tomorrow, {}) if error]
    assert not wrong, wrong
"""
_PROJECT = Path(__file__).resolve().parent.parent.parent


def home(ui: Ui) -> Path:
    return ui.inbox.parent / "home"


def environment(ui: Ui, *, recorded: bool) -> dict[str, str]:
    """With the instance of the UI, which then shows the run and counts it, or without one."""
    kept = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    return {**kept, "DAGSTER_HOME": str(home(ui))} if recorded else kept


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@contextmanager
def run_by_hand(ui: Ui, *, recorded: bool) -> Iterator[subprocess.Popen[str]]:
    """A run that stands still while it reads, and goes on when it is continued."""
    command = [GONGKAI, "run", "--json", "--inbox", str(ui.inbox), "--warehouse", str(ui.warehouse)]
    hand = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, env=environment(ui, recorded=recorded)
    )
    try:
        while not any("pipelines.worker" in command_of(pid) for pid in children(hand.pid)):
            assert hand.poll() is None
            time.sleep(0.005)
        os.killpg(hand.pid, signal.SIGSTOP)
        yield hand
    finally:
        with suppress(ProcessLookupError):
            os.killpg(hand.pid, signal.SIGCONT)
        hand.wait(60)


def files_read(ui: Ui, run_id: str) -> object:
    """What the run of that id told of the files that it read."""
    with dg.DagsterInstance.from_config(str(home(ui))) as instance:
        told = [entry.dagster_event for entry in instance.all_logs(run_id) if entry.dagster_event]
    made = [event.materialization for event in told if event.is_step_materialization]
    [found] = [each.metadata["files read"].value for each in made if "files read" in each.metadata]
    return found


def logged(ui: Ui, run_id: str) -> str:
    with dg.DagsterInstance.from_config(str(home(ui))) as instance:
        return "\n".join(entry.user_message for entry in instance.all_logs(run_id))


def status_of(ui: Ui, run_id: str) -> str:
    [status] = [run["status"] for run in ui.runs() if run["runId"] == run_id]
    return str(status)


def new_run(ui: Ui, before: set[str], tag: str) -> str:
    """The id of the run that a schedule or a sensor has asked for."""

    def asked_for() -> list[str]:
        keys = {run["runId"]: {each["key"] for each in run["tags"]} for run in ui.runs() if run["runId"] not in before}
        return [run_id for run_id, tags in keys.items() if tag in tags]

    return str(wait_for(f"a run with {tag}", asked_for)[0])


def end_of(ui: Ui, hand: subprocess.Popen[str], run_id: str) -> tuple[object, object]:
    """Lets the run by hand go on; what each of the two has read, when both have ended well."""
    os.killpg(hand.pid, signal.SIGCONT)
    told, _ = hand.communicate(timeout=120)
    assert hand.returncode == 0
    wait_for("the other run", lambda: status_of(ui, run_id) in ("SUCCESS", "FAILURE"))
    assert status_of(ui, run_id) == "SUCCESS", logged(ui, run_id)
    assert contents(ui.warehouse / "gongkai.duckdb")[1] == listed(ui.inbox)
    return json.loads(told)["files_read"], files_read(ui, run_id)


def test_the_ui_listens_on_loopback_only(ui: Ui) -> None:
    port = int(ui.url.rpartition(":")[2])
    [server] = {found.pid for found in psutil.net_connections("inet") if found.laddr.port == port and found.pid}
    ours = {server, *(child.pid for child in psutil.Process(os.getpgid(server)).children(recursive=True))}
    open_to = {
        found.laddr.ip for found in psutil.net_connections("inet") if found.pid in ours and found.status == "LISTEN"
    }
    assert open_to
    assert open_to <= {"127.0.0.1", "::1"}
    # Every address of 127/8 is this machine's; a server that listened on all addresses would answer here too.
    with socket.socket() as elsewhere, pytest.raises(ConnectionRefusedError):
        elsewhere.connect(("127.0.0.2", port))
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass


def test_a_schedule_s_run_waits_for_a_run_by_hand_and_reads_nothing_twice(ui: Ui) -> None:
    add_report(ui.inbox, 1)
    before = {run["runId"] for run in ui.runs()}
    started = ui.ask(_START_SCHEDULE, schedule={**_LOCATION, "scheduleName": "nightly"})["startSchedule"]
    assert started["__typename"] != "PythonError", started
    with run_by_hand(ui, recorded=False) as hand:
        tick = [sys.executable, "-c", _TICK, str(_PROJECT / "workspace.yaml")]
        subprocess.run(tick, check=True, timeout=60, env=environment(ui, recorded=True), capture_output=True)
        run_id = new_run(ui, before, "dagster/schedule_name")
        wait_for("who is waited for", lambda: f"Process {hand.pid} " in logged(ui, run_id))
        time.sleep(1)
        assert status_of(ui, run_id) == "STARTED"
        assert hand.poll() is None
        read = end_of(ui, hand, run_id)
    assert read == (3, 0)


def test_a_sensor_s_run_waits_for_a_run_by_hand_that_the_ui_shows(ui: Ui) -> None:
    add_report(ui.inbox, 2)
    before = {run["runId"] for run in ui.runs()}
    with run_by_hand(ui, recorded=True) as hand:
        started = ui.ask(_START_SENSOR, sensor={**_LOCATION, "sensorName": "inbox_changed"})["startSensor"]
        assert started["__typename"] == "Sensor", started
        run_id = new_run(ui, before, "dagster/sensor_name")
        wait_for("who is waited for", lambda: f"Process {hand.pid} " in logged(ui, run_id))
        read = end_of(ui, hand, run_id)
    assert read == (1, 0)


def test_a_run_by_hand_that_was_killed_does_not_keep_the_others_waiting(ui: Ui) -> None:
    add_report(ui.inbox, 3)
    with run_by_hand(ui, recorded=True) as hand:
        os.killpg(hand.pid, signal.SIGKILL)
        hand.wait()
    add_report(ui.inbox, 4)
    before = {run["runId"] for run in ui.runs()}
    run_id = new_run(ui, before, "dagster/sensor_name")
    wait_for("a run after one that was killed", lambda: status_of(ui, run_id) == "SUCCESS")
    assert contents(ui.warehouse / "gongkai.duckdb")[1] == listed(ui.inbox)
