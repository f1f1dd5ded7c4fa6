"""The Excel add-in: made here from the installed xlwings, byte by byte, and put in place on Windows."""
