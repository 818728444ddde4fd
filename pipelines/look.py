"""Whether a run would change anything, found out without starting one: nothing read, built, drawn or told to Dagster. Not here: how each
step tells that it is done (inventory.py, shards.py, warehousing/unchanged.py, atlas/site.py)."""

from __future__ import annotations

from collections.abc import Callable

from pipelines import environment, shards, stage
from pipelines.atlas import Drawn, atlas_holds
from pipelines.inbox import InboxError
from pipelines.inventory import take_inventory
from pipelines.places import REFERENCE, SQL, Places
from pipelines.warehousing import basis, is_published


def all_done(places: Places, on_wait: Callable[[str], None] = lambda process: None) -> int | None:
    """How many files there are where a run would change nothing; None where it would, and where looking fails: the run says of what.

    With hand labels there is always something to do: runs tell Dagster how the numbers score against them.
    """
    if environment.labels_folder(places.inbox):
        return None
    try:
        inbox = take_inventory(places, on_wait)
        with stage.only_user(places.stage, on_wait):
            done = _read(places) and _published(places) and _drawn(places)
    except (InboxError, stage.StageError, OSError, ValueError):
        return None
    return len(inbox.files) if done else None


def _read(places: Places) -> bool:
    inventory = shards.load_inventory(places.stage)
    return not shards.plan(places.stage, inventory, contacts=environment.contacts_shown()).make


def _published(places: Places) -> bool:
    return is_published(places.stage, places.published, basis(places.stage, REFERENCE, SQL, places.corrections))


def _drawn(places: Places) -> bool:
    drawn = Drawn.told(environment.pages_drawn("REPORTS"), environment.pages_drawn("BODIES"))
    return atlas_holds(places.published, places.stage, places.atlas, drawn)
