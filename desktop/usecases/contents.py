"""The list of the papers of a complaint in their order (卷内目录), as it lies on top of the volume."""

from datetime import date

from desktop.notices import Align, Column, Table
from desktop.rules.complaints import Step
from desktop.usecases import letters, register
from desktop.usecases.office import Acting, Office
from desktop.usecases.register import ComplaintView
from frozen import dataclass

_LEFT, _CENTRE = Align.LEFT, Align.CENTRE
#: As the catalogue of DA/T 22-2015 has them, without the columns that the volume itself bears.
_COLUMNS = (
    Column("序号", 12, _CENTRE),
    Column("文号", 50, _LEFT),
    Column("责任者", 48, _LEFT),
    Column("题名", 70, _LEFT),
    Column("日期", 24, _CENTRE),
    Column("页数", 14, _CENTRE),
    Column("备注", 24, _LEFT),
)


@dataclass(frozen=True, slots=True)
class _Paper:
    """One paper of the volume; ``order`` sets papers of one day as they come about."""

    day: date
    order: int
    number: str
    author: str
    title: str
    pages: str = ""
    note: str = ""


def contents_sheet(office: Office, complaint_id: int, acting: Acting) -> bytes:
    """Return the 卷内目录 of a complaint, oldest paper first; it never says who complained.

    Raises:
        Faults: a character can not be printed.
    """
    view = register.view(office, complaint_id, acting.today)
    papers = sorted(_papers(view, office.profile().name), key=lambda p: (p.day, p.order))
    archive = view.archive
    number = view.complaint.number
    table = Table(
        kind="contents_sheet",
        issuer=office.profile().name,
        title="卷内目录",
        columns=_COLUMNS,
        rows=tuple(
            (str(n), p.number, p.author, p.title, p.day.isoformat(), p.pages, p.note)
            for n, p in enumerate(papers, 1)
        ),
        dated=acting.today,
        caption=(f"受理编号：{number}", f"卷号：{archive.volume}" if archive else ""),
        notes=_notes(view, len(papers)),
    )
    return letters.printed(office, table)


def _papers(view: ComplaintView, own: str) -> list[_Paper]:
    complaint = view.complaint
    found = [_Paper(complaint.registered, 0, complaint.number, own, "投诉登记表")]
    found += [_Paper(file.added, 1, "", "", file.name, note="附件") for file in view.attachments]
    decision = view.last(Step.DECIDE)
    if decision is not None:
        found.append(_Paper(decision.day, 2, "", decision.person, "领导批示单"))
    reply = view.last(Step.FIND)
    if reply is not None and complaint.transferred is not None:
        found.append(_Paper(reply.day, 4, "", reply.person, "承办单位回复材料"))
    standing = [letter for letter in view.letters if not letter.void]
    found += [
        _Paper(one.dated, 3, one.number, own, one.title.replace("\n", ""), str(one.pages))
        for one in standing
    ]
    titles = {one.id: one.title.replace("\n", "") for one in standing}
    found += [
        _Paper(one.day, 5, "", own, f"送达回证（{titles[one.letter]}）", note=one.way)
        for one in view.services
        if one.letter in titles
    ]
    return found


def _notes(view: ComplaintView, count: int) -> tuple[str, ...]:
    archive, step = view.archive, view.last(Step.ARCHIVE)
    said = [f"本卷共{count}份材料。"]
    if archive is not None and step is not None:
        box = f"盒号：{archive.box}；" if archive.box else ""
        pages = f"全卷{archive.pages}页；" if archive.pages else ""
        said.append(
            f"{box}保管期限：{archive.retention}；{pages}"
            f"归档人：{step.person}；归档日期：{step.day.isoformat()}。"
        )
    else:
        said.append("卷号：　　　　　　盒号：　　　　　　保管期限：　　　　　　归档人：")
    return tuple(said)
