"""Asset report_files: the inventory of the inbox. What taking it does is in pipelines/inventory.py."""

import dagster as dg

from pipelines.assets.describe import atlas_link, column_schema, count_table, preview
from pipelines.inbox import InboxError
from pipelines.inventory import take_inventory
from pipelines.resources import Folders, Progress
from pipelines.schemas import REPORT_FILES

_SHOWN = ("source_path", "kind", "bytes")
_PREVIEWED = 8


@dg.asset(
    group_name="stage",
    owners=["team:gongkai"],
    kinds={"parquet"},
    description=(
        "Every file of the inbox with the hash of its bytes and its format. Nothing is read yet; a link out of "
        "the inbox or a pipe is set aside here, and stands in `refusals` later."
    ),
)
def report_files(folders: Folders, progress: dg.ResourceParam[Progress]) -> dg.MaterializeResult[None]:
    """One row per file of the inbox."""
    places = folders.places()
    try:
        inbox = take_inventory(places, progress.wait)
    except InboxError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    except OSError as error:
        raise unwritable(error) from error
    kinds = sorted({file.kind for file in inbox.files})
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(inbox.files),
            "dagster/column_schema": column_schema(REPORT_FILES),
            "inbox": dg.MetadataValue.path(str(places.inbox)),
            "refused unread": len(inbox.refused),
            "preview": preview(_SHOWN, ([getattr(file, name) for name in _SHOWN] for file in inbox.files[:_PREVIEWED])),
            "formats": count_table("format", {kind: sum(file.kind == kind for file in inbox.files) for kind in kinds}),
            "megabytes": sum(file.bytes for file in inbox.files) / 1e6,
            **atlas_link(folders, "report_files"),
        }
    )


def unwritable(error: OSError) -> dg.Failure:
    """The failure of a run whose folder does not take what it writes."""
    return dg.Failure(
        f"{error.filename or 'The stage'} cannot be written ({error.strerror}). Make that folder writable, see "
        "that the disk has room, or name another folder with --warehouse.",
        allow_retries=False,
    )
