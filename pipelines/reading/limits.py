"""Every limit on what is read, in one place. A file beyond one is refused with the reason.

The limits are far above any real report (some tens of pages, of kilobytes of text, of rows a table) and far below what
would fill the memory of a small machine.
"""

MAX_BYTES = 50_000_000
"""Bytes of a file on disk."""

MAX_CHARACTERS = 10_000_000
"""Characters of a document's text."""

MAX_UNPACKED_BYTES = 300_000_000
"""Bytes that a DOCX's parts, or a PDF's compressed streams, may unpack to in all."""

MAX_UNPACK_RATIO = 500
"""How many times its packed size a DOCX part may unpack to (parts under a megabyte are not asked)."""

MAX_XML_BYTES = 20_000_000
"""Bytes of one XML part of a DOCX."""

MAX_PAGES = 500
"""Pages of a PDF."""

MAX_PAGE_OBJECTS = 200_000
"""Characters of one page of a PDF, and apart from them its drawn objects."""

MAX_PDF_OBJECTS = 1_000_000
"""Characters and lines of all pages of a PDF together."""

MAX_NESTING = 255
"""How deep the elements of an HTML page or of a DOCX part may be nested: the bound of libxml2, which reads both."""

MAX_ELEMENTS = 300_000
"""Elements of an HTML page."""

MAX_ROWS = 5_000
"""Rows of one table."""

MAX_COLUMNS = 200
"""Columns of one table. A span beyond it is cut to what the table really has."""

MAX_CELLS = 200_000
"""Cells of all tables of a document."""

MAX_SECONDS = 30.0
"""Seconds for one file, asked between pages. A reader that hangs within a page is the worker pool's to end."""

SECONDS_PER_FILE = 60.0
"""After this long at one file a worker is taken to hang, and is ended. Readers give up by themselves after half of it."""

MEMORY_PER_WORKER = 4 * 1024**3
"""Bytes of address space of a worker. A file that needs more is refused."""

TRIES = 2
"""How often a file may be in work when its worker dies: once may be bad luck, twice is the file."""

MAX_FOLDERS_DEEP = 64
"""How deep folders of the inbox may be nested."""
