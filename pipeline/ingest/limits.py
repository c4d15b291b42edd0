"""What a received file may be at most. A statement is 20 to 60 kB, a table of some hundred cells.

The limits stand two orders above that: high enough for every honest file, low enough that none can stop a run.
"""

from __future__ import annotations

MAX_FILE_BYTES = 32 * 2**20
"""A mail server of a bank lets less through."""

MAX_UNPACKED_BYTES = 256 * 2**20
"""Read through once for its checksums in about a second; held in memory only in part."""

MAX_XML_BYTES = 64 * 2**20
"""XML of a workbook, held in memory as a whole: 150,000 cells with their texts have some 15 MB."""

MAX_TEXT_BYTES = 8 * 2**20
"""A csv or web page, or a table in XML that is not packed: MAX_CELLS of some forty characters."""

MAX_LINES = 2**20
"""Lines of a csv: more than a sheet has rows serves nobody."""

MAX_NESTED_TABLES = 32
"""Tables within tables on a web page; layouts of old have five."""

MAX_NESTED_TAGS = 4_000
"""Tags within tags on a web page: careless exports never close some of theirs."""

MAX_RATIO = 200
"""Sheets of real workbooks shrink 5 to 40 times; a zip bomb about 1,000 times."""

RATIO_COUNTS_FROM = 4 * 2**20
"""Below this a ratio says nothing: a few kilobytes of equal cells shrink very well."""

MAX_PARTS = 4_000
"""Parts in one workbook; one with hundreds of pictures has some hundred."""

MAX_SHEETS = 200
"""A workbook with a sheet for each town of a city stays below."""

MAX_CELLS = 150_000
"""Non-blank cells of a file: a county's loan ledger of 3,000 rows; some five seconds and 200 MB."""

MAX_PAGE_CELLS = 200_000
"""Cells of a web page, blank ones too, counted before it is taken apart: a page of 8 MB may have 900,000."""

MAX_AREA = 4_000_000
"""Rows × columns between A1 and the last filled cell: calamine lays the whole of it out in memory."""

MAX_MARKS = 1_500_000
"""Rows and cells that a sheet mentions, blank ones with a look of their own too: twenty columns formatted to the end
of an old sheet of 65,536 rows are that many."""

MAX_LISTED = 200_000
"""Formats, styles, relations that a workbook lists: Excel itself keeps 65,490 styles."""

MAX_TEXT = 32_767
"""Characters in a cell, by the standard."""

MAX_TEXT_IN_ALL = 64 * 2**20
"""Characters in all cells of a sheet together, each mention of a shared text counted: calamine copies it each time."""

MAX_COMMENTS = 5_000
"""Comments on the cells of a sheet."""

MAX_FORMAT = 1_000
"""Characters of a number format; Excel takes 255."""

MAX_COLUMNS = 2_000
"""The widest form has 60; loan ledgers about 50."""

MAX_MERGED = 5_000
"""Merged ranges of a sheet: a statement has 40; 50,000 of them only serve to stall readers."""

SECONDS_PER_FILE = 10.0
"""A statement opens in milliseconds, the largest file that passes the other limits in about five seconds."""

MEMORY_BYTES = 7 * 2**26
"""What a worker may take beyond what it starts with: 448 MiB, twice the largest file that passes."""

MAX_WORDS = 20_000
"""Characters that a unit may write of one item: a page of print has 1,500, a cell of a workbook holds 32,767."""

MAX_FORM_WORDS = 100_000
"""Characters that a unit may write in one form of words altogether: some seventy pages of annex 1."""

MAX_CONTAINER_BYTES = 4 * MAX_FILE_BYTES
"""An archive or mail before it is opened: a city's month with scans of everything has some 60 MB."""

MAX_MEMBERS = 1_000
"""Files in an archive or mail, with those in archives inside it: a city's month has some sixty."""

MAX_NESTED = 5
"""Containers within one another: a forwarded mail with an archive of archives has four."""

SECONDS_PER_CONTAINER = 60.0
"""Every member is written to disk for good, which takes a slow disk some hundredths of a second each."""
