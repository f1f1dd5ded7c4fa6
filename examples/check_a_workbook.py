"""Check a workbook and list what stops it."""

from pathlib import Path

import xlreport

report = xlreport.read(Path(__file__).parent / "有错误的年报.xlsx")
findings = xlreport.check(report)
for finding in findings.errors:
    print(finding.rule, "、".join(finding.where[:2]), finding.message)
print("通过" if findings.passed else "不通过")
