"""The declared form: names as other programs rely on them, balances as the rules say, one line for a new row."""

from __future__ import annotations

from collections import Counter

from xlreport.form import disclosure_2021
from xlreport.form.balance import Balance
from xlreport.form.catalogue import form_of
from xlreport.form.declaration import PREVIOUS, row
from xlreport.form.figures import Unit
from xlreport.form.grid import grid_of
from xlreport.form.relations import column_sums, every_row_adds_up
from xlreport.rules import balance

FORM = form_of("disclosure-2021")
COLUMNS = ("natural_person", "commercial", "research", "social_welfare", "legal_service", "other", "total")
RESULTS = {
    "refused": "state_secret prohibited_by_law security_and_stability third_party_rights internal_affairs "
    "deliberative_process enforcement_files administrative_inquiry",
    "unavailable": "not_held needs_creation still_unclear",
    "not_processed": "petition repeated public_publication excessive reissue",
    "other": "not_corrected_in_time fee_unpaid other",
}


def test_keys_are_the_names_other_programs_rely_on():
    rows = ["new", "carried_in", "results.granted", "results.partly_granted"]
    rows += [f"results.{group}.{name}" for group, names in RESULTS.items() for name in names.split()]
    rows += ["results.total", "carried_out"]
    expected = {f"applications.{r}.{c}" for r in rows for c in COLUMNS}
    expected |= {
        f"disclosure.{r}.{c}"
        for r in ("rules", "normative_documents")
        for c in ("issued", "repealed", "in_force")
    }
    expected |= {f"disclosure.{r}.decisions" for r in ("licensing", "penalties", "coercion")}
    expected |= {"disclosure.fees.amount"}
    groups = ("review", "litigation_direct", "litigation_after_review")
    expected |= {
        f"cases.{g}.{c}" for g in groups for c in ("upheld", "corrected", "other", "pending", "total")
    }
    assert set(FORM.cells) == expected
    assert len(FORM.cells) == 200


def test_only_the_fee_is_money():
    assert [key for key, cell in FORM.cells.items() if cell.unit is Unit.MONEY] == ["disclosure.fees.amount"]


def test_balances_are_as_many_as_the_rules_ask_for():
    count = Counter(balance.rule.id for balance in FORM.balances)
    assert count == {
        "flow": 7,
        "results": 7,
        "applicants": 25,
        "cases": 3,
        "carried": 7,
        "in-force": 2,
        "in-force-bound": 4,
    }


def test_everything_the_form_refers_to_is_declared():
    named = [key.removeprefix(PREVIOUS) for balance in FORM.balances for key in balance.keys]
    named += FORM.main_lines
    assert set(named) <= set(FORM.cells)
    assert {balance.rule for balance in FORM.balances} <= set(FORM.rules)
    assert {part.content for part in FORM.sections} >= {table.key for table in FORM.tables}


def test_sheet_names_fit_into_excel():
    for section in FORM.sections:
        assert len(section.sheet) <= 31
        assert not set(section.sheet) & set("[]:*?/\\")


def test_a_new_row_is_one_line():
    class LongerUnavailable(disclosure_2021.Unavailable):
        lost: disclosure_2021.Applicants = row("4.因灾毁损")

    class LongerResults(disclosure_2021.Results):
        unavailable: LongerUnavailable = row("（四）无法提供")

    class LongerApplications(disclosure_2021.Applications):
        results: LongerResults = row("三、本年度办理结果")

    table = disclosure_2021.APPLICATIONS.with_model(LongerApplications)
    grid = grid_of(table)
    assert grid.figures["applications.results.unavailable.lost.natural_person"].row == 18
    assert grid.height == grid_of(disclosure_2021.APPLICATIONS).height + 1
    sums = list(
        column_sums(balance.RESULTS, table, ("applications.results.total",), ("applications.results",))
    )
    assert "applications.results.unavailable.lost.other" in sums[5].keys
    assert any(
        isinstance(b, Balance) and b.about == "4.因灾毁损"
        for b in every_row_adds_up(balance.APPLICANTS, table)
    )
