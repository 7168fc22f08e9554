"""Papers about faces: the certificate that some were erased, and what is held about one person."""

import base64
import json
from collections.abc import Mapping
from fractions import Fraction

from congress.i18n.translator import Translator
from congress.kernel.ids import MemberId, PersonId
from congress.kernel.people import Person
from congress.rollcall.faceprivacy import Certificate, SubjectData
from congress.secretariat.blocks import (
    Block,
    Facts,
    Heading,
    Note,
    Paragraph,
    Picture,
    Seals,
    Table,
    TableColumn,
    Tone,
    Verdict,
)
from congress.secretariat.jpegsvg import jpeg_svg
from congress.secretariat.jsonfile import json_bytes
from congress.secretariat.model import Cover
from congress.secretariat.typeset import Paper
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet, as_table, written

_AS_PICTURE = "portrait"
"""Column that stands as text for programs, and as a picture on paper."""
_PORTRAIT = 90, 120

People = Mapping[PersonId, Person]
Members = Mapping[MemberId, str]


def certificate_json(certificate: Certificate) -> bytes:
    """Return a certificate as a file whose signature a program can check.

    The signature is Ed25519 over the statement; see ``congress.kernel.signing``.
    """
    content = {
        "format": "paperless-congress/face-erasure/1",
        "statement": dict(certificate.statement),
        "signature": certificate.signature.hex(),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def certificate_paper(
    tr: Translator, cover: Cover, certificate: Certificate, people: People, members: Members
) -> Paper:
    """Return a certificate as a paper, with the names of those it is about.

    Args:
        tr: The language.
        cover: Names the congress.
        certificate: What was done.
        people: Those on the list; whoever is not on it any more stands by the identifier.
        members: The sign-in name of each member.
    """
    said = certificate.statement
    persons = certificate.persons
    at = cover.local(certificate.at)
    good = certificate.valid
    blocks: list[Block] = [
        Verdict(
            tr("faces.certificate.verdict" if good else "faces.certificate.wrong"),
            Tone.GOOD if good else Tone.DANGER,
        ),
        Facts(
            (
                (tr("faces.certificate.at"), tr.datetime(at)),
                (tr("faces.certificate.by"), _member(tr, members, str(said["by"]))),
                (tr("faces.certificate.persons"), tr.number(len(persons))),
                (tr("faces.certificate.templates"), tr.number(int(str(said["templates"])))),
                (tr("faces.certificate.portraits"), tr.number(int(str(said.get("portraits", 0))))),
                (tr("faces.certificate.left"), tr.number(int(str(said["left"])))),
            )
        ),
        Paragraph(tr("faces.certificate.how")),
        Table(
            columns=(
                TableColumn(tr("people.field.badge")),
                TableColumn(tr("people.field.name"), width="3"),
                TableColumn(tr("people.field.delegation"), width="2"),
            ),
            rows=tuple(_row(tr, person_id, people.get(person_id)) for person_id in persons),
        ),
        Note(tr("faces.certificate.limits")),
        Seals(
            (
                (tr("export.column.signature"), _grouped(certificate.signature.hex())),
                (tr("export.column.public_key"), _grouped(str(said["key"]))),
            )
        ),
    ]
    return Paper(
        title=tr("faces.certificate.title"),
        letterhead=cover.letterhead(tr),
        issued=at.date(),
        blocks=tuple(blocks),
        footer=tr("export.issued", moment=cover.issued),
    )


def _grouped(text: str) -> str:
    return " ".join(text[i : i + 8] for i in range(0, len(text), 8))


def _member(tr: Translator, members: Members, member_id: str) -> str:
    return tr.isolated(members.get(MemberId(member_id), member_id))


def _row(tr: Translator, person_id: PersonId, person: Person | None) -> tuple[str, ...]:
    if person is None:
        return "", tr.isolated(person_id), ""
    return tr.isolated(person.badge), tr.isolated(person.name), tr.isolated(person.delegation)


def subject_sheets(
    tr: Translator, cover: Cover, data: SubjectData, people: People, members: Members
) -> tuple[Sheet, ...]:
    """Return what the roll call holds about one person as tables; those of nothing stay empty."""
    return (
        _person(tr, data.person),
        _face(tr, cover, data),
        _stays(tr, cover, data, people),
        _excuses(tr, cover, data),
        _corrections(tr, cover, data, members),
    )


def _person(tr: Translator, person: Person) -> Sheet:
    values: dict[str, Cell] = {
        "badge": person.badge,
        "name": person.name,
        "delegation": person.delegation,
        "standing": tr(f"standing.{person.standing}"),
        "seat": person.seat,
        "office": person.office,
        "weight": person.weight,
        "language": tr(f"people.language.{person.language}"),
        "contact": person.contact,
        "sex": tr(f"people.sex.{person.sex}") if person.sex else None,
        "born": str(person.born) if person.born else None,
    }
    columns = tuple(Column(key, tr(f"people.field.{key}")) for key in values)
    return Sheet("person", tr("faces.subject.person"), columns, (tuple(values.values()),))


def _face(tr: Translator, cover: Cover, data: SubjectData) -> Sheet:
    consent = data.consent
    answer = consent.answer.value if consent else "none"
    columns = (
        Column("consent", tr("faces.column.consent")),
        Column("asked_at", tr("faces.subject.asked_at"), ColumnKind.MOMENT),
        Column("note", tr("faces.consent.how")),
        Column("templates", tr("faces.certificate.templates"), ColumnKind.NUMBER),
        Column("enrolled_at", tr("faces.subject.enrolled_at"), ColumnKind.MOMENT),
        Column(_AS_PICTURE, tr("faces.subject.portrait")),
    )
    row: tuple[Cell, ...] = (
        tr(f"faces.consent.{answer}"),
        cover.local(consent.at) if consent else None,
        consent.note if consent else "",
        data.templates,
        cover.local(data.enrolled_at) if data.enrolled_at else None,
        base64.b64encode(data.portrait).decode("ascii") if data.portrait else None,
    )
    return Sheet("face", tr("faces.subject.face"), columns, (row,))


def _stays(tr: Translator, cover: Cover, data: SubjectData, people: People) -> Sheet:
    def other(person_id: PersonId | None) -> str:
        if person_id is None or person_id == data.person.id:
            return ""
        found = people.get(person_id)
        return found.name if found else person_id

    rows: list[tuple[Cell, ...]] = [
        (
            session.name,
            cover.local(entry.came_at),
            cover.local(entry.left_at) if entry.left_at else None,
            tr(f"rollcall.method.{entry.method}"),
            Fraction(entry.score, 1000) if entry.score is not None else None,
            entry.door,
            other(entry.person_id),
            other(entry.seat_of),
            entry.reason,
        )
        for session, entries in data.stays
        for entry in entries
    ]
    return Sheet(
        "stays",
        tr("faces.subject.stays"),
        (
            Column("session", tr("floor.field.session"), width="2"),
            Column("came", tr("door.column.came"), ColumnKind.MOMENT),
            Column("left", tr("faces.subject.left"), ColumnKind.TIME),
            Column("method", tr("door.column.method")),
            Column("score", tr("faces.subject.score"), ColumnKind.NUMBER),
            Column("door", tr("faces.subject.door")),
            Column("taken_by", tr("export.column.seat_taken_by"), width="2"),
            Column("seat_of", tr("faces.subject.seat_of"), width="2"),
            Column("reason", tr("credentials.reason"), width="2"),
        ),
        tuple(rows),
    )


def _excuses(tr: Translator, cover: Cover, data: SubjectData) -> Sheet:
    return Sheet(
        "excuses",
        tr("faces.subject.excuses"),
        (
            Column("at", tr("credentials.at"), ColumnKind.MOMENT),
            Column("reason", tr("credentials.reason"), width="1"),
        ),
        tuple((cover.local(each.at), each.reason) for each in data.excuses),
    )


def _corrections(tr: Translator, cover: Cover, data: SubjectData, members: Members) -> Sheet:
    return Sheet(
        "corrections",
        tr("credentials.corrections"),
        (
            Column("at", tr("credentials.at"), ColumnKind.MOMENT),
            Column("correction", tr("credentials.correction")),
            Column("reason", tr("credentials.reason"), width="1"),
            Column("by", tr("credentials.by_member")),
            Column("confirmed_by", tr("credentials.confirmed_by")),
        ),
        tuple(
            (
                cover.local(each.at),
                tr(f"rollcall.correction.{each.kind}"),
                each.reason,
                members.get(each.by, each.by),
                members.get(each.confirmed_by, "") if each.confirmed_by else "",
            )
            for each in data.corrections
        ),
    )


def subject_json(
    tr: Translator, cover: Cover, data: SubjectData, people: People, members: Members
) -> bytes:
    """Return what is held about one person as JSON, its keys the same in every language."""
    sheets = subject_sheets(tr, cover, data, people, members)
    return json_bytes("subject", tr.lang, cover, sheets)


def subject_paper(
    tr: Translator, cover: Cover, data: SubjectData, people: People, members: Members
) -> Paper:
    """Return what is held about one person as a paper for that person."""
    blocks: list[Block] = [Paragraph(tr("faces.subject.lead"))]
    sheets = subject_sheets(tr, cover, data, people, members)
    for sheet in sheets:
        if sheet.key in ("person", "face"):
            blocks += [Heading(sheet.title), Facts(_facts(tr, sheet))]
            if sheet.key == "face":
                blocks += _portrait(tr, data.portrait)
        elif sheet.rows:
            blocks += [Heading(sheet.title), as_table(tr, _filled(sheet), caption=False)]
    absent = [sheet.title for sheet in sheets if not sheet.rows]
    if absent:
        blocks.append(Note(tr("faces.subject.nothing", tables=tr.listed(absent))))
    blocks.append(Note(tr("faces.subject.template")))
    return Paper(
        title=tr("faces.subject.title"),
        subtitle=tr.isolated(data.person.name),
        letterhead=cover.letterhead(tr),
        issued=cover.issued.date(),
        blocks=tuple(blocks),
        footer=tr("export.issued", moment=cover.issued),
    )


def _facts(tr: Translator, sheet: Sheet) -> tuple[tuple[str, str], ...]:
    (row,) = sheet.rows
    return tuple(
        (column.title, tr.isolated(text))
        for column, value in zip(sheet.columns, row, strict=True)
        if column.key != _AS_PICTURE and (text := written(tr, column.kind, value))
    )


def _portrait(tr: Translator, jpeg: bytes | None) -> list[Block]:
    if jpeg is None:
        return [Note(tr("faces.subject.no_portrait"))]
    picture = Picture(jpeg_svg(jpeg, *_PORTRAIT), tr("faces.subject.portrait"))
    return [picture, Note(tr("faces.subject.portrait_kept"))]


def _filled(sheet: Sheet) -> Sheet:
    """Return ``sheet`` without the columns in which nothing stands: a page is narrow."""
    kept = [at for at in range(len(sheet.columns)) if any(row[at] for row in sheet.rows)]
    return Sheet(
        sheet.key,
        sheet.title,
        tuple(sheet.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in sheet.rows),
    )
