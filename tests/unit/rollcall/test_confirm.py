from congress.kernel.ids import PersonId
from congress.rollcall.confirm import Decision, Rule, Verdict, decide, decide_from_afar
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


def test_looks_from_afar_register_joined_with_their_score() -> None:
    seen = [look(ann=0.42, ben=0.1), look(ann=0.44, ben=0.2), look(ben=0.30, ann=0.29)]
    decision = decide_from_afar(seen, look(ann=0.49, ben=0.2), RULE)
    assert decision == Decision(Verdict.REGISTER, (Candidate(ANN, 0.49),))


def test_looks_from_afar_one_by_one_never_register() -> None:
    seen = [look(ann=0.9), look(ann=0.9), look(ann=0.9)]
    for joined in (look(), look(ann=0.47)):
        decision = decide_from_afar(seen, joined, RULE)
        assert decision == Decision(Verdict.UNCERTAIN, (Candidate(ANN, 0.9),))


def test_looks_from_afar_need_twice_the_lead() -> None:
    close = decide_from_afar([look(ann=0.4)], look(ann=0.60, ben=0.49), RULE)
    assert close is not None
    assert close.verdict is Verdict.UNCERTAIN
    clear = decide_from_afar([look(ann=0.4)], look(ann=0.60, ben=0.47), RULE)
    assert clear is not None
    assert clear.verdict is Verdict.REGISTER


def test_a_single_look_that_shows_another_sends_it_to_the_operator() -> None:
    decision = decide_from_afar([look(ben=0.5), look(ann=0.4)], look(ann=0.6, ben=0.3), RULE)
    assert decision == Decision(Verdict.UNCERTAIN, (Candidate(ANN, 0.6), Candidate(BEN, 0.5)))


def test_a_look_alike_from_afar_is_shown_to_the_operator() -> None:
    rule = Rule(0.48, 0.08, 0.06, frozenset({ANN}))
    decision = decide_from_afar([look(ann=0.5)], look(ann=0.9), rule)
    assert decision is not None
    assert decision.verdict is Verdict.UNCERTAIN


def test_a_passer_by_from_afar_is_nothing_to_anybody() -> None:
    assert decide_from_afar([look(ann=0.39)], look(ann=0.39), RULE) is None
    assert decide_from_afar([], (), RULE) is None
    asked = decide_from_afar([look(ann=0.39)], look(ann=0.41), RULE)
    assert asked is not None
    assert asked.verdict is Verdict.UNCERTAIN
