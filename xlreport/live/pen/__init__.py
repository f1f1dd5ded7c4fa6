"""The pen on open workbooks: marks with what they cover, and the list of results. It knows xlwings, and no button."""
