"""The rules that read the words of a report, as records: their judges, here and in ``text`` and ``percent``, take a while to load."""

from __future__ import annotations

from xlreport.rules.rule import Rule, judge_in

CONTRADICTION = Rule(
    id="contradiction",
    level="error",
    tag="C",
    title="文字与表格不一致",
    statement="文字部分写的件数、金额与三张表的数一致；按各种通行口径都对不上的才提示，没有把握的标注“疑似”或不提示",
    basis="核实项",
    advice="核对文字与表格，改正写错的一处；口径不同的，在文字中写明口径",
    judge=judge_in("xlreport.rules.text.contradiction", "contradictions"),
)
PERCENT = Rule(
    id="percent",
    level="warning",
    tag="C",
    title="百分比或分项算不平",
    statement="文字里的百分比、维持率、增减幅度能由文字或表格的数算出；“其中”各项之和与总数相符",
    basis="核实项",
    advice="核对百分比、各分项和总数",
    judge=judge_in("xlreport.rules.percent.proportions", "proportions"),
)
FEE_NOTE = Rule(
    id="fee-note",
    level="warning",
    tag="C",
    title="没有说明信息处理费",
    statement="第六部分写明收取信息处理费的情况；有逾期未缴费的，或者其他部分写到收费的，更应写明",
    basis="核实项",
    advice="在第六部分写明发出收费通知的件数和总金额、实际收取的总金额；没有收取的写“未收取信息处理费”",
    judge=judge_in("xlreport.rules.prose.fees", "fee_notes"),
)
COPY = Rule(
    id="copy",
    level="warning",
    tag="C",
    title="与上年文字雷同",
    statement="文字部分与上年报告相同的不宜达到 90%",
    basis="核实项；内容雷同是报告被退回的常见原因",
    advice="按本年实际情况改写",
    judge=judge_in("xlreport.rules.prose.copied", "copies"),
)
FIVE_ASPECTS = Rule(
    id="five-aspects",
    level="warning",
    tag="L",
    title="总体情况没有写全",
    statement="第一部分写到主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面；政府的报告还要写考核、评议、责任追究",
    basis="国办公开办函〔2021〕30号：总体情况主要包括这五个方面；各级人民政府还有工作考核、社会评议和责任追究结果情况",
    advice="补写没有写到的方面",
    judge=judge_in("xlreport.rules.prose.aspects", "five_aspects"),
)
LEFTOVER = Rule(
    id="leftover",
    level="warning",
    tag="C",
    title="疑似旧稿留下的文字",
    statement="文字部分不留其他年度、其他地方或机关的内容；时间终点写“截至”，不写“截止”",
    basis="核实项",
    advice="改为本年度、本机关的情况；确实写的是往年的，填写审核说明",
    judge=judge_in("xlreport.rules.prose.leftover", "leftovers"),
)
FEE_STEP = Rule(
    id="fee-step",
    level="warning",
    tag="C",
    title="信息处理费金额可疑",
    statement="信息处理费按件每件 100 元起、按页每页 10 元起计收，金额是 10 元的整数倍（2021 年起）",
    basis="核实项；收费标准见国办函〔2020〕109号",
    advice="核对收费通知和实际收取的金额；属实的，填写审核说明",
    judge=judge_in("xlreport.rules.prose.fees", "fee_steps"),
)
FEE_LISTED = Rule(
    id="fee-listed",
    level="warning",
    tag="C",
    title="收取的信息处理费没有计入表二",
    statement="文字写了收取信息处理费的，表二“行政事业性收费”不应为 0",
    basis="核实项；信息处理费属于行政事业性收费",
    advice="核对表二的收费金额是否包括信息处理费；不应计入的，填写审核说明",
    judge=judge_in("xlreport.rules.prose.fees", "fee_listed"),
)
NO_FIGURES = Rule(
    id="no-figures",
    level="warning",
    tag="C",
    title="总体情况没有实际内容",
    statement="第一部分写明本机关本年度的情况，有单位、有年度、有数字",
    basis="核实项",
    advice="按本机关本年度的实际情况改写",
    judge=judge_in("xlreport.rules.prose.substance", "no_figures"),
)
DATED_EARLY = Rule(
    id="dated-early",
    level="warning",
    tag="C",
    title="落款早于年度结束",
    statement="报告的落款日期在报告年度结束之后",
    basis="核实项",
    advice="核对落款日期，以及数据是否截至 12 月 31 日",
    judge=judge_in("xlreport.rules.prose.substance", "dated_early"),
)
