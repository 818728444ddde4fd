"""What lies in the inbox: which files are taken, which are set aside, and when the whole inbox is not usable."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import inbox as inbox_module
from pipelines import inbox_seen
from pipelines.inbox import Inbox, InboxError, InboxFile, listing_digest, scan
from pipelines.inbox_seen import Seen

TEXT = "青川州2020年收到申请3件。".encode()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "青川州-2020.txt").write_bytes(TEXT)
    return folder


def test_a_file_is_known_by_path_hash_size_and_format(inbox: Path) -> None:
    assert scan(inbox).files == (InboxFile("青川州-2020.txt", hashlib.sha256(TEXT).hexdigest(), len(TEXT), "txt"),)


def test_files_come_sorted_by_path_from_all_folders(inbox: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "b/1.txt"):
        (inbox / name).parent.mkdir(exist_ok=True)
        (inbox / name).write_bytes(TEXT)
    assert [file.source_path for file in scan(inbox).files] == ["a/1.txt", "b/1.txt", "b/2.txt", "青川州-2020.txt"]


@pytest.mark.parametrize("name", [".DS_Store", ".hidden/1.txt", "~$report.docx"])
def test_hidden_files_and_lock_files_are_no_reports(inbox: Path, name: str) -> None:
    (inbox / name).parent.mkdir(exist_ok=True)
    (inbox / name).write_bytes(TEXT)
    found = scan(inbox)
    assert len(found.files) == 1
    assert found.refused == ()


def test_a_link_out_of_the_inbox_is_refused_and_one_within_is_read(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(TEXT)
    (inbox / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "up.txt").symlink_to("../secret.txt")
    (inbox / "folder").symlink_to(tmp_path)
    (inbox / "nowhere.txt").symlink_to("gone.txt")
    (inbox / "within.txt").symlink_to("青川州-2020.txt")
    found = scan(inbox)
    assert [file.source_path for file in found.files] == ["within.txt", "青川州-2020.txt"]
    reasons = dict(found.refused)
    assert sorted(reasons) == ["folder", "nowhere.txt", "out.txt", "up.txt"]
    assert "leads out of the inbox" in reasons["out.txt"]
    assert "leads to no file" in reasons["nowhere.txt"]


def test_a_pipe_is_refused_and_not_waited_for(inbox: Path) -> None:
    os.mkfifo(inbox / "pipe.txt")
    assert "no ordinary file" in dict(scan(inbox).refused)["pipe.txt"]


def test_a_name_that_is_not_utf8_is_refused_by_a_name_that_can_be_printed(inbox: Path) -> None:
    try:
        (inbox / os.fsdecode(b"\xc7\xe0\xb4\xa8.txt")).write_bytes(TEXT)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    [(name, reason)] = scan(inbox).refused
    assert "not UTF-8" in reason
    assert name.encode()


@pytest.mark.parametrize("make", [True, False])
def test_an_inbox_that_is_empty_or_no_folder_says_what_to_do(tmp_path: Path, make: bool) -> None:
    if make:
        (tmp_path / "none").mkdir()
    with pytest.raises(InboxError, match="--inbox"):
        scan(tmp_path / "none")


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that all may enter, in a process without the rights of root."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    user = os.geteuid()
    try:
        yield folder
    finally:
        os.seteuid(user)
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_opened_stops_the_run_and_is_named(as_nobody: Path) -> None:
    (as_nobody / "open.txt").write_bytes(TEXT)
    (as_nobody / "closed.txt").write_bytes(TEXT)
    (as_nobody / "closed.txt").chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    with pytest.raises(InboxError, match=r"closed\.txt: Permission denied(.|\n)*chmod"):
        scan(as_nobody)


def test_the_listing_changes_with_the_inbox_and_only_then(inbox: Path) -> None:
    seen = [listing_digest(inbox)]
    assert listing_digest(inbox) == seen[0]
    (inbox / "new.txt").write_bytes(TEXT)
    seen.append(listing_digest(inbox))
    os.utime(inbox / "new.txt", ns=(1, 1))
    seen.append(listing_digest(inbox))
    (inbox / "new.txt").write_bytes(TEXT + TEXT)
    os.utime(inbox / "new.txt", ns=(1, 1))
    seen.append(listing_digest(inbox))
    assert len(set(seen)) == len(seen)
    (inbox / "new.txt").unlink()
    assert listing_digest(inbox) == seen[0]


def test_the_listing_of_no_files_is_empty(tmp_path: Path) -> None:
    assert listing_digest(tmp_path) == listing_digest(tmp_path / "none") == ""


class TestWhatWasSeenBefore:
    """Of what nobody has touched nothing is read again."""

    @pytest.fixture
    def opened(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The names of files that are read for their hash, which have all rested for long."""
        names: list[str] = []
        hashed = inbox_module._hashed
        monkeypatch.setattr(inbox_module, "_hashed", lambda path: (names.append(path.name), hashed(path))[1])
        monkeypatch.setattr(inbox_seen, "_RESTED_NS", -(10**12))
        return names

    def look(self, inbox: Path, code: str = "1") -> Inbox:
        seen = Seen(inbox.parent, code)
        found = scan(inbox, seen)
        seen.save()
        return found

    def test_only_what_was_touched_is_read_again(self, inbox: Path, opened: list[str]) -> None:
        (inbox / "a.txt").write_bytes(TEXT)
        first = self.look(inbox)
        opened.clear()
        assert self.look(inbox) == first
        assert opened == []
        before = (inbox / "a.txt").stat()
        (inbox / "a.txt").write_bytes(TEXT.replace(b"2020", b"2021"))
        os.utime(inbox / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))  # as long and as old as before
        (inbox / "b.txt").write_bytes(TEXT)
        found = self.look(inbox)
        assert opened == ["a.txt", "b.txt"]
        assert found == scan(inbox)

    def test_a_file_that_takes_the_place_of_another_is_read(self, inbox: Path, opened: list[str]) -> None:
        self.look(inbox)
        (inbox / "new.txt").write_bytes(TEXT.replace(b"2020", b"2021"))
        (inbox / "new.txt").replace(inbox / "青川州-2020.txt")
        assert self.look(inbox) == scan(inbox)

    def test_one_that_has_just_changed_is_read_again(
        self, inbox: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inbox_seen, "_RESTED_NS", 10**12)
        self.look(inbox)
        self.look(inbox)
        assert len(opened) == 2

    @pytest.mark.parametrize("record", ["", "[]", "{", '{"code": "1"}'])
    def test_a_damaged_record_says_nothing(self, inbox: Path, opened: list[str], record: str) -> None:
        first = self.look(inbox)
        (inbox.parent / ".seen.json").write_text(record, encoding="utf-8")
        assert self.look(inbox) == first
        assert len(opened) == 2

    def test_other_code_may_tell_formats_otherwise(self, inbox: Path, opened: list[str]) -> None:
        self.look(inbox)
        self.look(inbox, code="2")
        assert len(opened) == 2

    def test_what_is_gone_is_forgotten(self, inbox: Path, opened: list[str]) -> None:
        (inbox / "a.txt").write_bytes(TEXT)
        self.look(inbox)
        (inbox / "a.txt").unlink()
        self.look(inbox)
        assert "a.txt" not in (inbox.parent / ".seen.json").read_text(encoding="utf-8")
