"""Write the two example workbooks that stand beside this file (into the current folder, or the one given)."""

import os
import sys
from pathlib import Path

import xlreport
from xlreport.example import faulty, good

# The date that they bear, so that they are the same on whatever day they are made.
os.environ["SOURCE_DATE_EPOCH"] = "1767225600"
folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
for name, report in {"西集镇2025.xlsx": good(), "有错误的年报.xlsx": faulty()}.items():
    xlreport.write(report, folder / name)
    print(folder / name)
