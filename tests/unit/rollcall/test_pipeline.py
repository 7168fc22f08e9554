from collections.abc import Iterable, Sequence
from dataclasses import replace

from congress.kernel.ids import PersonId
from congress.rollcall.camera import Frame
from congress.rollcall.confirm import Verdict
from congress.rollcall.faces import Backend, Face, Image
from congress.rollcall.matching import Gallery, build
from congress.rollcall.pipeline import Pipeline, Sighting
from congress.rollcall.quality import Reason
from tests.helpers.faces import SCALE, SIZE, face_at, fake_backend, picture_of, unit

ANN, BEN = PersonId("ann"), PersonId("ben")
TEMPLATES = {1: unit(1), 2: unit(0, 1), 3: unit(0.44, 0, 0.9), 4: unit(0, 0, 0, 1)}


def gallery(**persons: int) -> Gallery:
    rows = {PersonId(name): [TEMPLATES[number]] for name, number in persons.items()}
    return build(rows, SCALE, SIZE)


def frames(images: Iterable[Image]) -> list[Frame]:
    return [Frame(image, index, index / 15) for index, image in enumerate(images)]


def approaching(number: int, count: int = 20, *, start: float = 70, x: float = 100) -> list[Frame]:
    return frames(picture_of((number, x, 60, start + 6 * at)) for at in range(count))


def sightings(pipeline: Pipeline, sequence: Sequence[Frame]) -> list[Sighting]:
    return [seen for view in pipeline.run(sequence) for seen in view.sightings]


def embedded(backend: Backend) -> int:
    return int(getattr(backend.embedder, "embedded"))  # noqa: B009


def test_registers_a_delegate_who_walks_in_once_and_soon() -> None:
    backend = fake_backend(TEMPLATES)
    seen = sightings(Pipeline(backend, gallery(ann=1, ben=2)), approaching(1))
    assert [(s.verdict, s.candidates[0].person_id) for s in seen] == [(Verdict.REGISTER, ANN)]
    assert seen[0].waited < 0.6
    assert embedded(backend) == 2


def test_shows_the_name_in_the_picture_once_registered() -> None:
    views = list(Pipeline(fake_backend(TEMPLATES), gallery(ann=1)).run(approaching(1)))
    assert views[0].tracks[0].person_id is None
    assert views[-1].tracks[0].person_id == ANN
    assert views[-1].tracks[0].verdict is Verdict.REGISTER


def test_a_person_is_registered_once_even_in_two_tracks() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1))
    away = [picture_of()] * 15
    images = [f.image for f in approaching(1, 10)] + away + [f.image for f in approaching(1, 10)]
    assert len(sightings(pipeline, frames(images))) == 1
    pipeline.forget(ANN)
    assert len(sightings(pipeline, approaching(1))) == 1


def test_who_is_in_already_is_not_decided_about_again() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1), registered=[ANN])
    views = list(pipeline.run(approaching(1)))
    assert not any(view.sightings for view in views)
    assert views[-1].tracks[0].person_id == ANN


def test_somebody_registered_by_hand_meanwhile_is_known() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1))
    pipeline.know(ANN)
    assert sightings(pipeline, approaching(1)) == []


def test_a_stranger_is_unknown_and_costs_few_embeddings() -> None:
    backend = fake_backend(TEMPLATES)
    seen = sightings(Pipeline(backend, gallery(ann=1)), approaching(4, 24))
    assert [(s.verdict, s.candidates) for s in seen] == [(Verdict.UNKNOWN, ())]
    assert embedded(backend) <= 6


def test_a_doubtful_face_is_shown_to_the_operator_once() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1, ben=2))
    images = [f.image for f in approaching(3)] + [picture_of()] * 15
    seen = sightings(pipeline, frames(images * 2))
    assert [s.verdict for s in seen] == [Verdict.UNCERTAIN]
    assert seen[0].candidates[0].person_id == ANN
    assert abs(seen[0].candidates[0].score - 0.44) < 0.01


