"""Asks for known vulnerabilities of everything that is locked: `make audit`. It needs a network and the group `audit`.

pip-audit alone says that nothing is known, and ends well, of packages that the service does not know or that a
proxy answers for; here an audit that did not look at every package has failed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
FOUND, NOT_ASKED = 1, 2
_BIN = Path(sys.executable).parent
_EXPORT = ("export", "--quiet", "--frozen", "--all-extras", "--all-groups", "--no-emit-project")
_AUDIT = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--desc", "off")


def locked() -> str:
    """The requirements of uv.lock with their hashes."""
    command = [_BIN / "uv", *_EXPORT, "--format", "requirements-txt"]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def audit(requirements: str, *options: str) -> tuple[int, str]:
    """What is known of these requirements: exit status and words. `options` are those of pip-audit."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(requirements, encoding="utf-8")
        command = [_BIN / "pip-audit", *_AUDIT, *options, "-r", listed]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not run.stdout.startswith("{"):
        return (
            NOT_ASKED,
            f"NOT AUDITED: {run.stderr.strip().splitlines()[-1]}\nIs there a network? Nothing was found out.",
        )
    return _judged(json.loads(run.stdout)["dependencies"])


def _judged(packages: list[dict[str, object]]) -> tuple[int, str]:
    skipped = [f"{each['name']}: {each['skip_reason']}" for each in packages if "skip_reason" in each]
    found = [
        f"{each['name']} {each['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version'}"
        for each in packages
        for flaw in each.get("vulns", [])  # type: ignore[attr-defined]
    ]
    asked = f"{len(packages) - len(skipped)} of {len(packages)} locked packages were asked for"
    if skipped:
        kept = f"and {len(skipped) - 1} more" if len(skipped) > 1 else ""
        found = [*found, f"NOT AUDITED: {asked}. {skipped[0]} {kept}".strip()]
        return (NOT_ASKED if len(found) == 1 else FOUND), "\n".join(found)
    if found or not packages:
        return FOUND, "\n".join([*found, f"{asked}; {len(found)} known vulnerabilities."])
    return 0, f"{asked}; no known vulnerability."


if __name__ == "__main__":
    status, told = audit(locked(), *sys.argv[1:])
    print(told)
    sys.exit(status)
