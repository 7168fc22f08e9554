"""The ballot paper of a poll as a PDF, to be printed as often as ballot papers are issued.

One master, the same for everybody: a ballot paper bears no number. Its places come from
``congress.voting.sheets``, so that ``congress.voting.scanning`` finds on a scan what was
printed here.
"""

import json
from datetime import date

from congress.assets import asset
from congress.i18n.translator import Translator
from congress.kernel.errors import BugError
from congress.kernel.ids import PollId
from congress.secretariat.qr import qr_svg
from congress.secretariat.typeset import fonts
from congress.voting import sheets
from congress.voting.model import Contest, Method, Plan
from congress.voting.sheets import Area, Heading, Row, Sheet, TargetKind
from congress.voting.words import instruction, say


def ballot_paper_pdf(
    tr: Translator, congress: str, day: date, poll_id: PollId, plan: Plan
) -> tuple[bytes, Sheet]:
    """Return the ballot paper of a poll as a PDF, and where everything stands on it.

    Args:
        tr: The language of the words around the names; decides the reading direction.
        congress: Name of the congress.
        day: Its date in the properties of the PDF: the same poll gives the same bytes.
        poll_id: The poll, for the code of each page.
        plan: What is voted on.

    Raises:
        BugError: The style sheet refuses the ballot paper.
    """
    # Imported here: whoever never prints never loads it.
    import typst

    sheet = sheets.sheet_of(plan, rtl=tr.rtl)
    half = sheets.MARK_SIDE / 2
    data = {
        "lang": tr.lang,
        "title": plan.title,
        "author": congress,
        "date": (day.year, day.month, day.day),
        "marks": [
            (x - half, y - half, sheets.MARK_SIDE, sheets.MARK_SIDE) for x, y in sheets.MARK_CENTRES
        ],
        "pages": [_page(tr, congress, poll_id, plan, sheet, page) for page in range(sheet.pages)],
    }
    try:
        pdf, warnings = typst.compile_with_warnings(
            (asset("style") / "ballot.typ").read_bytes(),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise BugError("the style sheet refuses the ballot paper") from error
    if warnings:
        raise BugError(f"the style sheet warns: {warnings[0].message}")
    return bytes(pdf), sheet


def _page(
    tr: Translator, congress: str, poll_id: PollId, plan: Plan, sheet: Sheet, page: int
) -> dict[str, object]:
    kinds = {target.kind for target in sheet.targets}
    head = {
        "congress": tr.isolated(congress),
        "title": tr.isolated(plan.title),
        "text": tr.isolated(plan.text) if plan.text else "",
        "hint": " ".join(tr(f"ballotpaper.how.{kind}") for kind in TargetKind if kind in kinds),
    }
    counting = tr("export.page_of", page=page + 1, pages=sheet.pages)
    return {
        "qr": _numbers(sheet.qr),
        "code": qr_svg(sheets.page_code(poll_id, page)),
        "alt": tr("ballotpaper.code", page=page + 1),
        "head": None if page else head,
        "head_area": _numbers(sheet.running if page else sheet.head),
        "running": tr.isolated(plan.title),
        "headings": [
            _heading(tr, plan.contests[item.contest], item)
            for item in sheet.headings
            if item.page == page
        ],
        "rows": [
            _row(tr, plan.contests[item.contest], item) for item in sheet.rows if item.page == page
        ],
        "boxes": [
            _numbers(target.area)
            for target in sheet.on_page(page)
            if target.kind is not TargetKind.NAME
        ],
        "stamp": _numbers(sheet.stamp),
        "foot": tr("ballotpaper.foot", counting=counting),
    }


def _heading(tr: Translator, contest: Contest, item: Heading) -> dict[str, object]:
    ranked = contest.method.ranked
    hint = tr("ballotpaper.ranked") if ranked else say(tr, instruction(contest))
    return {
        "area": _numbers(item.area),
        "title": tr("ballotpaper.again", title=contest.title) if item.again else contest.title,
        "hint": "" if item.again else hint,
        "labels": [
            {"word": tr(f"voting.cell.{word}"), "area": _numbers(area)}
            for word, area in item.labels
        ],
    }


def _row(tr: Translator, contest: Contest, row: Row) -> dict[str, object]:
    if contest.method is Method.YES_NO_ABSTAIN:
        name, note = tr(f"voting.cell.{row.subject}"), ""
    else:
        candidate = contest.candidate(row.subject)
        name, note = candidate.name, candidate.note
    return {
        "area": _numbers(row.area),
        "name_area": _numbers(row.name),
        "name": tr.isolated(name),
        "note": tr.isolated(note) if note else "",
    }


def _numbers(area: Area) -> tuple[float, float, float, float]:
    return (area.x, area.y, area.width, area.height)
