"""The folder of pages: writes a page only where what it is made of has changed, and removes pages no longer wanted.

A page is known by a key: a digest of its inputs and of the code that draws it. The keys of a run are kept in a
manifest, so that the next run draws only what is new. Not here: what stands on a page.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
_MANIFEST = ".manifest.json"
_LIBRARIES = ("altair", "duckdb", "jinja2", "vl-convert-python", "xlsxwriter")


class Site:
    """Files below one folder. `put` each wanted file, then `finish`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = code_digest()
        self.written = self.kept = self.removed = 0
        self._before = _read_manifest(folder / _MANIFEST)
        self._now: dict[str, str] = {}

    def holds(self, path: str, *inputs: object) -> bool:
        """Whether the file is there as it would be drawn from these inputs; it is wanted from now on."""
        key = digest(self.code, *inputs)
        self._now[path] = key
        held = self._before.get(path) == key and (self.folder / path).is_file()
        self.kept += held
        return held

    def keep(self, prefix: str) -> None:
        """Keeps every file of before whose path begins so, as when what names them all holds."""
        kept = {path: key for path, key in self._before.items() if path.startswith(prefix) and path not in self._now}
        self._now |= kept
        self.kept += len(kept)

    def write(self, path: str, content: str | bytes) -> None:
        """Writes a file whole or not at all; `holds` was asked before."""
        data = content.encode() if isinstance(content, str) else content
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            scratch.write_bytes(data)
            scratch.replace(target)
        finally:
            scratch.unlink(missing_ok=True)
        self.written += 1

    def put(self, path: str, inputs: object, draw: Callable[[], str | bytes]) -> None:
        """The file at `path`, drawn where it does not hold."""
        if not self.holds(path, inputs):
            self.write(path, draw())

    def finish(self) -> None:
        """Removes what is not wanted any more, and writes the manifest last: a run that was killed draws again."""
        for path in sorted(set(self._before) - set(self._now)):
            (self.folder / path).unlink(missing_ok=True)
            self.removed += 1
        text = json.dumps(self._now, sort_keys=True, indent=0)
        if self._now != self._before:
            (self.folder / _MANIFEST).write_text(text, encoding="utf-8")


def digest(*parts: object) -> str:
    """A digest of values that print alike whenever they are alike."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def code_digest() -> str:
    """What draws: our modules, templates, style, labels, and the libraries' versions."""
    found = hashlib.sha256()
    labels = HERE.parent.parent / "warehouse" / "reference" / "labels.csv"
    for path in [*sorted(p for p in HERE.rglob("*") if p.is_file() and "__pycache__" not in p.parts), labels]:
        found.update(path.name.encode())
        found.update(path.read_bytes())
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}".encode())
    return found.hexdigest()


def _read_manifest(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}