def test_a_doubt_about_somebody_who_is_in_asks_nobody() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1, ben=2), registered=[ANN])
    assert sightings(pipeline, approaching(3)) == []


def test_two_people_side_by_side_are_both_registered() -> None:
    pair = [picture_of((1, 60, 60, 80 + 4 * at), (2, 400, 60, 80 + 4 * at)) for at in range(12)]
    seen = sightings(Pipeline(fake_backend(TEMPLATES), gallery(ann=1, ben=2)), frames(pair))
    assert {s.candidates[0].person_id for s in seen} == {ANN, BEN}


def far_off(number: int, count: int = 16) -> list[Frame]:
    return frames(picture_of((number, 100 + 2 * at, 60, 30)) for at in range(count))


def test_a_face_far_off_is_registered_by_its_looks_together_once_it_is_gone() -> None:
    backend = fake_backend(TEMPLATES)
    views = list(Pipeline(backend, gallery(ann=1, ben=2)).run(far_off(1)))
    assert views[8].tracks[0].hint is Reason.SMALL
    assert not any(view.sightings for view in views[:-1])
    (seen,) = views[-1].sightings
    assert (seen.verdict, seen.candidates[0].person_id) == (Verdict.REGISTER, ANN)
    assert embedded(backend) == 3 + 2 * 5


def test_a_face_that_stays_far_off_is_registered_while_it_is_there() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1))
    views = [pipeline.process(frame) for frame in far_off(1, 100)]
    assert [s.verdict for view in views for s in view.sightings] == [Verdict.REGISTER]
    assert views[-1].tracks[0].person_id == ANN


def test_a_doubtful_face_far_off_is_asked_about_only_once_it_is_gone() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ann=1, ben=2))
    views = list(pipeline.run(far_off(3, 100)))
    assert not any(view.sightings for view in views[:-1])
    assert [s.verdict for s in views[-1].sightings] == [Verdict.UNCERTAIN]


def test_looks_from_afar_that_cannot_be_repeated_only_ask() -> None:
    backend = fake_backend(TEMPLATES)
    whole = backend.detector

    class WholeFrames:
        def detect(self, image: Image) -> Sequence[Face]:
            return whole.detect(image) if image.shape[:2] == (360, 640) else ()

    pipeline = Pipeline(replace(backend, detector=WholeFrames()), gallery(ann=1))
    assert [s.verdict for s in sightings(pipeline, far_off(1))] == [Verdict.UNCERTAIN]


def test_a_stranger_far_off_is_passed_over_and_costs_three_looks() -> None:
    backend = fake_backend(TEMPLATES)
    assert sightings(Pipeline(backend, gallery(ann=1)), far_off(4)) == []
    assert embedded(backend) == 3


def test_a_glimpse_far_off_is_not_embedded() -> None:
    backend = fake_backend(TEMPLATES)
    sightings(Pipeline(backend, gallery(ann=1)), frames([picture_of((1, 100, 60, 30))] * 4))
    assert embedded(backend) == 0


def test_a_turned_face_waits_and_says_why() -> None:
    backend = fake_backend(TEMPLATES)

    class Turned:
        def detect(self, image: Image) -> Sequence[Face]:
            return [face_at(100, 60, 90, turned=0.9)]

    pipeline = Pipeline(replace(backend, detector=Turned()), gallery(ann=1))
    views = list(pipeline.run(approaching(1, 12)))
    assert views[-1].tracks[0].hint is Reason.TURNED
    assert embedded(backend) == 0


def test_a_new_gallery_counts_from_the_next_frame() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(ben=2))
    pipeline.use(gallery(ann=1))
    assert sightings(pipeline, approaching(1))[0].candidates[0].person_id == ANN


def test_nothing_comes_of_no_frames() -> None:
    assert list(Pipeline(fake_backend(), gallery()).run([])) == []
