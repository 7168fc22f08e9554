"""The form of a poll."""

from congress.ui.pages.poll_form import PollFormPage
from tests.ui.voting.conftest import Stage


def form(
    stage: Stage, subject: str, pack: str = "", rule: str = "", *, title: str = ""
) -> PollFormPage:
    """Show the form of a new poll, or of a draft, by the rule of a pack."""
    page = PollFormPage(stage.context, stage.chair())
    stage.show(page, subject)
    if title:
        page.title.value = title
    if pack:
        page.rules.pack.set_value(pack)
        page.rules.pack.chosen.emit(pack)
    if rule:
        page.rules.rule.set_value(rule)
        page.rules.rule.chosen.emit(rule)
    return page


def checked(stage: Stage, page: PollFormPage) -> str:
    """Have the form checked; return what it says."""
    page._check()
    stage.idle()
    return page.verdict.accessibleName()
