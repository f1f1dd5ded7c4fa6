"""How much is taken from a file. A filled report has some dozen KB; whatever is far beyond that was not made to be read.

``docs/reliability.md`` lists these; a test holds the page to them.
"""

from __future__ import annotations

_MB = 1024 * 1024

#: Size of a file as it lies on the disk.
LARGEST_FILE = 100 * _MB
#: The same for a zip of reports, and what its list of files may take.
LARGEST_ZIP, LARGEST_ZIP_INDEX = 1_000 * _MB, 16 * _MB
#: Its files, what they may expand to together, and how many times the zip that may be.
MOST_MEMBERS, LARGEST_MEMBERS, MOST_EXPANSION = 20_000, 4_000 * _MB, 300
#: What all parts of an .xlsx or .docx may expand to, pictures included.
LARGEST_PACKAGE = 256 * _MB
#: What one XML part of it may expand to.
LARGEST_PART = 32 * _MB
#: What its lists of parts, sheets and names may expand to.
LARGEST_INDEX = 4 * _MB
#: Parts of an .xlsx or .docx, and sheets of a workbook.
MOST_PARTS, MOST_SHEETS = 5_000, 500
#: Rows times columns of a sheet, counted from its first cell to the last that holds anything.
LARGEST_AREA = 500_000
#: The same for all sheets that are read of one workbook.
LARGEST_AREA_READ = 2_000_000
#: Text in the cells of one sheet, a text that is shared counted for every cell.
LARGEST_TEXT = 64 * _MB
#: Rows, cells and notes of a workbook that is marked, blank ones with a format included; tags of all its parts.
MOST_CELLS, MOST_SHEET_TAGS = 300_000, 3_000_000
#: Tables of a published document, and different texts in their cells.
MOST_TABLES, MOST_TEXTS = 200, 2_000
#: Digits of a whole number in JSON that is taken for a number.
MOST_DIGITS = 40
#: Tags and attributes of one part of a Word document, as counted before it is parsed.
MOST_WORD_TAGS = 2_000_000
#: Prefixes of names in one part of a Word document: Word writes some forty.
MOST_PREFIXES = 100
#: Paragraphs of a Word document, and cells of its tables.
MOST_WORD_PARAGRAPHS, MOST_WORD_CELLS = 60_000, 50_000
#: Characters of a web page or a plain text, and lines of a plain text.
LARGEST_PAGE, LARGEST_PLAIN, MOST_LINES = 32 * _MB, 8 * _MB, 30_000
#: Tags of a web page, beginnings and ends, and how deep they may stand in one another.
MOST_TAGS, DEEPEST_TAG = 60_000, 200
#: Attributes of one tag of a web page, and of all its tags: lxml compares each with those before it.
MOST_ATTRIBUTES, MOST_PAGE_ATTRIBUTES = 400, 600_000
#: Rules of a page's style sheets that may hide something, and comparisons of an element with one of them.
MOST_STYLE_RULES, MOST_STYLE_MATCHES = 20_000, 3_000_000
#: Cells of all tables of a web page or plain text, and the places in their grids that these take with their spans.
MOST_TABLE_CELLS, MOST_TABLE_PLACES = 20_000, 200_000
#: Paragraphs of one text that are written to a sheet.
MOST_PARAGRAPHS = 50_000
#: Bytes of an office's file of rules, and characters of one of its lines: a page, not a book.
LARGEST_RULES, LONGEST_RULE_LINE = 250_000, 4_000
#: What the parts of an earlier summary of an audit may expand to, and those of them that are kept in memory.
LARGEST_SUMMARY, LARGEST_SUMMARY_TEXTS = 512 * _MB, 64 * _MB
#: Seconds that LibreOffice may take to convert one document.
CONVERSION_SECONDS = 50
#: Times that a web page in a single file may say that it has parts.
MOST_MULTIPARTS = 50
#: Pages of a PDF; what its streams expand to, pictures aside; of these, what is drawn; characters and ruling lines.
MOST_PDF_PAGES, LARGEST_PDF, LARGEST_PDF_DRAWING, MOST_PDF_MARKS = 100, 96 * _MB, 8 * _MB, 200_000
