"""The office's work in a self-test, without a window: an office, a complaint, its letters."""

from datetime import timedelta

import reportlab
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from desktop.rules.complaints import ComplaintDraft, Identity, Outcome, PersonTyped, Ruling
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.selftest.desk import acting, look_at, opened
from desktop.selftest.trial import CLERK, NAME, PASSWORD, Failed, Trial
from desktop.ui.common import printing
from desktop.usecases import (
    answers,
    complaints,
    followups,
    founding,
    letterbook,
    letters,
    people,
    register,
    sheets,
)
from desktop.usecases import office as offices
from desktop.usecases.answers import AnswerDraft
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.followups import AcceptanceDraft
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.sheets import ApprovalDraft

OFFICE = "自检单位政务公开办公室"
UNIT = "自检市住房保障局"
BODY = "该局没有按规定公开职权目录，公开栏一年没有更换。"

#: The papers that must show who complained, the rare character with it.
NAMED = ("登记表", "受理告知书", "办理结果告知书")


def make_office(trial: Trial) -> str:
    """Make an office with two units; its file must be unreadable without the password."""
    trial.office.parent.mkdir(parents=True)
    made = founding.create_office(trial.office, _draft(), acting(trial))
    try:
        for name in (UNIT, "自检市市场监管局"):
            people.save_unit(made, None, name, people.UNIT_KINDS[0], acting(trial))
        ((sqlite,),) = made.db.execute("SELECT sqlite_version()").fetchall()
        ((cipher,),) = made.db.execute("PRAGMA cipher_version").fetchall()
        trial.versions.update(SQLite=sqlite, SQLCipher=cipher, ReportLab=reportlab.__version__)
    finally:
        made.close()
    content = trial.office.read_bytes()
    if content.startswith(b"SQLite format") or UNIT.encode() in content:
        raise Failed("the office file can be read without a password")
    return f"{OFFICE}，{len(content)} 字节，已加密"


def _draft() -> OfficeDraft:
    places = offices.read_library().places()
    packs = {
        system: next(book.id for book in places if book.offers(system)) for system in offices.CHOSEN
    }
    roles = frozenset({Role.REGISTRAR, Role.ADMIN})
    return OfficeDraft(
        name=OFFICE,
        letterhead=OFFICE,
        mark="自检公开办",
        telephone="0300-5550101",
        address="自检市人民路 1 号",
        contact=CLERK,
        clerks=(ClerkDraft(CLERK, "登记员", roles, PASSWORD),),
        packs=packs,
    )


def register_complaint(trial: Trial) -> str:
    """Register what somebody with a rare name complains of, and read it back."""
    with opened(trial) as office:
        book = office.book(System.COMPLAINTS)
        if book is None:
            raise Failed("the office has no rulebook for complaints")
        draft = ComplaintDraft(
            channel=book.channels[0].id,
            received=acting(trial).today - timedelta(days=1),
            identity=Identity.REAL_NAME,
            complainants=(PersonTyped(NAME, "13800001111", "文华路 12 号"),),
            accused_unit=1,
            accused_person="",
            grounds=tuple(ground.id for ground in book.grounds[:1]),
            subject="职权目录没有公开",
            text=BODY,
            demands="公开职权目录。",
        )
        complaint = complaints.register_complaint(office, draft, acting(trial)).value
        (who,) = register.complainants(office, complaint)
        if who.name != NAME:
            raise Failed(f"the name came back as {who.name!r}")
        seen = register.view(office, complaint, acting(trial).today)
        return f"{seen.complaint.number}，{who.name}"


def make_letters(trial: Trial) -> str:
    """Deal with the complaint to its answer, keep every paper of it, and read the papers again."""
    with opened(trial) as office:
        made = _papers(office, acting(trial))
        used = {name for row in letterbook.book(office) for name in letters.fonts(row.letter)}
    trial.fonts["文书"] = "、".join(sorted(used))
    for name, pdf in made.items():
        said = look_at(trial, name, trial.keep_letter(name, pdf))
        if name in NAMED and NAME not in said:
            raise Failed(f"{name} does not show {NAME}")
    return f"{len(made)} 份：{'、'.join(made)}"


def _papers(office: Office, who: Acting) -> dict[str, bytes]:
    complaint, day = 1, who.today
    start = sheets.approval_beginning(office, complaint, who)
    approval = ApprovalDraft(start.summary, "建议受理。")
    made = {
        "登记表": sheets.intake_sheet(office, complaint, who),
        "领导批示单": sheets.approval_sheet(office, complaint, approval, who),
    }
    ruling = DecisionDraft("周敏", day, Ruling.ACCEPT, "请查清情况。")
    complaints.decide(office, complaint, ruling, who)
    told = AcceptanceDraft("监督检查科", None, day)
    acceptance = followups.tell_acceptance(office, complaint, told, who).value
    found = FindingDraft(day, CLERK, "职权目录确实没有公开。", Outcome.PROVEN, "责令限期公开。")
    complaints.record_finding(office, complaint, found, who)
    answer = AnswerDraft(found.facts, found.handling, day)
    result = answers.answer(office, complaint, answer, who).value
    made["受理告知书"] = letters.pdf(office, acceptance)
    made["办理结果告知书"] = letters.pdf(office, result)
    made["今日要办"] = sheets.agenda_sheet(office, who)
    return made


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
