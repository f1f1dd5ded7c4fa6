"""The form of 国办公开办函〔2019〕60号, for the reports of 2019 and 2020 (some bodies went on using it for later years).

Only what differs from the 2021 form is declared here: table 2, and （六）其他处理 as a single row of table 3.
"""

# No postponed annotations here: pydantic would compile every one of them again at each start of the command.

from xlreport.form import disclosure_2021 as current
from xlreport.form.balance import Balance
from xlreport.form.declaration import Form, Record, change, count, money, row
from xlreport.form.disclosure_2021 import ITEM_1, ITEM_5, ITEM_6, ITEM_8, Applicants
from xlreport.form.figures import Figure
from xlreport.rules.balance import IN_FORCE, IN_FORCE_BOUND

ITEM_9 = ITEM_8.replace("八", "九")

#: What is left of the first two columns' labels where their second line was lost.
CUT = "本年新"


class Documents(Record):
    """规章 or 规范性文件, in 件: made and disclosed this year, and disclosed in all."""

    made: Figure = count("本年新制作数量", aliases=(CUT,))
    disclosed: Figure = count("本年新公开数量", aliases=(CUT,))
    disclosed_in_all: Figure = count("对外公开总数量")


class Powers(Record):
    """Items of power: how many last year, the change this year, and the decisions made."""

    items_last_year: Figure = count("上一年项目数量")
    change: Figure = change("本年增/减")
    decisions: Figure = count("处理决定数量")


class FeeItems(Record):
    """Items of fees: how many last year and the change this year."""

    items_last_year: Figure = count("上一年项目数量")
    change: Figure = change("本年增/减")


class Procurement(Record):
    """Central procurement: 件 and 万元."""

    items: Figure = count("采购项目数量")
    amount: Figure = money("采购总金额")


class Disclosure(Record):
    """Table 2, 主动公开政府信息情况."""

    rules: Documents = row("规章", under=ITEM_1, hint="无规章制定权的机关填 0")
    normative_documents: Documents = row("规范性文件", under=ITEM_1)
    licensing: Powers = row("行政许可", under=ITEM_5)
    other_services: Powers = row("其他对外管理服务事项", under=ITEM_5)
    penalties: Powers = row("行政处罚", under=ITEM_6)
    coercion: Powers = row("行政强制", under=ITEM_6)
    fees: FeeItems = row("行政事业性收费", under=ITEM_8)
    procurement: Procurement = row("政府集中采购", under=ITEM_9)


class Results(current.Results):
    """How the applications of the year ended; other ways are not told apart."""

    other: Applicants = row(current.OTHER_RESULTS)  # type: ignore[assignment]


class Applications(current.Applications):
    """Table 3, 收到和处理政府信息公开申请情况."""

    results: Results = row(current.RESULTS)


DISCLOSURE = current.DISCLOSURE.with_model(Disclosure)
APPLICATIONS = current.APPLICATIONS.with_model(Applications)

BALANCES: tuple[Balance, ...] = current.applications_and_cases(APPLICATIONS, current.CASES)

#: Nothing here says what is in force, or sets “3.其他” apart.
NOT_HERE = (IN_FORCE, IN_FORCE_BOUND, current.OTHER_SHARE)

FORM = Form(
    id="disclosure-2019",
    title=current.FORM.title,
    notice="国办公开办函〔2019〕60号",
    tables=(DISCLOSURE, APPLICATIONS, current.CASES),
    sections=current.SECTIONS,
    balances=BALANCES,
    rules=tuple(rule for rule in current.RULES if rule not in NOT_HERE),
    main_lines=tuple(
        key for key in current.FORM.main_lines if not key.startswith("disclosure.normative_documents")
    ),
    measure=current.FORM.measure,
    printed_title=current.FORM.printed_title,
    sentences={"overview": current.APPLICATION_SENTENCES, "other_matters": current.NO_FEES},
)
