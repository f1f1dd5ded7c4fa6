"""Turn a workbook that passes into the submission document."""

from pathlib import Path

import xlreport

report = xlreport.read(Path(__file__).parent / "西集镇2025.xlsx")
xlreport.write(report, "西集镇2025.docx")
print("已生成", Path("西集镇2025.docx").resolve())
