"""The inventory of the inbox in the stage: taken, before anything is read. Not here: what a scan finds (inbox.py), or how shards are kept
(shards.py)."""

from __future__ import annotations

from collections.abc import Callable

from pipelines import shards, stage
from pipelines.inbox import Inbox, scan
from pipelines.inbox_seen import Seen
from pipelines.places import Places


def take_inventory(places: Places, on_wait: Callable[[str], None] = lambda process: None) -> Inbox:
    """What lies in the inbox, written into the stage. Raises InboxError where there is nothing, or a file may not be opened, and OSError
    where the stage cannot be written."""
    seen = Seen(places.stage, shards.code_digest())
    inbox = scan(places.inbox, seen)
    with stage.only_user(places.stage, on_wait):
        shards.save_inventory(places.stage, shards.split(inbox))
        seen.save()
    return inbox
