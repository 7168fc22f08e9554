"""``congress bench``: measure on your own machine, and on data of your own."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from congress.bench.recognition import WAYS, Figures, Photographs, measure, photographs
from congress.bench.video import RATE, SIZES, Door, Speed, door, speed
from congress.cli.bench_voting import bench_voting
from congress.cli.output import Output, errors_spoken
from congress.i18n.translator import Translator

_WIDTH = 44


@click.group()
def bench() -> None:
    """Measure, each figure beside a peer in the same run."""


bench.add_command(bench_voting)


@bench.command("rollcall")
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with gallery/BADGE/*.jpg and strangers/*.jpg.",
)
@click.option("--backend", type=click.Choice(list(WAYS)), help="Measure this one only.")
@click.option(
    "--video",
    "film",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Measure frames per second on this file.",
)
@click.option("--door", "at_door", is_flag=True, help="Measure the generated door.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def rollcall(
    data: Path | None, backend: str | None, film: Path | None, at_door: bool, as_json: bool
) -> None:
    """Recognise faces our way and face_recognition's, and print how often each is right."""
    output = Output(as_json=as_json)
    if not (data or film or at_door):
        raise click.UsageError("choose at least one of --data, --video and --door")
    answer: dict[str, object] = {}
    with errors_spoken(output):
        if data:
            found = photographs(data)
            answer |= {
                "gallery": len(found.enrolled),
                "probes": len(found.probes),
                "strangers": len(found.strangers),
            }
            for name in [backend] if backend else list(WAYS):
                figures = measure(name, found, output.progress(name))
                answer[name] = figures.as_json()
                _tell(output, _figures(output.tr, name, figures, found))
        if film:
            speeds = [speed(film, size) for size in SIZES]
            answer["video"] = [_speed_json(each) for each in speeds]
            for each in speeds:
                _tell(output, _speed(output.tr, each))
        if at_door:
            shown = door()
            answer["door"] = None if shown is None else _door_json(shown)
            _tell(output, _door(output.tr, shown))
        output.answer(answer)


def _tell(output: Output, lines: Iterator[str]) -> None:
    for line in lines:
        output.say(line)


def _row(label: str, cells: Sequence[str]) -> str:
    return f"  {label:{_WIDTH}}" + "".join(f"{cell:>14}" for cell in cells)


def _figures(tr: Translator, name: str, figures: Figures, data: Photographs) -> Iterator[str]:
    yield tr(
        "bench.faces.head",
        way=name,
        gallery=len(data.enrolled),
        probes=len(data.probes),
        strangers=len(data.strangers),
    )
    heads = ("threshold", "identified", "wrong", "strangers")
    yield _row("", [tr(f"bench.faces.{head}") for head in heads])
    named = [
        (tr("bench.faces.at_1pct"), figures.at_1pct),
        (tr("bench.faces.at_0_3pct"), figures.at_0_3pct),
        (tr("bench.faces.at_own"), figures.at_own),
        *((tr("bench.faces.sweep"), point) for point in figures.sweep),
    ]
    for label, point in named:
        cells = [f"{abs(point.threshold):.3f}", f"{point.tpir:.4f}"]
        yield _row(label, [*cells, str(point.wrong), str(point.strangers)])
    yield _row(tr("bench.faces.missed"), [str(figures.missed)])
    for stage, cost in figures.cpu_ms.items():
        yield _row(tr(f"bench.faces.cpu.{stage}"), [f"{cost:.2f} ms"])


def _speed(tr: Translator, each: Speed) -> Iterator[str]:
    yield tr("bench.video.head", width=each.width, height=each.height, count=each.frames)
    yield _row(tr("bench.video.ours"), [f"{each.ours:.1f}"])
    yield _row("face_recognition", [f"{each.peer:.1f}"])
    yield _row(tr("bench.video.ratio"), [f"{each.ratio:.1f}"])


def _speed_json(each: Speed) -> dict[str, object]:
    return {
        "width": each.width,
        "height": each.height,
        "frames": each.frames,
        "sface_fps": round(each.ours, 2),
        "face_recognition_fps": round(each.peer, 2),
        "ratio": round(each.ratio, 2),
    }


def _door(tr: Translator, shown: Door | None) -> Iterator[str]:
    if shown is None:
        yield tr("bench.door.not_set_up")
        return
    yield tr("bench.door.head", seconds=round(shown.seconds), rate=RATE)
    yield _row(tr("bench.door.registered"), [f"{shown.registered} / {shown.coming}"])
    yield _row(tr("bench.door.asked"), [str(shown.asked)])
    yield _row(tr("bench.door.decision"), [f"{shown.decision:.2f} s"])
    yield _row(tr("bench.door.persons"), [f"{shown.persons_per_second:.2f}"])
    yield _row(tr("bench.door.share"), [tr.percent(round(1000 * shown.share), 1000, 1)])


def _door_json(shown: Door) -> dict[str, object]:
    return {
        "seconds": round(shown.seconds, 1),
        "coming": shown.coming,
        "registered": shown.registered,
        "asked": shown.asked,
        "decision_s": round(shown.decision, 3),
        "persons_per_second": round(shown.persons_per_second, 2),
        "share_of_core": round(shown.share, 4),
    }
