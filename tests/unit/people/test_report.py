"""The report of refused rows, and the template."""

import csv
import io

import pytest

from congress.i18n.translator import Translator
from congress.kernel.settings import LANGUAGES
from congress.people.importing import plan_import
from congress.people.mapping import propose_columns
from congress.people.model import Fault, Field, Outcome, Reason
from congress.people.report import reason_text, rejected_csv, remedy_text, template_workbook
from congress.people.table import parse_table

BAD = "Badge,Name,Weight\nA1,Bohr,1\n,Curie,nil\nA1,Twin,1\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_refused_rows_are_told_by_row_field_reason_and_remedy(lang: str) -> None:
    tr = Translator(lang)
    table = parse_table("people.csv", BAD.encode())
    data = rejected_csv(tr, plan_import(table, propose_columns(table), {}, "en"))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in rows[1:]] == ["3", "3", "4"]
    assert [row[1] for row in rows[1:]] == [
        tr(f"people.field.{name}") for name in ("badge", "weight", "badge")
    ]
    assert all(all(row) for row in rows)
    assert rows[3][2] == tr("people.reason.duplicate", number=2)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_words(lang: str, reason: Reason) -> None:
    tr, fault = Translator(lang), Fault(Field.NAME, reason, 7)
    assert reason_text(tr, fault)
    assert remedy_text(tr, fault)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_is_a_list_that_imports(lang: str) -> None:
    table = parse_table("template.xlsx", template_workbook(Translator(lang)))
    columns = propose_columns(table)
    assert columns.fields == tuple(Field)
    report = plan_import(table, columns, {}, "en")
    assert [row.outcome for row in report.rows] == [Outcome.ADDED]
    person = report.rows[0].person
    assert person is not None
    assert person.language == lang
