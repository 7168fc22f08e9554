from congress.kernel.ids import PersonId
from congress.rollcall.confirm import Decision, Rule, Verdict, decide
from congress.rollcall.matching import Candidate

ANN, BEN, CHI = PersonId("ann"), PersonId("ben"), PersonId("chi")
RULE = Rule(threshold=0.48, band=0.08, gap=0.06)


def look(**scores: float) -> tuple[Candidate, ...]:
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    return tuple(Candidate(PersonId(name), score) for name, score in ordered)


def test_one_frame_never_registers() -> None:
    assert decide([look(ann=0.9, ben=0.1)], RULE, final=False) is None
    last = decide([look(ann=0.9, ben=0.1)], RULE, final=True)
    assert last is not None
    assert last.verdict is Verdict.UNCERTAIN


def test_two_frames_that_agree_register_with_the_best_score() -> None:
    seen = [look(ann=0.5, ben=0.1), look(ann=0.6, ben=0.1)]
    assert decide(seen, RULE, final=False) == Decision(Verdict.REGISTER, (Candidate(ANN, 0.6),))


def test_doubtful_frames_do_not_count_nor_forbid() -> None:
    seen = [look(ann=0.47), look(ann=0.6), look(ann=0.45, ben=0.44), look(ann=0.55)]
    decision = decide(seen, RULE, final=False)
    assert decision is not None
    assert decision.candidates == (Candidate(ANN, 0.6),)


def test_frames_that_disagree_go_to_the_operator() -> None:
    seen = [look(ann=0.6), look(ben=0.7), look(ann=0.6), look(ben=0.55)]
    assert decide(seen, RULE, final=False) is None
    decision = decide(seen, RULE, final=True)
    assert decision == Decision(Verdict.UNCERTAIN, (Candidate(BEN, 0.7), Candidate(ANN, 0.6)))


def test_a_small_lead_goes_to_the_operator() -> None:
    seen = [look(ann=0.60, ben=0.55), look(ann=0.61, ben=0.56)]
    assert decide(seen, RULE, final=False) is None
    decision = decide(seen, RULE, final=True)
    assert decision is not None
    assert decision.verdict is Verdict.UNCERTAIN


def test_three_best_are_shown_even_over_several_frames() -> None:
    seen = [look(ann=0.42, ben=0.3, chi=0.1), look(ben=0.41, chi=0.35, dan=0.2)]
    decision = decide(seen, RULE, final=True)
    assert decision is not None
    assert [c.person_id for c in decision.candidates] == [ANN, BEN, CHI]


def test_the_band_begins_exactly_eight_hundredths_below() -> None:
    assert RULE.doubts(look(ann=0.48 - 0.08 + 1e-9))
    assert not RULE.doubts(look(ann=0.399))


def test_a_look_alike_is_always_shown_to_the_operator() -> None:
    rule = Rule(0.48, 0.08, 0.06, frozenset({ANN}))
    decision = decide([look(ann=0.9), look(ann=0.9)], rule, final=False)
    assert decision is not None
    assert decision.verdict is Verdict.UNCERTAIN


def test_below_the_band_is_unknown_once_seen_twice() -> None:
    low = look(ann=0.2)
    assert decide([low], RULE, final=True) is None
    assert decide([low, low], RULE, final=True) == Decision(Verdict.UNKNOWN)
    assert decide([], RULE, final=True) is None
    assert decide([(), ()], RULE, final=True) == Decision(Verdict.UNKNOWN)


def test_a_rule_that_only_asks_never_registers() -> None:
    wary = RULE.asking_only()
    seen = [look(ann=0.99), look(ann=0.99)]
    decision = decide(seen, wary, final=True)
    assert decision is not None
    assert decision.verdict is Verdict.UNCERTAIN
    assert not wary.doubts(look(ann=0.39))
    assert wary.doubts(look(ann=0.41))
