"""Says what an enrolment came to, for the commands that enrol."""

from congress.app import OpenCongress
from congress.cli.output import Output
from congress.rollcall.enrolment_report import EnrolmentReport, Rejected


def tell_enrolment(
    output: Output, congress: OpenCongress, report: EnrolmentReport
) -> dict[str, object]:
    """Say who was enrolled and which photographs were not used, and return it for ``--json``.

    Args:
        output: Where to say it.
        congress: Whose badge numbers are named.
        report: What the enrolment came to.
    """
    output.say(
        output.tr(
            "cli.enrolled",
            persons=len(report.enrolled),
            photos=sum(each.photos for each in report.enrolled),
            rejected=len(report.rejected),
        )
    )
    for each in report.rejected:
        output.say(_line(output, each))
    badges = {person.id: person.badge for person in congress.people.everyone()}
    return {
        "photos": report.photos,
        "enrolled": [
            {"badge": each.person.badge, "photos": each.photos} for each in report.enrolled
        ],
        "look_alikes": [
            [badges.get(pair.first, ""), badges.get(pair.second, "")] for pair in report.look_alikes
        ],
        "threshold": round(report.threshold, 4),
        "rejected": [_answer(output, each) for each in report.rejected],
    }


def _line(output: Output, rejected: Rejected) -> str:
    reason = output.tr(f"faces.reason.{rejected.reason.value}")
    if rejected.row:
        return output.tr(
            "cli.photo_rejected_of_row", row=rejected.row, file=rejected.file, reason=reason
        )
    return output.tr("cli.photo_rejected", file=rejected.file, reason=reason)


def _answer(output: Output, rejected: Rejected) -> dict[str, object]:
    answer: dict[str, object] = {
        "file": rejected.file,
        "badge": rejected.badge,
        "reason": output.tr(f"faces.reason.{rejected.reason.value}"),
    }
    return answer | {"row": rejected.row} if rejected.row else answer
