"""The rows that an import refused, for people: what is wrong and what to do about it."""

import csv
import io

from congress.i18n.translator import Translator
from congress.people.model import Fault, Field, ImportReport


def reason_text(tr: Translator, fault: Fault) -> str:
    """Return why a field is refused, as a sentence."""
    return tr(f"people.reason.{fault.reason}", number=fault.number)


def remedy_text(tr: Translator, fault: Fault) -> str:
    """Return what to do about a refused field, as a sentence."""
    return tr(f"people.remedy.{fault.reason}")


def rejected_rows(tr: Translator, report: ImportReport) -> list[tuple[str, str, str, str]]:
    """Return row number, field, reason and remedy of every fault, in order."""
    return [
        (
            str(row.number),
            tr(f"people.field.{fault.field}"),
            reason_text(tr, fault),
            remedy_text(tr, fault),
        )
        for row in report.rejected
        for fault in row.faults
    ]


def rejected_csv(tr: Translator, report: ImportReport) -> bytes:
    """Return the refused rows as CSV: UTF-8 with a byte order mark, as spreadsheets expect."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(tr(f"people.report.{name}") for name in ("row", "field", "reason", "remedy"))
    writer.writerows(rejected_rows(tr, report))
    return buffer.getvalue().encode("utf-8-sig")


def template_workbook(tr: Translator) -> bytes:
    """Return an empty list of people as an XLSX workbook, with headings and one example row."""
    # Imported here: openpyxl takes longer to import than a window to open.
    from congress.people.workbook import write_workbook

    headings = [tr(f"people.field.{field}") for field in Field]
    example = [tr(f"people.template.{field}") for field in Field]
    return write_workbook(tr("people.template.title"), [headings, example], rtl=tr.rtl)
