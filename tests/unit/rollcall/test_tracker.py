from congress.rollcall.faces import Box
from congress.rollcall.tracker import Tracker
from tests.helpers.faces import face_at


def test_overlap_of_boxes() -> None:
    box = Box(0, 0, 10, 10)
    assert box.overlap(box) == 1
    assert box.overlap(Box(5, 0, 10, 10)) == 50 / 150
    assert box.overlap(Box(20, 0, 10, 10)) == 0


def test_follows_two_faces_that_move() -> None:
    tracker = Tracker()
    for step in range(12):
        tracker.coast()
        tracker.update([face_at(100 + 8 * step, 100, 60), face_at(400 - 8 * step, 120, 60)])
    assert [track.number for track in tracker.tracks] == [1, 2]
    assert [track.seen for track in tracker.tracks] == [12, 12]


def test_expects_a_face_where_its_speed_takes_it() -> None:
    tracker = Tracker()
    for step in range(3):
        tracker.coast()
        tracker.update([face_at(100 + 30 * step, 100, 60)])
    for _ in range(3):
        tracker.coast()
    assert tracker.tracks[0].box.x == 100 + 30 * 2 + 30 * 3
    tracker.update([face_at(250, 100, 60)])
    assert [track.number for track in tracker.tracks] == [1]


def test_a_fast_face_that_no_longer_overlaps_is_still_the_same() -> None:
    tracker = Tracker()
    tracker.update([face_at(100, 100, 60)])
    tracker.coast()
    tracker.update([face_at(138, 100, 60)])
    assert len(tracker.tracks) == 1


def test_a_face_of_another_size_or_far_away_is_another() -> None:
    tracker = Tracker()
    tracker.update([face_at(100, 100, 60)])
    tracker.coast()
    tracker.update([face_at(170, 100, 20), face_at(400, 100, 60)])
    assert [track.number for track in tracker.tracks] == [1, 2, 3]


def test_a_track_ends_after_its_patience() -> None:
    tracker = Tracker(patience=2)
    tracker.update([face_at(100, 100, 60)])
    assert tracker.update([]) == []
    assert tracker.update([]) == []
    ended = tracker.update([])
    assert [track.number for track in ended] == [1]
    assert tracker.tracks == []


def test_clear_ends_every_track() -> None:
    tracker = Tracker()
    tracker.update([face_at(0, 0, 50), face_at(300, 0, 50)])
    assert len(tracker.clear()) == 2
    assert tracker.tracks == []
