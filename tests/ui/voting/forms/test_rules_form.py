"""The form of a poll follows the rule that is chosen."""

from datetime import date
from functools import partial

from congress.voting.model import Channel, Method, Secrecy
from tests.ui.voting.conftest import Stage
from tests.ui.voting.forms.conftest import checked, form

titled = partial(form, title="Title")


def ready(stage: Stage) -> str:
    return stage.context.tr("chair.form.ready")


def test_the_form_says_what_a_rule_says(stage: Stage) -> None:
    page = titled(stage, "motion")
    assert "More than 1/2 must be in favour, measured against: delegates summoned" in (
        page.rules.facts.text()
    )
    form_of_weights = titled(stage, "motion", "card-vote")
    assert "up to 2 absent delegates" in form_of_weights.rules.facts.text()


def test_the_number_of_choices_is_there_where_the_ballot_leaves_it_open(stage: Stage) -> None:
    page = titled(stage, "election", "card-vote", "election")
    assert not page.offices.cards[0].choices.isVisible()
    page.offices.cards[0].method.set_value(Method.K_OF_N)
    page.offices.cards[0].method.chosen.emit(Method.K_OF_N)
    assert page.offices.cards[0].choices.isVisible()
    for person in stage.hall.people.persons[:3]:
        page.offices.cards[0].candidates.picker.picked.emit(person)
    page.offices.cards[0].choices.set_value(5)
    assert "at least 1, at most 3" in checked(stage, page)
    page.offices.cards[0].choices.set_value(2)
    assert checked(stage, page) == ready(stage)
    assert page.plan.contests[0].choices == 2


def test_the_congress_may_set_a_limit_of_its_own(stage: Stage) -> None:
    page = titled(stage, "election")
    page.offices.cards[0].seats.set_value(6)
    for person in stage.hall.people.persons[:7]:
        page.offices.cards[0].candidates.picker.picked.emit(person)
    assert checked(stage, page) == ready(stage)
    assert page.offices.cards[0].length.text() == "7 names for 6 seats, 1 over."
    page.offices.cards[0].seats.set_value(1)
    assert page.offices.cards[0].length.text() == "7 names for 1 seat, 6 over."
    page.offices.cards[0].seats.set_value(6)
    page.offices.cards[0].limited.setChecked(True)
    assert page.plan.contests[0].surplus_limit == 0
    assert "at most 0" in checked(stage, page)


def test_dates_of_birth_are_asked_for_where_the_elder_wins_a_tie(stage: Stage) -> None:
    page = titled(stage, "election", "state-election")
    for person in stage.hall.people.persons[:2]:
        page.offices.cards[0].candidates.picker.picked.emit(person)
    first, second = page.offices.cards[0].candidates.births
    first.value = "24.12.1960"
    first.settled.emit(first.day)
    assert [item.born for item in page.plan.contests[0].candidates] == [date(1960, 12, 24), None]
    assert page.offices.cards[0].candidates.births == [first, second]
    page.offices.cards[0].candidates._lift(1)
    assert [field.day for field in page.offices.cards[0].candidates.births] == [
        None,
        date(1960, 12, 24),
    ]
    page.rules.pack.set_value("roberts")
    page.rules.pack.chosen.emit("roberts")
    assert page.offices.cards[0].candidates.births == []


def test_ranked_ballots_are_open_or_on_paper(stage: Stage) -> None:
    page = titled(stage, "election", "stv")
    for person in stage.hall.people.persons[:3]:
        page.offices.cards[0].candidates.picker.picked.emit(person)
    page.rules.secrecy.set_value(Secrecy.SECRET)
    page.rules.secrecy.chosen.emit(Secrecy.SECRET)
    assert page.rules.channel.isVisible()
    assert page.plan.channel is Channel.PAPER
    assert checked(stage, page) == ready(stage)
    page.rules.channel.set_value(Channel.ELECTRONIC)
    page.rules.channel.chosen.emit(Channel.ELECTRONIC)
    assert "single secret ballots are never decrypted" in checked(stage, page)
    page.rules.secrecy.set_value(Secrecy.OPEN)
    page.rules.secrecy.chosen.emit(Secrecy.OPEN)
    assert not page.rules.channel.isVisible()
    assert checked(stage, page) == ready(stage)
    page.rules.pack.set_value("roberts")
    page.rules.pack.chosen.emit("roberts")
    assert page.rules.channel.value is Channel.ELECTRONIC


def test_every_delegation_is_put_into_a_section(stage: Stage) -> None:
    page = titled(stage, "motion", "card-vote", "sections")
    assert set(page.sections.choices) == {"Section 0", "Section 1", "Section 2"}
    assert "Choose for every delegation" in checked(stage, page)
    for delegation in ("Section 0", "Section 1"):
        page.sections.choices[delegation].set_value("branches")
    assert "No section is chosen for: Section 2" in checked(stage, page)
    page.sections.choices["Section 2"].set_value("affiliates")
    assert checked(stage, page) == ready(stage)
    page.save.click()
    stage.idle()
    poll = stage.hall.booth.polls()[0]
    assert poll.plan.sections["Section 2"] == "affiliates"
    again = titled(stage, poll.id)
    assert again.sections.sections == poll.plan.sections
    other = titled(stage, "motion", "card-vote", "motion")
    assert not other.sections.isVisible()
    assert other.plan.sections == {}
