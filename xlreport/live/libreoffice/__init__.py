"""LibreOffice as a program that xlwings can drive, so that the buttons run there unmodified."""
