"""A stage that several machines see, at any location that fsspec opens (s3://bucket/stage, file:///mnt/stage). Here: shards
to it and from it; not here: who makes them (cluster.py).

It has the folders and files of a stage on disk, but no lock and no renaming: what is there counts only once it was fetched
whole, with the stamp that is asked for. The build reads the stage on disk, never this one.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import stage
from pipelines.schemas import TableSpec
from pipelines.shards import MADE_BY_READING

_INSTALL = "Each kind of location has a package of its own (s3:// s3fs, gs:// gcsfs, abfs:// adlfs); install it here and on every worker."


class LocationError(Exception):
    """A location cannot be used. Its message says which and why."""


def put(folder: Path, location: str, shard: str) -> None:
    """Copies a shard's files from a stage on disk. Raises LocationError."""
    for spec in MADE_BY_READING:
        content = stage.path_of(folder, spec, shard).read_bytes()
        with _opened(location) as (fs, root):
            fs.makedirs(f"{root}/{spec.name}", exist_ok=True)
            fs.pipe_file(_path(root, spec, shard), content)


def fetch(location: str, folder: Path, shard: str, fingerprint: str | None = None) -> str | None:
    """Copies a shard's files into a stage on disk, if all are there, whole, and of one fingerprint (the one given, if one is);
    returns that, else None. Raises LocationError, and OSError where the disk does not take them.
    """
    found: dict[str, bytes] = {}
    for spec in MADE_BY_READING:
        with _opened(location) as (fs, root):
            try:
                content = fs.cat_file(_path(root, spec, shard))
            except FileNotFoundError:
                return None
        stamp = stage.stamp_of(pa.BufferReader(content))
        if stamp is None or stamp["fingerprint"] != (fingerprint or stamp["fingerprint"]):
            return None
        fingerprint = str(stamp["fingerprint"])
        found[spec.name] = content
    for spec in MADE_BY_READING:
        _write(stage.path_of(folder, spec, shard), found[spec.name])
    return fingerprint


def shards_at(location: str) -> set[str]:
    """The shards of which a location has files of every table, whole or not. Raises LocationError."""
    with _opened(location) as (fs, root):
        return set.intersection(*(_names(fs, f"{root}/{spec.name}") for spec in MADE_BY_READING))


@contextmanager
def probed(location: str) -> Iterator[tuple[str, str]]:
    """A file there, by name and content, while the block runs; then it and what begins like it is removed. Raises LocationError."""
    token = uuid.uuid4().hex
    name = f".probe-{token}"
    with _opened(location) as (fs, root):
        fs.makedirs(root, exist_ok=True)
        fs.pipe_file(f"{root}/{name}", token.encode())
    try:
        yield name, token
    finally:
        with _opened(location) as (fs, root):
            for path in fs.ls(root, detail=False):
                if path.rpartition("/")[2].startswith(name):
                    fs.rm_file(path)


@contextmanager
def _opened(location: str) -> Iterator[tuple[Any, str]]:
    """The file system of a location and the path on it."""
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        fs, root = url_to_fs(location)
        fs.invalidate_cache()
        yield fs, root.rstrip("/")
    except ImportError as error:
        raise LocationError(f"The location {location} cannot be opened ({error}). {_INSTALL}") from error
    except Exception as error:  # each kind of location fails with errors of its own package
        raise LocationError(
            f"The location {location} cannot be used ({str(error) or type(error).__name__})."
        ) from error


def _path(root: str, spec: TableSpec, shard: str) -> str:
    return f"{root}/{spec.name}/{shard}.parquet"


def _names(fs: Any, folder: str) -> set[str]:
    try:
        listed: list[str] = fs.ls(folder, detail=False)
    except FileNotFoundError:
        return set()
    return {path.rpartition("/")[2].removesuffix(".parquet") for path in listed if path.endswith(".parquet")}


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.stem}.{uuid.uuid4().hex}.tmp")
    try:
        with scratch.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
