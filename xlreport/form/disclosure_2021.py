"""The form of 国办公开办函〔2021〕30号 (26 September 2021), for the reports of 2021 and later.

Labels are the printed ones. A new row is one line here: its place in the tables, its rules and its cells in every output follow.
"""

# No postponed annotations here: pydantic would compile every one of them again at each start of the command.

from xlreport.form.balance import Balance
from xlreport.form.declaration import Form, Record, Section, Share, Table, count, money, row
from xlreport.form.figures import Figure
from xlreport.form.relations import carried_over, column_sums, every_row_adds_up, in_force
from xlreport.form.rule import Rule
from xlreport.rules import balance, completeness, plausibility
from xlreport.rules.prose import rules as prose
from xlreport.rules.prose.rules import CONTRADICTION, PERCENT

ITEM_1, ITEM_5, ITEM_6, ITEM_8 = (f"第二十条第（{number}）项" for number in "一五六八")
ORGANISATIONS = "法人或其他组织"
LITIGATION = "行政诉讼"
RESULTS, OTHER_RESULTS = "三、本年度办理结果", "（六）其他处理"


class Documents(Record):
    """规章 or 行政规范性文件: 件 issued and repealed this year, and in force at its end."""

    issued: Figure = count("本年制发件数")
    repealed: Figure = count("本年废止件数")
    in_force: Figure = count("现行有效件数")


class Decisions(Record):
    """Decisions made this year, in 件."""

    decisions: Figure = count("本年处理决定数量", hint="依法不公开的决定也计入")


class Fees(Record):
    """Fees collected this year, in 万元."""

    amount: Figure = money("本年收费金额（单位：万元）")


class Disclosure(Record):
    """Table 2, 主动公开政府信息情况: what was disclosed without a request."""

    rules: Documents = row("规章", under=ITEM_1, hint="无规章制定权的机关填 0")
    normative_documents: Documents = row("行政规范性文件", under=ITEM_1, aliases=("规范性文件",))
    licensing: Decisions = row("行政许可", under=ITEM_5)
    penalties: Decisions = row("行政处罚", under=ITEM_6)
    coercion: Decisions = row("行政强制", under=ITEM_6)
    fees: Fees = row("行政事业性收费", under=ITEM_8)


class Applicants(Record):
    """One row of table 3: 件 by kind of applicant."""

    natural_person: Figure = count("自然人")
    commercial: Figure = count("商业企业", under=ORGANISATIONS)
    research: Figure = count("科研机构", under=ORGANISATIONS)
    social_welfare: Figure = count("社会公益组织", under=ORGANISATIONS, aliases=("社会公益",))
    legal_service: Figure = count("法律服务机构", under=ORGANISATIONS)
    other: Figure = count("其他", under=ORGANISATIONS)
    total: Figure = count("总计", aliases=("合计",))


class Refused(Record):
    """Grounds for not disclosing."""

    state_secret: Applicants = row("1.属于国家秘密")
    prohibited_by_law: Applicants = row("2.其他法律行政法规禁止公开")
    security_and_stability: Applicants = row("3.危及“三安全一稳定”")
    third_party_rights: Applicants = row("4.保护第三方合法权益")
    internal_affairs: Applicants = row("5.属于三类内部事务信息")
    deliberative_process: Applicants = row("6.属于四类过程性信息")
    enforcement_files: Applicants = row("7.属于行政执法案卷")
    administrative_inquiry: Applicants = row("8.属于行政查询事项")


class Unavailable(Record):
    """Grounds for being unable to provide."""

    not_held: Applicants = row("1.本机关不掌握相关政府信息")
    needs_creation: Applicants = row("2.没有现成信息需要另行制作")
    still_unclear: Applicants = row("3.补正后申请内容仍不明确")


class NotProcessed(Record):
    """Grounds for not processing an application."""

    petition: Applicants = row("1.信访举报投诉类申请")
    repeated: Applicants = row("2.重复申请")
    public_publication: Applicants = row("3.要求提供公开出版物")
    excessive: Applicants = row("4.无正当理由大量反复申请")
    reissue: Applicants = row("5.要求行政机关确认或重新出具已获取信息")


