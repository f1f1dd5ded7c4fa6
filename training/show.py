"""``python -m training.show "…"``: a sentence, what is read in it, how sure that is, and which meanings were tried."""

from __future__ import annotations

import argparse

from training.annotated import report_named
from xlreport.checking import gather
from xlreport.rules.prose.rules import CONTRADICTION
from xlreport.rules.text.meanings import readings
from xlreport.rules.text.report_claims import claims_of, sentences_of


def main() -> None:
    """Print the claims of a text against the figures of a sample report."""
    options = argparse.ArgumentParser(prog="python -m training.show", description=__doc__)
    options.add_argument("text")
    options.add_argument("--report", default="xiji-2025", help="the report that it is held against")
    options.add_argument("--organisation", default="", help="another body with the same figures")
    options.add_argument("--year", type=int)
    given = options.parse_args()
    report = report_named(given.report, given.text, given.organisation, given.year)
    print(f"{report.organisation} {report.year}")
    evidence = gather(report)
    claims = claims_of(report)
    for sentence in sentences_of(report):
        print(sentence.text)
        for claim in (claim for claim in claims if claim.sentence == sentence):
            said = claim.implied or claim.sentence.text[claim.start : claim.end]
            sure = "sure" if claim.sure else "a doubt"
            column = f":{claim.column}" if claim.column else ""
            print(f"  {said} → {claim.kind}{column} = {claim.value}   {claim.chance:.4f} {sure}")
            for kind, other in claim.others:
                print(f"      or {kind}{':' + other if other else ''}")
            for reading in readings([claim], evidence):
                agreed = f"agrees with {reading.matched.name}" if reading.matched else "contradicts"
                print(f"      tables: {reading.tables}: {agreed}")
    for finding in CONTRADICTION.judge(CONTRADICTION, evidence):
        if finding is not None:
            print(f"{finding.level}: {finding.message}")


if __name__ == "__main__":
    main()
