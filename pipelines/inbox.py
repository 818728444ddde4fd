"""What lies in the inbox. Here: which files there are and what identifies them; not here: reading them, or what the scan before knew
(inbox_seen.py)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipelines.inbox_seen import Seen, Told
from pipelines.reading import kind_of, kind_of_bytes
from pipelines.reading.limits import MAX_FOLDERS_DEEP

HASHING_THREADS = 8
_FILES_AT_ONCE, _BYTES_AT_ONCE = 256, 1 << 20


class InboxError(Exception):
    """The inbox as a whole cannot be used. Its message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file of the inbox; fields as in table `report_files`."""

    source_path: str
    sha256: str
    bytes: int
    kind: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a scan found, in the order of the paths; `refused` pairs a path with the reason why it is not read."""

    files: tuple[InboxFile, ...]
    refused: tuple[tuple[str, str], ...]


def scan(inbox: Path, seen: Seen | None = None) -> Inbox:
    """All files of a folder, with the hash of their bytes; of those that `seen` knows nothing is read. Raises InboxError where there is
    none, or one may not be opened.

    A file that the system will not open stops the run, unlike one whose content cannot be read: going on would
    take its report out of the warehouse although the file is still there.
    """
    if not inbox.is_dir():
        raise InboxError(
            f"The inbox {inbox} is not a folder. Make it and put reports into it, or name another with --inbox."
        )
    paths, refused = _walk(inbox)
    if not paths and not refused:
        raise InboxError(
            f"The inbox {inbox} is empty. Put reports into it (.txt, .html, .pdf, .docx), or name another with --inbox."
        )
    with ThreadPoolExecutor(HASHING_THREADS) as pool:
        # Many at a time: to hand a file over costs more than to hash it.
        some = [paths[at : at + _FILES_AT_ONCE] for at in range(0, len(paths), _FILES_AT_ONCE)]
        found = list(
            chain.from_iterable(pool.map(lambda names: [_identify(inbox, name, seen) for name in names], some))
        )
    closed = [item for item in found if isinstance(item, str)]
    if closed:
        listed = "\n".join(f"  {line}" for line in closed[:10]) + (
            f"\n  … and {len(closed) - 10} more" if len(closed) > 10 else ""
        )
        raise InboxError(
            f"These files of {inbox} may not be opened:\n{listed}\nMake them readable (chmod u+r), or move them away."
        )
    return Inbox(tuple(item for item in found if isinstance(item, InboxFile)), tuple(sorted(refused)))


def listing_digest(inbox: Path) -> str:
    """A digest of the names, sizes and times of the inbox's files, which changes when they do; empty where
    there are none.

    Opens no file.
    """
    names = _walk(inbox)[0] if inbox.is_dir() else []
    digest = hashlib.sha256()
    for name in names:
        try:
            status = (inbox / name).stat()
        except FileNotFoundError:  # gone since the folder was listed: the next listing will not have it
            continue
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest() if names else ""


def _walk(inbox: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Paths of files to read, sorted, and what is refused by its kind alone."""
    root, paths, refused = inbox.resolve(), [], []
    above = len(str(inbox / "x")) - 1
    for entry in _entries(inbox):
        name = entry.path[above:].replace(os.sep, "/")
        shown = name.encode("utf-8", "backslashreplace").decode()
        reason = _refusal(entry, root)
        if shown != name:
            reason = "its name is not UTF-8; rename it"
        if reason:
            refused.append((shown, reason))
        else:
            paths.append(name)
    return sorted(paths), refused


def _entries(inbox: Path) -> Iterator[os.DirEntry[str]]:
    """All entries below a folder that are no plain folders, but hidden ones and the lock files of word processors;
    and the folders that lie too deep.
    """
    folders = [(inbox, 0)]
    while folders:
        folder, depth = folders.pop()
        for entry in _listed(folder):
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False) and depth < MAX_FOLDERS_DEEP:
                folders.append((Path(entry.path), depth + 1))
            else:
                yield entry


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except FileNotFoundError:  # removed since the folder above was listed
        return []
    except PermissionError as error:
        raise InboxError(
            f"The folder {folder} may not be listed. Make it readable (chmod u+rx), or move it away."
        ) from error


def _refusal(entry: os.DirEntry[str], root: Path) -> str:
    if entry.is_dir(follow_symlinks=False):
        return f"a folder more than {MAX_FOLDERS_DEEP} folders deep; move it up"
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))
        if not target.is_relative_to(root):
            return "a link that leads out of the inbox; copy the file itself into the inbox"
        if not target.is_file():
            return "a link that leads to no file; remove it or mend it"
        return ""
    if not entry.is_file(follow_symlinks=False) and os.path.lexists(entry.path):
        return "no ordinary file (a pipe, socket or device); remove it"
    return ""


def _identify(inbox: Path, name: str, seen: Seen | None) -> InboxFile | str | None:
    """The file, or why it may not be opened; None where it was removed since the folder was listed."""
    path = inbox / name
    try:
        status = path.stat()
        if seen and (told := seen.told(name, status)):
            return InboxFile(name, *told)
        told = _hashed(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"{name}: {error.strerror}"
    if seen:
        seen.note(name, status, told)
    return InboxFile(name, *told)


def _hashed(path: Path) -> Told:
    with path.open("rb", buffering=0) as file:
        first = file.read(_BYTES_AT_ONCE)
        digest, size = hashlib.sha256(first), len(first)
        while part := file.read(_BYTES_AT_ONCE):
            digest.update(part)
            size += len(part)
    kind = kind_of(path) if size > len(first) else kind_of_bytes(first, path.suffix.lower())
    return digest.hexdigest(), size, kind
