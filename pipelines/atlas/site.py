"""The folder of pages: says which pages hold, writes those that do not, and removes pages no longer wanted.

A page is known by a key: a digest of what it shows and of the code that draws it. The keys of a run are kept in a
manifest, so that the next run draws only what is new. Not here: what stands on a page.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
_MANIFEST = ".manifest.json"
_SCRATCH = ".scratch"
_LIBRARIES = ("altair", "duckdb", "jinja2", "vl-convert-python", "xlsxwriter")
_LABELS = ("labels.csv", "codebook.csv")


class Site:
    """Files below one folder: ask whether each wanted file `holds`, `begin`, write those that do not, `finish`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = code_digest()
        self.written = self.kept = self.removed = 0
        manifest = _read_manifest(folder / _MANIFEST)
        self._made_of: str = manifest.get("made_of", "")
        self._before: dict[str, str] = manifest.get("pages", {})
        self._now: dict[str, str] = {}

    def is_made_of(self, data: str) -> bool:
        """Whether all pages are there as a run drew them of these very data with this very code."""
        if self._made_of != digest(self.code, data):
            return False
        if not all((self.folder / path).is_file() for path in self._before):
            return False
        self.kept = len(self._before)
        return True

    def holds(self, path: str, *inputs: object) -> bool:
        """Whether the file is there as it would be drawn from these inputs; it is wanted from now on."""
        key = digest(self.code, *inputs)
        self._now[path] = key
        held = self._before.get(path) == key and (self.folder / path).is_file()
        self.kept += held
        return held

    def begin(self) -> None:
        """Forgets what is about to be drawn anew: a run that was killed leaves no page that seems to hold."""
        held = {path: key for path, key in self._now.items() if self._before.get(path) == key}
        if held != self._before or self._made_of:
            self._save("", held)

    def put(self, path: str, inputs: object, draw: Callable[[], str | bytes]) -> None:
        """The file at `path`, drawn where it does not hold."""
        if not self.holds(path, inputs):
            self.written += write(self.folder, path, draw())

    def finish(self, data: str) -> None:
        """Removes what is not wanted any more, and writes the manifest last."""
        for path in sorted(set(self._before) - set(self._now)):
            (self.folder / path).unlink(missing_ok=True)
            self.removed += 1
        self._save(digest(self.code, data), self._now)

    def scratch(self) -> Path:
        """An empty folder for what lives as long as the build."""
        folder = self.folder / _SCRATCH
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _save(self, made_of: str, pages: dict[str, str]) -> None:
        text = json.dumps({"made_of": made_of, "pages": pages}, sort_keys=True, indent=0)
        write(self.folder, _MANIFEST, text)


def write(folder: Path, path: str, content: str | bytes) -> int:
    """Writes a file whole or not at all; the number of files, one."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        scratch.write_bytes(content.encode() if isinstance(content, str) else content)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return 1


def digest(*parts: object) -> str:
    """A digest of values that print alike whenever they are alike."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def code_digest() -> str:
    """What draws: our modules, templates, style, labels, and the libraries' versions."""
    found = hashlib.sha256()
    ours = sorted(path for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    reference = HERE.parent.parent / "warehouse" / "reference"
    for path in [*ours, *(reference / name for name in _LABELS)]:
        found.update(path.name.encode())
        found.update(path.read_bytes())
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}".encode())
    return found.hexdigest()


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}
