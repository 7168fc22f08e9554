"""Ballot papers of every method can be printed."""

from dataclasses import replace
from datetime import date

from congress.i18n.translator import Translator
from congress.kernel.ids import PollId, new_id
from congress.secretariat.ballotpapers import ballot_paper_pdf
from congress.voting.model import Method
from tests.helpers.scans import plan_on_paper


def test_offices_of_every_method_stand_on_one_ballot_paper() -> None:
    plan = plan_on_paper("en", Method.STRIKE_OUT, 3)
    methods = [method for method in Method if method is not Method.YES_NO_ABSTAIN]
    contests = tuple(
        replace(plan.contests[0], id=method.value, title=method.value, method=method)
        for method in methods
    )
    whole = replace(plan, contests=contests)
    pdf, sheet = ballot_paper_pdf(
        Translator("en"), "Congress", date(2026, 1, 1), PollId(new_id()), whole
    )
    assert pdf.startswith(b"%PDF")
    assert {heading.contest for heading in sheet.headings} == set(range(len(methods)))
