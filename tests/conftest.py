"""What several tests share: the command line as a user calls it, and one warehouse made from the sample reports."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SAMPLES = PROJECT / "warehouse" / "inbox"

Gongkai = Callable[..., "subprocess.CompletedProcess[str]"]


def _gongkai(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = ("DAGSTER_HOME", "GONGKAI_INBOX", "GONGKAI_WAREHOUSE")
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    command = [str(Path(sys.executable).with_name("gongkai")), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**inherited, **environment}, timeout=120, check=False
    )


@pytest.fixture(scope="session")
def gongkai() -> Gongkai:
    """Calls `gongkai` with arguments, and environment variables as keywords."""
    return _gongkai


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A warehouse made from the sample reports, to be read only, and what the run printed."""
    warehouse = tmp_path_factory.mktemp("samples")
    run = _gongkai("run", "--warehouse", warehouse)
    assert run.returncode == 0, run.stderr
    return warehouse, run.stdout


@pytest.fixture(scope="session")
def sample_warehouse(sample_run: tuple[Path, str]) -> Path:
    return sample_run[0]
