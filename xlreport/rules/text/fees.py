"""``fee-note``: the sixth section says what became of the 信息处理费."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.form.balance import plain
from xlreport.rules.rule import Evidence, Result, Rule, number
from xlreport.rules.text.lexicon import RESULTS
from xlreport.rules.text.reading import sentences_of

FEE_UNPAID = f"{RESULTS}other.fee_unpaid.total"
NOTES = "other_matters"
_NAMED = r"信息处理费|处理费|收费通知|收取[^，。]{0,6}费|收费"
_FEE = r"信息处理费|收费通知"
_AMOUNT = r"\d(?:\.\d+)?万?元|\d+件"
_NO_NOTICE = re.compile(
    r"(未|没有|无)(发出|发送|发放|开具|产生|涉及|收取|发生)?[^，。按]{0,8}收费通知|不涉及[^，。]{0,8}(收费|处理费)"
)


def fee_notes(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge whether section 六 speaks of the fee, and does not deny what table 3 says."""
    if getattr(evidence.report, NOTES) is None:
        return
    unpaid = number(evidence.figures.get(FEE_UNPAID)) or 0
    heading = evidence.form.section(NOTES).heading
    said = [sentence.text for sentence in sentences_of(evidence.report) if sentence.part == NOTES]
    notes = "".join(said)
    if re.search(_NAMED, notes):
        denied = _NO_NOTICE.search(notes)
        if unpaid and denied:
            message = f"表三有 {plain(unpaid)} 件逾期未缴费，“{heading}”却写“{denied.group()}”；请核对"
            yield rule.finding(evidence, message, FEE_UNPAID, quote=denied.group(), text=(NOTES, 0))
        else:
            yield None
        return
    named = next(
        (
            s
            for s in sentences_of(evidence.report)
            if s.part != NOTES and re.search(_FEE, s.text) and re.search(_AMOUNT, s.text)
        ),
        None,
    )
    if unpaid:
        message = f"表三有 {plain(unpaid)} 件逾期未缴费，“{heading}”没有说明信息处理费；请写明发出收费通知的件数和金额、实际收取的金额"
        yield rule.finding(evidence, message, FEE_UNPAID, quote=said[0] if said else None, text=(NOTES, 0))
    elif named:
        message = f"其他部分写了收费，“{heading}”没有说明信息处理费；请写明"
        yield rule.finding(evidence, message, quote=named.quote(), text=(NOTES, 0))
    else:
        yield rule.finding(
            evidence,
            f"“{heading}”没有提到信息处理费；没有收取的，也请写明",
            quote=said[0] if said else None,
            text=(NOTES, 0),
        )
