"""Resources of the Dagster assets: where files lie, how work is spread, who is told of progress. Not here: any work."""

import os
from pathlib import Path

import dagster as dg

from pipelines import environment
from pipelines.places import Places, places
from pipelines.reading.limits import SECONDS_PER_FILE


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The inbox and the warehouse; empty for GONGKAI_INBOX and GONGKAI_WAREHOUSE, else the project's own.

    What is published masks the offices' own telephone numbers and addresses unless `show_contacts`, or
    GONGKAI_SHOW_CONTACTS=1. Those of people are masked always.

    `labels` is a folder of hand labels to score against: empty for GONGKAI_LABELS, else `labels` beside the inbox.
    `atlas_url` is where the atlas is served: empty for GONGKAI_ATLAS_URL, which `gongkai ui` sets, else nowhere.
    `atlas_reports` is how many of the newest reports have a page in it: 0 for GONGKAI_ATLAS_REPORTS, else 3,000; `atlas_bodies` how many
    bodies: 0 for GONGKAI_ATLAS_BODIES, else 5,000.
    """

    inbox: str = ""
    warehouse: str = ""
    show_contacts: bool = False
    labels: str = ""
    atlas_url: str = ""
    atlas_reports: int = 0
    atlas_bodies: int = 0

    def places(self) -> Places:
        return places(self.inbox or None, self.warehouse or None)

    def contacts_shown(self) -> bool:
        return self.show_contacts or environment.contacts_shown()

    def labels_folder(self) -> Path | None:
        """The folder of hand labels; None where nobody named one and there is none beside the inbox."""
        return (
            Path(self.labels).expanduser().resolve() if self.labels else environment.labels_folder(self.places().inbox)
        )

    def atlas_served(self) -> str:
        """The address of the atlas with / at its end; empty where it is not served."""
        url = self.atlas_url or os.environ.get("GONGKAI_ATLAS_URL", "")
        return f"{url.rstrip('/')}/" if url else ""

    def pages_drawn(self) -> tuple[int, int]:
        """How many reports and bodies have a page in the atlas, 0 where nobody says. Raises ValueError where a variable is no number."""
        return (
            self.atlas_reports or environment.pages_drawn("REPORTS"),
            self.atlas_bodies or environment.pages_drawn("BODIES"),
        )


class Workers(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Who reads reports: processes of this machine (how many, 0 is one a core), or the workers of a Dask `scheduler`,
    tcp://HOST:8786, where one is named; the location, s3://bucket/stage, to which these put what they read where they share no
    disk with this machine; and the longest time for one file.
    """

    processes: int = 0
    seconds_per_file: float = SECONDS_PER_FILE
    scheduler: str = ""
    stage: str = ""


class Progress(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Told of what a run does. This one says only what it waits for, as the UI shows a run's events; the command line
    puts its own here.
    """

    def begin(self, total: int, kept: int) -> None:
        """`total` files will be read, `kept` need not be."""

    def file(self, source_path: str) -> None:
        """A file is begun."""

    def step(self, name: str) -> None:
        """A step of the warehouse is begun."""

    def pages(self, drawn: int, known: int) -> None:
        """So many pages of the atlas are drawn, of those that need it."""

    def wait(self, process: str) -> None:
        """Another process has the stage; this one goes on when that ends."""
        dg.get_dagster_logger().info(f"Process {process} works on this warehouse. Waiting until it is done.")
