"""The standard workbook: drawn from the form, read into a report, marked with findings."""
