"""Write the two example workbooks that stand beside this file (into the current folder, or the one given)."""

import sys
from pathlib import Path

import xlreport
from xlreport.example import faulty, good

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
for name, report in {"西集镇2025.xlsx": good(), "有错误的年报.xlsx": faulty()}.items():
    xlreport.write(report, folder / name)
    print(folder / name)
