"""The form 行政执法统计年报: what a body that enforces publishes by 31 January of the year before.

Labels of tables one and two, and their headings, as printed by 庆元县 for 2024 (www.zjqy.gov.cn/art/2025/1/17/art_1229600405_5445725.html, published
on 17 January 2025). The kinds of table three are those that the notes below it count: 杭州市司法局 2019 年度行政执法统计年报, in the words of
《行政强制法》 第九、十二条; its printed head was not seen. Table four: the notes of 大同市文物局 2024 (published on 23 January 2025). Patterns differ a little by
province and year; what differs in print is among the aliases.
"""

# No postponed annotations: pydantic would compile every one of them again at each start.

from xlreport.form.balance import Balance, terms
from xlreport.form.declaration import Form, Record, Section, Table, count, money, row
from xlreport.form.figures import Figure
from xlreport_enforcement import rules

MEASURES, EXECUTION = "行政强制措施实施数量", "行政强制执行实施数量"
BY_THE_BODY = "行政机关强制执行"


class Kinds(Record):
    """行政处罚 by kind, in 宗; a case with several penalties counts once, under the gravest."""

    warning: Figure = count("警告、通报批评", aliases=("警告",))
    fine: Figure = count("罚款")
    confiscation: Figure = count("没收违法所得、没收非法财物")
    suspension: Figure = count("暂扣许可证、执照，降低资质等级", aliases=("暂扣许可证、执照",))
    revocation: Figure = count("吊销许可证、执照")
    restriction: Figure = count("限制开展生产经营活动")
    closure: Figure = count("责令停产停业、责令关闭、限制从业", aliases=("责令停产停业",))
    detention: Figure = count("行政拘留")
    other: Figure = count("其他行政处罚")
    total: Figure = count("合计（宗）", aliases=("合计",))
    amount: Figure = money("罚没金额（万元）", aliases=("罚没金额",))


class Penalties(Record):
    """Table one."""

    decided: Kinds = row("行政处罚实施数量（宗）")


class Steps(Record):
    """行政许可, in 宗: each counted in the year in which it was done."""

    applied: Figure = count("申请数量")
    accepted: Figure = count("受理数量")
    granted: Figure = count("许可数量", aliases=("许可的数量",))
    refused: Figure = count("不予许可数量", aliases=("不予许可的数量",))
    withdrawn: Figure = count("撤销许可数量", aliases=("撤销许可的数量",))


class Licensing(Record):
    """Table two."""

    done: Steps = row("行政许可实施数量（宗）")


class Coercive(Record):
    """行政强制, in 宗."""

    sealed: Figure = count("查封场所、设施或者财物", under=MEASURES)
    seized: Figure = count("扣押财物", under=MEASURES)
    frozen: Figure = count("冻结存款、汇款", under=MEASURES)
    other_measure: Figure = count("其他行政强制措施", under=MEASURES)
    surcharge: Figure = count("加处罚款或者滞纳金", under=EXECUTION)
    transferred: Figure = count("划拨存款、汇款", under=EXECUTION)
    sold: Figure = count("拍卖或者依法处理查封、扣押的场所、设施或者财物", under=EXECUTION)
    restored: Figure = count("排除妨碍、恢复原状", under=EXECUTION)
    performed: Figure = count("代履行", under=EXECUTION)
    other_execution: Figure = count("其他强制执行", under=EXECUTION)
    by_court: Figure = count("申请法院强制执行", under=EXECUTION)
    total: Figure = count("合计（宗）", aliases=("合计",))


class Coercion(Record):
    """Table three."""

    done: Coercive = row("行政强制实施数量（宗）")


class Acts(Record):
    """What else was done."""

    collections: Figure = count("行政征收次数")
    collected: Figure = money("征收总金额（万元）", aliases=("征收总金额",))
    inspections: Figure = count("行政检查次数")
    rulings: Figure = count("行政裁决次数")
    confirmations: Figure = count("行政确认次数")
    awards: Figure = count("行政奖励次数")
    awarded: Figure = money("奖励总金额（万元）", aliases=("奖励总金额",))
    payments: Figure = count("行政给付次数")
    paid: Figure = money("给付总金额（万元）", aliases=("给付总金额",))
    other: Figure = count("其他行政执法行为")


class OtherActs(Record):
    """Table four."""

    done: Acts = row("其他行政执法行为实施数量")


PENALTIES = Table(key="penalties", name="表一", model=Penalties, layout="line", counted="宗")
LICENSING = Table(key="licensing", name="表二", model=Licensing, layout="line", counted="宗")
COERCION = Table(key="coercion", name="表三", model=Coercion, layout="line", counted="宗")
OTHER_ACTS = Table(key="other_acts", name="表四", model=OtherActs, layout="line", counted="次")


def _section(number: str, title: str, sheet: str, content: str) -> Section:
    return Section(number, title, sheet, content, aliases=(number + title,), between="　")


SECTIONS = (
    _section("表一", "行政处罚实施情况统计表", "表一、行政处罚", "penalties"),
    _section("表二", "行政许可实施情况统计表", "表二、行政许可", "licensing"),
    _section("表三", "行政强制实施情况统计表", "表三、行政强制", "coercion"),
    _section("表四", "其他行政执法行为实施情况统计表", "表四、其他行政执法行为", "other_acts"),
    Section(
        number="第二部分",
        title="行政执法总体情况",
        sheet="第二部分、总体情况",
        content="situation",
        hint="写本年行政执法的总体情况",
        aliases=("行政执法情况说明", "第二部分行政执法总体情况"),
        substantial=True,
        between="　",
    ),
)

BALANCES = (
    Balance(
        rules.PENALTY_SUM,
        left=terms("penalties.decided.total"),
        right=terms(
            *(f"penalties.decided.{name}" for name in Kinds.model_fields if name not in ("total", "amount"))
        ),
        about="行政处罚",
    ),
    Balance(
        rules.COERCION_SUM,
        left=terms("coercion.done.total"),
        right=terms(*(f"coercion.done.{name}" for name in Coercive.model_fields if name != "total")),
        about="行政强制",
    ),
    Balance(
        rules.ACCEPTED,
        left=terms("licensing.done.accepted"),
        right=terms("licensing.done.applied"),
        relation="<=",
        about="行政许可",
    ),
    Balance(
        rules.DECIDED,
        left=terms("licensing.done.granted", "licensing.done.refused"),
        right=terms("licensing.done.accepted"),
        relation="<=",
        about="行政许可",
    ),
)

FORM = Form(
    id="enforcement-2024",
    title="行政执法统计年报",
    notice="庆元县2024年度样式",
    tables=(PENALTIES, LICENSING, COERCION, OTHER_ACTS),
    sections=SECTIONS,
    balances=BALANCES,
    rules=rules.RULES,
    main_lines=(
        "penalties.decided.total",
        "penalties.decided.amount",
        "licensing.done.granted",
        "coercion.done.total",
        "other_acts.done.inspections",
    ),
    measure="penalties.decided.total",
    printed_title="行政执法(?:统计年报|年度数据|数据(?:表)?)",
)
