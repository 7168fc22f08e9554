"""A poll that ends in a tie which somebody has to decide."""

from dataclasses import replace

from congress.voting.model import Poll, Secrecy
from tests.helpers.hall import Hall

DECIDING = """
id = "decides"
source = "test"
names = { en = "d", vi = "d", ur = "d" }
[[rules]]
id = "election"
kind = "election"
names = { en = "d", vi = "d", ur = "d" }
methods = ["plurality"]
secrecies = ["open", "secret"]
unmarked = "refused"
overmarked = "refused"
tie = "decision"
thresholds = [{ base = "cast", share = "1/5", strict = false }]
[[rules.examples]]
title = "one"
method = "plurality"
seats = 1
candidates = ["A"]
present = 1
ballots = [{ marks = ["A"], count = 1 }]
expect = { outcome = "filled", elected = ["A"], valid = 1 }
"""


def tied_poll(hall: Hall, each: int = 3) -> Poll:
    """Return an open poll for one seat in which A and B have ``each`` so many votes."""
    hall.booth.add_pack(DECIDING)
    draft = hall.election("AB", 1, "decides")
    hall.booth.revise(draft.id, replace(draft.plan, secrecy=Secrecy.OPEN))
    hall.booth.fix_manifest(draft.id)
    poll = hall.booth.open(draft.id)
    hall.vote(hall.badges(0, each), "A")
    hall.vote(hall.badges(each, 2 * each), "B")
    hall.booth.close(poll.id)
    hall.booth.tally(poll.id)
    return poll
