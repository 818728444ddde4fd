"""The command line as a user meets it: what it prints, its exit status, and what it says when something is wrong."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from rich.cells import cell_len
from rich.console import Console

from pipelines import cli_run
from pipelines.places import PROJECT
from tests.conftest import SAMPLES, Gongkai

_PATIENCE = 20.0  # seconds without a word after which a press of Ctrl-C is taken for lost
REPORT = "青川州人民政府2020年政府信息公开工作年度报告\n2020年收到公开申请3件,答复3件。\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """One small report of a body that does not exist."""
    return make_inbox(tmp_path)


def make_inbox(folder: Path) -> Path:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "青川州-2020.txt").write_text(REPORT, encoding="utf-8")
    return folder / "inbox"


@pytest.fixture(scope="module")
def small_warehouse(gongkai: Gongkai, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from that report; to be copied."""
    folder = tmp_path_factory.mktemp("small")
    run = gongkai("run", "--quiet", "--inbox", make_inbox(folder), "--warehouse", folder / "w")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    return folder / "w"


@pytest.fixture
def warehouse(small_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the small warehouse, to be changed."""
    return Path(shutil.copytree(small_warehouse, tmp_path / "w", symlinks=True))


def command(*arguments: object) -> list[str]:
    return [str(Path(sys.executable).with_name("gongkai")), *map(str, arguments)]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_help_names_the_commands(gongkai: Gongkai) -> None:
    assert {"run", "check", "explain", "ui"} <= set(gongkai("--help").stdout.split())


def test_a_run_sums_up_what_was_found_and_how_to_go_on(sample_run: tuple[Path, str]) -> None:
    warehouse, printed = sample_run
    for words in ("Reports", "Numbers found", "Findings, red", "year_over_year", "cross_region", "热线来电", "洪泽"):
        assert words in printed
    assert str(warehouse / "gongkai.duckdb") in printed
    assert "make ui" in printed


def test_the_summary_fits_eighty_columns(sample_run: tuple[Path, str]) -> None:
    warehouse, printed = sample_run
    wide = [line for line in printed.splitlines() if cell_len(line) > 80 and str(warehouse) not in line]
    assert wide == []


def test_chinese_stands_in_line(sample_run: tuple[Path, str]) -> None:
    lines = [line.rstrip() for line in sample_run[1].splitlines() if line.rstrip().endswith(("reported", "restated"))]
    assert len(lines) >= 3
    ends = {cell_len(line.rpartition(" ")[0].rstrip()) for line in lines}
    assert len(ends) == 1, lines


def test_a_second_run_reads_nothing_and_says_so(
    gongkai: Gongkai, inbox: Path, small_warehouse: Path, tmp_path: Path
) -> None:
    shutil.copytree(small_warehouse, tmp_path / "w")
    second = gongkai("run", GONGKAI_INBOX=str(inbox), GONGKAI_WAREHOUSE=str(tmp_path / "w"))
    assert second.returncode == 0
    assert "Nothing to read again: 1 report, all unchanged." in second.stderr
    third = gongkai("run", GONGKAI_INBOX=str(inbox), GONGKAI_WAREHOUSE=str(tmp_path / "w"), PYTHONPROFILEIMPORTTIME="1")
    assert third.returncode == 0
    assert f"Unchanged: {tmp_path / 'w' / 'gongkai.duckdb'}" in third.stdout
    assert "Nothing to read again: 1 report, all unchanged." in third.stderr
    assert "dagster" not in third.stderr, "nothing to do is told without it, in a fraction of the time"


def test_a_run_can_be_summed_up_as_json(gongkai: Gongkai, inbox: Path, tmp_path: Path) -> None:
    (inbox / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    run = gongkai("run", "--json", "--inbox", inbox, "--warehouse", tmp_path / "w")
    told = json.loads(run.stdout)
    assert (told["reports"], told["refused"], told["files_read"]) == (1, 1, 2)
    assert told["refusals"][0]["source_path"] == "old.doc"
    assert "save it as" in told["refusals"][0]["reason"]
    assert run.stderr == ""


def test_a_refused_file_is_told_and_the_others_are_published(gongkai: Gongkai, inbox: Path, tmp_path: Path) -> None:
    (inbox / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    run = gongkai("run", "--inbox", inbox, "--warehouse", tmp_path / "w")
    assert run.returncode == 0
    assert "Reading 2 reports." in run.stderr
    assert "scan.png" in run.stdout
    with duckdb.connect(str(tmp_path / "w" / "gongkai.duckdb"), read_only=True) as con:
        assert con.sql("select count(*) from reports").fetchall() == [(1,)]


class TestBadInput:
    """Yesterday's warehouse stays, the message says what to do, the exit status is not 0."""

    def refused(self, run: subprocess.CompletedProcess[str], *words: str) -> None:
        assert run.returncode not in (0, None)
        assert "Traceback" not in run.stderr
        for word in words:
            assert word in run.stderr

    def test_an_empty_inbox(self, gongkai: Gongkai, warehouse: Path, tmp_path: Path) -> None:
        before = digest(warehouse / "gongkai.duckdb")
        (tmp_path / "empty").mkdir()
        run = gongkai("run", "--inbox", tmp_path / "empty", "--warehouse", warehouse)
        self.refused(run, "is empty", "Put reports into it")
        assert digest(warehouse / "gongkai.duckdb") == before

    def test_an_inbox_of_which_nothing_can_be_read(self, gongkai: Gongkai, warehouse: Path, tmp_path: Path) -> None:
        before = digest(warehouse / "gongkai.duckdb")
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
        run = gongkai("run", "--inbox", tmp_path / "other", "--warehouse", warehouse)
        self.refused(run, "None of the files", "broken.pdf")
        assert digest(warehouse / "gongkai.duckdb") == before

    def test_a_warehouse_that_cannot_be_written(self, gongkai: Gongkai, inbox: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        self.refused(gongkai("run", "--inbox", inbox, "--warehouse", tmp_path / "file" / "w"), "cannot be written")

    def test_a_stage_that_cannot_be_written(self, gongkai: Gongkai, inbox: Path, warehouse: Path) -> None:
        before = digest(warehouse / "gongkai.duckdb")
        for path in sorted((warehouse / "stage").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        (warehouse / "stage").rmdir()
        (warehouse / "stage").write_text("a file where the folder should be")
        self.refused(gongkai("run", "--inbox", inbox, "--warehouse", warehouse), "stage", "cannot be written")
        assert digest(warehouse / "gongkai.duckdb") == before

    def test_a_published_file_that_somebody_writes(self, gongkai: Gongkai, inbox: Path, warehouse: Path) -> None:
        published = warehouse / "gongkai.duckdb"
        published.chmod(0o644)
        before = published.stat().st_ino
        program = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", program, str(published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            for asked in (("run", "--inbox", inbox), ("explain", "1-1"), ("export", "--view", "facts")):
                run = gongkai(*asked, "--warehouse", warehouse)
                self.refused(run, f"Process {writer.pid}", "open for writing", "run again")
            writer.communicate("")
        assert published.stat().st_ino == before
        with duckdb.connect(str(published), read_only=True) as con:
            assert con.sql("select count(*) from reports").fetchall() == [(1,)]

    def test_a_port_in_use(self, gongkai: Gongkai) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.refused(gongkai("ui", "--port", port), f"Port {port}", "in use", "--port")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("run", "--inbox", "{file}"), "is a file"),
            (("run", "--warehouse", "{file}"), "is a file"),
            (("run", "--workers", "many"), "'many' is not a valid"),
            (("run", "--engine", "dask"), "--scheduler"),
            (("check", "{folder}"), "is a directory"),
            (("check",), "Missing argument"),
            (("check", "{file}", "--page", "{folder}/none/page.html"), "cannot be written"),
            (("export", "--view", "panels"), "is not one of"),
            (("export", "--warehouse", "{folder}", "--out", "{folder}/none/panel.csv"), "cannot be written"),
            (("export", "--out", "panel.ods"), "--format csv"),
            (("summarise",), "No such command"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_wrong_arguments(self, gongkai: Gongkai, warehouse: Path, arguments: tuple[str, ...], words: str) -> None:
        (warehouse / "file.txt").write_text(REPORT, encoding="utf-8")
        places = {"file": warehouse / "file.txt", "folder": warehouse}
        run = gongkai(*(argument.format(**places) for argument in arguments))
        self.refused(run, words)
        assert (run.returncode, run.stdout) in ((2, ""), (1, ""))

    def test_an_inbox_that_is_missing(self, gongkai: Gongkai, warehouse: Path, tmp_path: Path) -> None:
        before = digest(warehouse / "gongkai.duckdb")
        run = gongkai("run", "--json", "--inbox", tmp_path / "none", "--warehouse", warehouse)
        self.refused(run, "is not a folder", "--inbox")
        assert (run.stdout, run.stderr.count("\n"), digest(warehouse / "gongkai.duckdb")) == ("", 1, before)

    def test_a_dagster_home_that_cannot_be_written(self, gongkai: Gongkai, inbox: Path, tmp_path: Path) -> None:
        run = gongkai(
            "run", "--inbox", inbox, "--warehouse", tmp_path / "w", DAGSTER_HOME=str(inbox / "青川州-2020.txt")
        )
        self.refused(run, "DAGSTER_HOME", "cannot be written")

    def test_a_published_file_that_is_none(self, gongkai: Gongkai, tmp_path: Path) -> None:
        (tmp_path / "gongkai.duckdb").write_text("no database")
        self.refused(gongkai("explain", "1-1", "--warehouse", tmp_path), "gongkai.duckdb", "cannot be opened")

    def test_a_warehouse_that_is_not_there(self, gongkai: Gongkai, tmp_path: Path) -> None:
        self.refused(gongkai("explain", "1-1", "--warehouse", tmp_path), "no warehouse", "gongkai run")


class TestForPrograms:
    """--quiet says nothing, --json one document and nothing else; what is piped is plain text."""

    def test_quiet_leaves_the_exit_status(self, gongkai: Gongkai, small_warehouse: Path, tmp_path: Path) -> None:
        check = gongkai("check", "--quiet", SAMPLES / "hongze-2023.html", "--warehouse", small_warehouse)
        assert (check.returncode, check.stdout, check.stderr) == (1, "", "")
        export = gongkai("export", "--quiet", "--warehouse", small_warehouse, "--out", tmp_path / "panel.csv")
        assert (export.returncode, export.stdout, export.stderr) == (0, "", "")
        assert (tmp_path / "panel.csv").read_text(encoding="utf-8").count("\n") == 2

    def test_an_export_as_json_names_what_was_written(
        self, gongkai: Gongkai, small_warehouse: Path, tmp_path: Path
    ) -> None:
        run = gongkai("export", "--json", "--warehouse", small_warehouse, "--out", tmp_path / "panel.csv")
        told = json.loads(run.stdout)
        assert (told["view"], told["rows"], run.stderr) == ("panel", 1, "")
        assert Path(told["file"]).is_file()
        assert Path(told["codebook"]).is_file()

    def test_json_is_json_where_the_terminal_has_no_chinese(self, gongkai: Gongkai, inbox: Path) -> None:
        run = gongkai("check", "--json", inbox / "青川州-2020.txt", PYTHONIOENCODING="ascii")
        [told] = json.loads(run.stdout)
        assert run.stdout.isascii()
        assert told["file"].endswith("青川州-2020.txt")

    def test_what_is_piped_is_plain_text(self, sample_run: tuple[Path, str], gongkai: Gongkai, inbox: Path) -> None:
        check = gongkai("check", inbox / "青川州-2020.txt", PYTHONIOENCODING="ascii")
        assert "Traceback" not in check.stderr
        for text in (sample_run[1], check.stdout, check.stderr):
            assert [sign for sign in text if ord(sign) < 32 and sign != "\n"] == []

    def test_a_long_run_without_a_terminal_says_how_far_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cli_run, "_SECONDS_BETWEEN_LINES", 0.0)
        console = Console(file=io.StringIO(), width=80)
        progress = cli_run.TerminalProgress(console)
        progress.begin(2000, 1)
        progress.file("a.txt")
        progress.pages(10, 343)
        assert "10 of 343 pages drawn, about " in console.file.getvalue()  # type: ignore[attr-defined]
        assert "1 of 2,000 reports read, about " in console.file.getvalue()  # type: ignore[attr-defined]
        assert "\x1b" not in console.file.getvalue()  # type: ignore[attr-defined]


class TestExplain:
    @pytest.fixture
    def quantity_id(self, sample_warehouse: Path) -> str:
        with duckdb.connect(str(sample_warehouse / "gongkai.duckdb"), read_only=True) as con:
            sql = "select min(quantity_id) from quantities join reports using (report_id) where source_path = ? and value = ?"
            [(found,)] = con.execute(sql, ["jinchang-2018.txt", 143212]).fetchall()
        return str(found)

    def test_a_number_is_shown_in_its_sentence(
        self, gongkai: Gongkai, sample_warehouse: Path, quantity_id: str
    ) -> None:
        run = gongkai("explain", quantity_id, "--warehouse", sample_warehouse)
        assert run.returncode == 0
        assert "【143212条】" in run.stdout
        for words in ("143,212 条", "proactive.disclosed", "金昌市2018年", "rule"):
            assert words in run.stdout

    def test_as_json(self, gongkai: Gongkai, sample_warehouse: Path, quantity_id: str) -> None:
        told = json.loads(gongkai("explain", quantity_id, "--json", "--warehouse", sample_warehouse).stdout)
        assert (told["value"], told["unit"], told["indicator"]) == (143212.0, "条", "proactive.disclosed")

    def test_an_unknown_number_is_answered_with_those_of_its_report(
        self, gongkai: Gongkai, sample_warehouse: Path, quantity_id: str
    ) -> None:
        run = gongkai("explain", quantity_id.split("-")[0] + "-999999", "--warehouse", sample_warehouse)
        assert run.returncode == 1
        assert "Numbers of that report" in run.stderr


class TestCheck:
    def test_a_draft_with_a_contradiction_is_red(self, gongkai: Gongkai) -> None:
        run = gongkai("check", SAMPLES / "hongze-2023.html")
        assert run.returncode == 1
        assert "red" in run.stdout
        assert "行政复议" in run.stdout

    def test_findings_as_json_say_where(self, gongkai: Gongkai) -> None:
        [told] = json.loads(gongkai("check", "--json", SAMPLES / "hongze-2023.html").stdout)
        assert told["report"]["report_year"] == 2023
        placed = [finding for finding in told["findings"] if finding["line"]]
        assert placed
        assert all(finding["severity"] in ("red", "yellow") and finding["message"] for finding in told["findings"])

    def test_a_draft_that_adds_up_is_fine(self, gongkai: Gongkai) -> None:
        run = gongkai("check", SAMPLES / "huaian-2024.pdf")
        assert "0 red" in run.stdout or "adds up" in run.stdout
        assert run.returncode == 0

    def test_a_file_that_cannot_be_read_says_why(self, gongkai: Gongkai, tmp_path: Path) -> None:
        (tmp_path / "draft.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        run = gongkai("check", tmp_path / "draft.doc", tmp_path / "none.txt")
        assert run.returncode == 2
        assert "draft.doc" in run.stderr
        assert "save it as" in run.stderr
        assert "none.txt" in run.stderr

    def test_it_writes_nothing_and_needs_no_warehouse(self, gongkai: Gongkai, inbox: Path, tmp_path: Path) -> None:
        before = sorted(tmp_path.rglob("*"))
        gongkai("check", inbox / "青川州-2020.txt", GONGKAI_WAREHOUSE=str(tmp_path / "none"))
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("module", ["cli", "cli_check", "cli_explain"])
def test_checking_and_explaining_do_not_wait_for_dagster(module: str) -> None:
    program = f"import sys, pipelines.{module}; sys.exit('dagster' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], env={**os.environ}, check=False).returncode == 0


class TestManyHands:
    def test_two_runs_at_once_both_succeed_one_after_the_other(
        self, gongkai: Gongkai, inbox: Path, tmp_path: Path
    ) -> None:
        for number in range(20):
            (inbox / f"{number}.txt").write_text(REPORT * 20, encoding="utf-8")
        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(lambda _: gongkai("run", "--inbox", inbox, "--warehouse", tmp_path / "w"), range(2)))
        assert [(run.returncode, run.stderr.count("gongkai:")) for run in runs] == [(0, 0), (0, 0)]
        assert any("Waiting until it is done" in run.stderr for run in runs)
        with duckdb.connect(str(tmp_path / "w" / "gongkai.duckdb"), read_only=True) as con:
            assert con.sql("select count(*) from reports").fetchall() == [(21,)]


class TestCtrlC:
    """One line, exit status 130, nothing lost."""

    @pytest.fixture(autouse=True)
    def at_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """With an instance of Dagster that stays, as `make run` has."""
        (tmp_path / "home").mkdir()
        shutil.copy(PROJECT / "dagster.yaml", tmp_path / "home")
        monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))

    def stopped(self, at: str, *arguments: object) -> str:
        """Runs on a terminal, presses Ctrl-C once `at` is shown; returns what is shown after that. A press that falls into a library's
        own code may be lost on a busy machine, so that it is pressed again, as people do."""
        ours, terminal = pty.openpty()
        with subprocess.Popen(command(*arguments), stdout=terminal, stderr=terminal, start_new_session=True) as run:
            os.close(terminal)
            before = after = b""
            while at.encode() not in before:
                before += (read := os.read(ours, 4096))
                assert read, before.decode()
            with contextlib.suppress(OSError, EOFError):  # Linux has an error where the other end is closed
                for _ in range(3):
                    os.killpg(run.pid, signal.SIGINT)
                    while select.select([ours], [], [], _PATIENCE)[0]:
                        if not (read := os.read(ours, 4096)):
                            raise EOFError
                        after += read
        os.close(ours)
        assert run.returncode == 130, after.decode()
        return after.decode().replace("\r\n", "\n")

    def test_while_reading(self, gongkai: Gongkai, inbox: Path, tmp_path: Path) -> None:
        (inbox / "long.txt").write_text(REPORT * 100_000, encoding="utf-8")
        shown = self.stopped("/2", "run", "--inbox", inbox, "--warehouse", tmp_path / "w")
        assert "Traceback" not in shown
        last = shown.rstrip("\n").rpartition("\n")[2]
        assert "Stopped. What was read is kept" in last
        assert "\x1b[?25h" in shown, "the cursor is to be seen again"
        (inbox / "long.txt").unlink()
        assert gongkai("run", "--quiet", "--inbox", inbox, "--warehouse", tmp_path / "w").returncode == 0

    def test_while_drawing(self, inbox: Path, tmp_path: Path) -> None:
        shown = self.stopped("Drawing", "run", "--inbox", inbox, "--warehouse", tmp_path / "w")
        assert "Stopped. The warehouse is published" in shown
        assert (tmp_path / "w" / "gongkai.duckdb").exists()

    def test_while_checking(self, tmp_path: Path) -> None:
        first, long = tmp_path / "first.txt", tmp_path / "long.txt"
        (tmp_path / "long.txt").write_text(REPORT * 100_000, encoding="utf-8")
        shown = self.stopped("first.txt", "check", first, long)
        assert [line for line in shown.splitlines() if "Stopped." in line] == shown.splitlines()[-1:]
        assert "Traceback" not in shown