class OtherResults(Record):
    """Other ways in which an application ends."""

    not_corrected_in_time: Applicants = row(
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    )
    fee_unpaid: Applicants = row("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    other: Applicants = row("3.其他", aliases=(OTHER_RESULTS,))


class Results(Record):
    """How the applications of the year ended."""

    granted: Applicants = row("（一）予以公开")
    partly_granted: Applicants = row(
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", hint="区分处理的只计在这一行"
    )
    refused: Refused = row("（三）不予公开")
    unavailable: Unavailable = row("（四）无法提供")
    not_processed: NotProcessed = row("（五）不予处理")
    other: OtherResults = row(OTHER_RESULTS)
    total: Applicants = row("（七）总计", aliases=("（七）合计",))


class Applications(Record):
    """Table 3, 收到和处理政府信息公开申请情况."""

    new: Applicants = row("一、本年新收政府信息公开申请数量")
    carried_in: Applicants = row("二、上年结转政府信息公开申请数量")
    results: Results = row(RESULTS)
    carried_out: Applicants = row("四、结转下年度继续办理")


class Outcomes(Record):
    """How cases against disclosure decisions ended, in 件."""

    upheld: Figure = count("结果维持")
    corrected: Figure = count("结果纠正")
    other: Figure = count("其他结果")
    pending: Figure = count("尚未审结")
    total: Figure = count("总计", aliases=("合计",))


class Cases(Record):
    """Table 4, 政府信息公开行政复议、行政诉讼情况."""

    review: Outcomes = row("行政复议")
    litigation_direct: Outcomes = row("未经复议直接起诉", under=LITIGATION)
    litigation_after_review: Outcomes = row("复议后起诉", under=LITIGATION)


DISCLOSURE = Table(key="disclosure", name="表二", model=Disclosure, layout="blocks", corner="信息内容")
APPLICATIONS = Table(
    key="applications",
    name="表三",
    model=Applications,
    layout="rows",
    corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    heading="申请人情况",
)
CASES = Table(key="cases", name="表四", model=Cases, layout="line")

SECTIONS = (
    Section(
        number="一",
        title="总体情况",
        sheet="一、总体情况",
        content="overview",
        aliases=("政府信息公开工作的基本情况", "基本情况", "概述"),
        hint="从主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面写本年情况",
    ),
    Section(
        number="二",
        title="主动公开政府信息情况",
        sheet="二、主动公开",
        content="disclosure",
        aliases=("行政机关主动公开政府信息情况", "主动公开情况"),
    ),
    Section(
        number="三",
        title="收到和处理政府信息公开申请情况",
        sheet="三、依申请公开",
        content="applications",
        aliases=("行政机关收到和处理政府信息公开申请情况", "依申请公开情况"),
    ),
    Section(
        number="四",
        title="政府信息公开行政复议、行政诉讼情况",
        sheet="四、行政复议和行政诉讼",
        content="cases",
        aliases=(
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼的情况",
            "行政复议、行政诉讼情况",
        ),
    ),
    Section(
        number="五",
        title="存在的主要问题及改进情况",
        sheet="五、问题及改进情况",
        content="problems",
        aliases=(
            "政府信息公开工作存在的主要问题及改进情况",
            "存在问题及改进情况",
            "存在的主要问题及整改措施",
            "存在的问题及改进措施",
        ),
        hint="写明存在的主要问题和改进情况，不能留空，也不能只写“无”",
        substantial=True,
    ),
    Section(
        number="六",
        title="其他需要报告的事项",
        sheet="六、其他需要报告的事项",
        content="other_matters",
        aliases=("其他需要报告的情况", "需要报告的其他事项", "其他事项"),
        hint="写明收取信息处理费的情况；没有收取的也要说明",
    ),
)


def applications_and_cases(applications: Table, cases: Table) -> tuple[Balance, ...]:
    """Return the balances of tables 3 and 4, which hold in every form that has their main rows."""
    return (
        *column_sums(
            balance.FLOW,
            applications,
            ("applications.new", "applications.carried_in"),
            ("applications.results.total", "applications.carried_out"),
        ),
        *column_sums(
            balance.RESULTS, applications, ("applications.results.total",), ("applications.results",)
        ),
        *every_row_adds_up(balance.APPLICANTS, applications),
        *every_row_adds_up(balance.CASES, cases),
        *carried_over(balance.CARRIED, applications, "applications.carried_in", "applications.carried_out"),
    )


BALANCES: tuple[Balance, ...] = (
    *applications_and_cases(APPLICATIONS, CASES),
    *in_force(balance.IN_FORCE, balance.IN_FORCE_BOUND, DISCLOSURE, "disclosure.rules"),
    *in_force(balance.IN_FORCE, balance.IN_FORCE_BOUND, DISCLOSURE, "disclosure.normative_documents"),
)
OTHER_SHARE = plausibility.other_share(
    Share(part="applications.results.other.other.total", whole="applications.results.total.total", limit=0.2)
)
#: In the order in which findings are listed: errors first, those printed on the form before the others.
RULES: tuple[Rule, ...] = (
    balance.FLOW,
    balance.RESULTS,
    balance.APPLICANTS,
    balance.CASES,
    completeness.KIND,
    balance.CARRIED,
    completeness.SECTIONS,
    completeness.YEAR,
    CONTRADICTION,
    balance.IN_FORCE,
    balance.IN_FORCE_BOUND,
    completeness.BLANK,
    plausibility.UNIT,
    plausibility.SWING,
    plausibility.SAME_FIGURES,
    OTHER_SHARE,
    prose.FEE_NOTE,
    prose.FEE_STEP,
    prose.FEE_LISTED,
    PERCENT,
    plausibility.PENDING_CASES,
    plausibility.rule_making("disclosure.rules"),
    prose.COPY,
    prose.FIVE_ASPECTS,
    prose.NO_FIGURES,
    prose.LEFTOVER,
    prose.DATED_EARLY,
)

#: The usual sentences about tables 3 and 4.
APPLICATION_SENTENCES = (
    "{year}年，本机关新收政府信息公开申请{applications.new.total}件，上年结转{applications.carried_in.total}件；"
    "办结{applications.results.total.total}件，结转下年度继续办理{applications.carried_out.total}件。",
    "办结的申请中，予以公开{applications.results.granted.total}件，部分公开{applications.results.partly_granted.total}件。",
    "因政府信息公开工作被申请行政复议{cases.review.total}件，"
    "被提起行政诉讼{cases.litigation_direct.total + cases.litigation_after_review.total}件。",
)
NO_FEES = ("{year}年，本机关未收取信息处理费。",)

FORM = Form(
    id="disclosure-2021",
    title="政府信息公开工作年度报告",
    notice="国办公开办函〔2021〕30号",
    tables=(DISCLOSURE, APPLICATIONS, CASES),
    sections=SECTIONS,
    balances=BALANCES,
    rules=RULES,
    main_lines=(
        "disclosure.normative_documents.in_force",
        "disclosure.licensing.decisions",
        "disclosure.penalties.decisions",
        "disclosure.coercion.decisions",
        "applications.new.total",
        "applications.results.granted.total",
        "applications.results.total.total",
        "applications.carried_out.total",
        "cases.review.total",
        "cases.litigation_direct.total",
        "cases.litigation_after_review.total",
    ),
    measure="applications.new.total",
    printed_title="(?:政府|政务)?信息公开[^。]{0,8}报告",
    sentences={
        "overview": (
            "{year}年，本机关制发行政规范性文件{disclosure.normative_documents.issued}件，"
            "废止{disclosure.normative_documents.repealed}件，现行有效{disclosure.normative_documents.in_force}件。",
            "{year}年，本机关作出行政许可决定{disclosure.licensing.decisions}件，"
            "行政处罚决定{disclosure.penalties.decisions}件，行政强制决定{disclosure.coercion.decisions}件。",
            *APPLICATION_SENTENCES,
        ),
        "other_matters": NO_FEES,
    },
)
