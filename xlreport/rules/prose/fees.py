"""What the texts say of the 信息处理费: ``fee-note``, ``fee-step`` and ``fee-listed``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlreport.form.balance import Number, plain
from xlreport.rules.rule import Evidence, Result, Rule, number
from xlreport.rules.text.lexicon import RESULTS
from xlreport.rules.text.report_claims import sentences_of
from xlreport.rules.text.sentences import Sentence

FEE_UNPAID = f"{RESULTS}other.fee_unpaid.total"
NOTES = "other_matters"
FEES = "disclosure.fees.amount"
#: The fee has been taken since then, by case in steps of 100 元 or by page in steps of 10 元 (国办函〔2020〕109号，第四条、第五条).
SINCE, STEP = 2021, 10
_NAMED = r"信息处理费|处理费|收费通知|收取[^，。]{0,6}费|收费"
_FEE = r"信息处理费|收费通知"
_AMOUNT = r"\d(?:\.\d+)?万?元|\d+件"
_NO_NOTICE = re.compile(
    r"(未|没有|无)(发出|发送|发放|开具|产生|涉及|收取|发生)?[^，。按]{0,8}收费通知|不涉及[^，。]{0,8}(收费|处理费)"
)

#: An amount and what was done for it; of a notice no amount is taken.
_MONEY = r"(?P<amount>\d[\d，]*(?:\.\d+)?)(?P<scale>万)?元"
_TAKEN = re.compile(
    r"(?:实际收取|实收|已?收取|收缴|收入|缴纳|[缴收]费(?!通知))[^，。；]{0,24}?(?:，?(?:合计|共计?|总?金额)[^，。；\d]{0,6})?"
    + _MONEY
)
#: Sentences that are about the fee for processing information.
_ABOUT = re.compile(r"信息处理费|收费通知|缴费通知")


def fee_notes(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge whether section 六 speaks of the fee, and does not deny what table 3 says."""
    year = evidence.report.year
    if getattr(evidence.report, NOTES) is None or (year is not None and year < SINCE):
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


def fee_steps(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge whether each amount named of the fee can come about by its rates: all are multiples of 10 元."""
    year = evidence.report.year
    if year is None or year < SINCE:
        return
    for sentence in _about_the_fee(evidence):
        for match in re.finditer(_MONEY, sentence.text):
            amount = _yuan(match)
            if amount % STEP:
                message = f"信息处理费写的是 {plain(amount)} 元；按件每件 100 元起、按页每页 10 元起计收，金额应是 10 元的整数倍；请核对"
                yield rule.finding(
                    evidence, message, quote=sentence.quote(*match.span()), text=sentence.place
                )
            else:
                yield None


def fee_listed(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge whether a fee that was taken is among the fees of table 2."""
    taken = next(
        (
            (sentence, match)
            for sentence in _about_the_fee(evidence)
            for match in _TAKEN.finditer(sentence.text)
            if _yuan(match) > 0
        ),
        None,
    )
    if taken is None or number(evidence.figures.get(FEES)) != 0:
        return
    sentence, match = taken
    message = f"文字写了收取信息处理费 {plain(_yuan(match))} 元，表二“行政事业性收费”却是 0；信息处理费属于行政事业性收费，请核对是否应计入"
    yield rule.finding(evidence, message, FEES, quote=sentence.quote(*match.span()), text=sentence.place)


def _about_the_fee(evidence: Evidence) -> Iterator[Sentence]:
    """Yield the sentences that name the fee, and what goes on with it in the same paragraph of section 六."""
    line = -1
    for sentence in sentences_of(evidence.report):
        if _ABOUT.search(sentence.text):
            line = sentence.line if sentence.part == NOTES else -1
            yield sentence
        elif sentence.part == NOTES and sentence.line == line and _TAKEN.search(sentence.text):
            yield sentence


def _yuan(match: re.Match[str]) -> Number:
    amount = Decimal(match["amount"].replace("，", "")) * (10_000 if match["scale"] else 1)
    return int(amount) if amount == amount.to_integral_value() else amount
