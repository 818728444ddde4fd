"""The UI as a person starts it: webserver and daemon, a whole run launched from it, and the sensor starting one by itself."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPORT = "青川州人民政府{year}年政府信息公开工作年度报告\n{year}年收到公开申请3件,答复3件。\n"
_LOCATION = {"repositoryLocationName": "pipelines.definitions", "repositoryName": "__repository__"}
_LAUNCH = """
mutation($job: JobOrPipelineSelector!) {
  launchRun(executionParams: {selector: $job, runConfigData: {}}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}
"""
_RUNS = "{ runsOrError { ... on Runs { results { runId status tags { key value } } } } }"
_START_SENSOR = """
mutation($sensor: SensorSelector!) {
  startSensor(sensorSelector: $sensor) { __typename ... on PythonError { message } }
}
"""
_ASSETS = "{ assetNodes { assetKey { path } groupName assetMaterializations(limit: 1) { runId } } }"

_LINKS = """{ assetNodeOrError(assetKey: {path: ["atlas"]}) { ... on AssetNode {
  assetMaterializations(limit: 1) { metadataEntries { label ... on UrlMetadataEntry { url } } }
} } }"""


@dataclass
class Ui:
    url: str
    inbox: Path
    warehouse: Path

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.loads(response.read())
        assert "errors" not in answer, answer
        return dict(answer["data"])

    def runs(self) -> list[dict[str, Any]]:
        return list(self.ask(_RUNS)["runsOrError"]["results"])

    def count_reports(self) -> str:
        """Asked in a process of its own, as a user's client does."""
        program = "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True)\n"
        program += "print(con.sql('select count(*) from reports').fetchall()[0][0])"
        command = [sys.executable, "-c", program, str(self.warehouse / "gongkai.duckdb")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def wait_for(what: str, found: Callable[[], Any], seconds: float = 90) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if answer := found():
                return answer
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {seconds} seconds")


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ui]:
    """`gongkai ui` on a free port, with an inbox of two reports of a body that does not exist."""
    folder = tmp_path_factory.mktemp("ui")
    (folder / "inbox").mkdir()
    for year in (2019, 2020):
        (folder / "inbox" / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("gongkai")), "ui", "--port", str(port)]
    command += ["--inbox", str(folder / "inbox"), "--warehouse", str(folder / "w")]
    environment = {**os.environ, "DAGSTER_HOME": str(folder / "home")}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    served = Ui(f"http://127.0.0.1:{port}", folder / "inbox", folder / "w")
    try:
        wait_for("the UI", lambda: urllib.request.urlopen(f"{served.url}/server_info", timeout=5).status == 200)
        yield served
    finally:
        # Its own session: this ends the server and what it has started, and nothing else.
        os.killpg(server.pid, signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def test_a_run_launched_from_the_ui_publishes_the_warehouse(ui: Ui) -> None:
    launched = ui.ask(_LAUNCH, job={**_LOCATION, "pipelineName": "everything"})["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    run_id = launched["run"]["runId"]

    def ended() -> str:
        [status] = [run["status"] for run in ui.runs() if run["runId"] == run_id]
        return status if status in ("SUCCESS", "FAILURE", "CANCELED") else ""

    assert wait_for("the run", ended) == "SUCCESS"
    assert ui.count_reports() == "2"


def test_the_ui_shows_every_asset_as_made(ui: Ui) -> None:
    nodes = ui.ask(_ASSETS)["assetNodes"]
    assert {"stage", "tables", "reference", "staging", "intermediate", "marts"} <= {node["groupName"] for node in nodes}
    unmade = ["/".join(node["assetKey"]["path"]) for node in nodes if not node["assetMaterializations"]]
    assert unmade == []


def test_the_link_on_the_atlas_opens_its_pages(ui: Ui) -> None:
    links = ui.ask(_LINKS)["assetNodeOrError"]["assetMaterializations"][0]["metadataEntries"]
    [url] = [entry["url"] for entry in links if entry["label"] == "open"]
    assert url.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(url, timeout=10) as page:
        assert "<html" in page.read().decode()
    for path in ("report/", "../w/gongkai.duckdb", "none.html"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url.replace("index.html", path), timeout=10)
        assert refused.value.code == 404


def test_a_new_report_in_the_inbox_starts_a_run_by_itself(ui: Ui) -> None:
    (ui.inbox / "2021.txt").write_text(REPORT.format(year=2021), encoding="utf-8")
    before = {run["runId"] for run in ui.runs()}
    started = ui.ask(_START_SENSOR, sensor={**_LOCATION, "sensorName": "inbox_changed"})["startSensor"]
    assert started["__typename"] == "Sensor", started

    def ended() -> bool:
        new = [run for run in ui.runs() if run["runId"] not in before]
        assert all(run["status"] != "FAILURE" for run in new)
        return any(run["status"] == "SUCCESS" for run in new)

    wait_for("the sensor's run", ended)
    assert ui.count_reports() == "3"
    [run] = [run for run in ui.runs() if run["runId"] not in before]
    assert {"key": "dagster/sensor_name", "value": "inbox_changed"} in run["tags"]
