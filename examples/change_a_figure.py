"""Figures are attributes: change one and see what no longer adds up."""

from pathlib import Path

import xlreport

report = xlreport.read(Path(__file__).parent / "西集镇2025.xlsx")
report.applications.results.granted.natural_person += 1
for finding in xlreport.check(report):
    print(finding.message)
