"""The office's work in a self-test, without a window: an office, a complaint, its letters."""

from datetime import timedelta
from pathlib import Path

import reportlab
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from desktop.rules.complaints import ComplaintDraft, Identity, Outcome, PersonTyped, Ruling
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.selftest.trial import Failed, Trial
from desktop.ui.common import printing
from desktop.usecases import complaints, followups, letters, office, register, sheets
from desktop.usecases.complaints import AnswerDraft, DecisionDraft, FindingDraft
from desktop.usecases.followups import AcceptanceDraft
from desktop.usecases.office import Acting, ClerkDraft, Office, OfficeDraft
from desktop.usecases.session import unlock
from desktop.usecases.sheets import ApprovalDraft

#: A name that many programs lose: the second character lies beyond the basic plane (扩展区 E).
NAME = "单𬱖"
CLERK = "自检员"
#: Opens the office of the test, which is thrown away with its folder.
PASSWORD = "zijian-2026"
OFFICE = "自检单位政务公开办公室"
UNIT = "自检市住房保障局"
BODY = "该局没有按规定公开职权目录，公开栏一年没有更换。"
PAGE_WIDTH = 1240  # pixels of a page's picture


def make_office(trial: Trial) -> str:
    """Make an office with two units."""
    trial.office.parent.mkdir(parents=True)
    made = office.create_office(trial.office, _draft(), _acting(trial))
    try:
        for name in (UNIT, "自检市市场监管局"):
            office.save_unit(made, None, name, office.UNIT_KINDS[0], _acting(trial))
        ((version,),) = made.db.execute("SELECT sqlite_version()").fetchall()
        trial.versions.update(SQLite=version, ReportLab=reportlab.__version__)
        return f"{made.profile().name}，{trial.office.stat().st_size} 字节"
    finally:
        made.close()


def _draft() -> OfficeDraft:
    places = office.read_library().places()
    packs = {
        system: next(book.id for book in places if book.offers(system)) for system in office.CHOSEN
    }
    return OfficeDraft(
        name=OFFICE,
        letterhead=OFFICE,
        mark="自检公开办",
        telephone="0300-5550101",
        address="自检市人民路 1 号",
        contact=CLERK,
        clerks=(ClerkDraft(CLERK, "登记员", frozenset({Role.REGISTRAR, Role.ADMIN}), PASSWORD),),
        packs=packs,
    )


def _acting(trial: Trial) -> Acting:
    return Acting(1, CLERK, trial.clock())


def _open(trial: Trial) -> Office:
    return office.open_office(trial.office, unlock(trial.office, 1, PASSWORD))


def register_complaint(trial: Trial) -> str:
    """Register what somebody with a rare name complains of, and read it back."""
    acting = _acting(trial)
    opened = _open(trial)
    try:
        book = opened.book(System.COMPLAINTS)
        if book is None:
            raise Failed("the office has no rulebook for complaints")
        draft = ComplaintDraft(
            channel=book.channels[0].id,
            received=acting.today - timedelta(days=1),
            identity=Identity.REAL_NAME,
            complainants=(PersonTyped(NAME, "13800001111", "文华路 12 号"),),
            accused_unit=1,
            accused_person="",
            grounds=tuple(ground.id for ground in book.grounds[:1]),
            subject="职权目录没有公开",
            text=BODY,
            demands="公开职权目录。",
        )
        complaint = complaints.register_complaint(opened, draft, acting).value
        (who,) = register.complainants(opened, complaint)
        if who.name != NAME:
            raise Failed(f"the name came back as {who.name!r}")
        return f"{register.view(opened, complaint, acting.today).complaint.number}，{who.name}"
    finally:
        opened.close()


def make_letters(trial: Trial) -> str:
    """Deal with the complaint to its answer, keep every paper of it, and read the papers again."""
    opened = _open(trial)
    try:
        made = _papers(opened, _acting(trial))
    finally:
        opened.close()
    pages = 0
    for name, pdf in made.items():
        pages += _look(trial, name, trial.keep_letter(name, pdf))
    return f"{len(made)} 份文书，{pages} 页"


def _papers(opened: Office, acting: Acting) -> dict[str, bytes]:
    complaint, day = 1, acting.today
    approval = ApprovalDraft(sheets.approval_beginning(opened, complaint, acting), "建议受理。")
    made = {
        "登记表": sheets.intake_sheet(opened, complaint, acting),
        "领导批示单": sheets.approval_sheet(opened, complaint, approval, acting),
    }
    ruling = DecisionDraft("周敏", day, Ruling.ACCEPT, "请查清情况。")
    complaints.decide(opened, complaint, ruling, acting)
    told = AcceptanceDraft("监督检查科", None, day)
    acceptance = followups.tell_acceptance(opened, complaint, told, acting).value
    found = FindingDraft(day, CLERK, "职权目录确实没有公开。", Outcome.PROVEN, "责令限期公开。")
    complaints.record_finding(opened, complaint, found, acting)
    answer = AnswerDraft(found.facts, found.handling, day)
    result = complaints.answer(opened, complaint, answer, acting).value
    made["受理告知书"] = letters.pdf(opened, acceptance)
    made["办理结果告知书"] = letters.pdf(opened, result)
    made["今日要办"] = sheets.agenda_sheet(opened, acting)
    return made


#: The papers that must show who complained, the rare character with it.
NAMED = ("登记表", "受理告知书", "办理结果告知书")


def _look(trial: Trial, name: str, path: Path) -> int:
    """Open a paper as the preview does, keep a picture of its first page; returns its pages."""
    document = QPdfDocument(trial.application)
    try:
        if document.load(str(path)) is not QPdfDocument.Error.None_:
            raise Failed(f"{name} can not be opened")
        pages = document.pageCount()
        said = "".join(document.getAllText(page).text() for page in range(pages))
        if name in NAMED and NAME not in said:
            raise Failed(f"{name} does not show {NAME}")
        size = document.pagePointSize(0)
        height = round(PAGE_WIDTH * size.height() / size.width())
        picture = QImage(PAGE_WIDTH, height, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.drawImage(0, 0, document.render(0, picture.size()))
        painter.end()
        target = trial.kept / "pictures" / f"文书-{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(target)):
            raise Failed(f"the picture of {name} can not be written")
        trial.pictures.append(target.name)
        return pages
    finally:
        document.close()
        document.deleteLater()


def print_letter(trial: Trial) -> str:
    """Print a letter the way the window does, onto a file instead of paper."""
    document = QPdfDocument(trial.application)
    printed = QPdfDocument(trial.application)
    target = trial.folder / "打印.pdf"
    try:
        document.load(str(trial.kept / "letters" / "受理告知书.pdf"))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printing.prepare(printer, document)
        if not printing.print_document(printer, document):
            raise Failed("the printer could not be started")
        printed.load(str(target))
        if printed.pageCount() != document.pageCount():
            raise Failed(f"{document.pageCount()} pages became {printed.pageCount()}")
        wanted, size = document.pagePointSize(0), printed.pagePointSize(0)
        if abs(wanted.width() - size.width()) > 2 or abs(wanted.height() - size.height()) > 2:
            raise Failed(f"the paper came out {size.width():.0f} × {size.height():.0f} points")
        return f"{printed.pageCount()} 页，{size.width():.0f} × {size.height():.0f} 点"
    finally:
        for one in (document, printed):
            one.close()
            one.deleteLater()
