"""A clerk's desk without a window: an office file and short words for what a clerk does."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.errors import StorageFault
from db.guards import record_tables
from db.keys import Cost, key_path, spare_path
from desktop import paths
from desktop.notices import load_templates
from desktop.rules.complaints import ComplaintDraft, Identity, Outcome, PersonTyped, Ruling
from desktop.rules.faults import Faults, NotPermitted
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import (
    answers,
    casefiles,
    casenotices,
    complaints,
    course,
    decisions,
    followups,
    founding,
    inquiry,
    letters,
    office,
    people,
    register,
    shelf,
    transfers,
    undoing,
    weighing,
)
from desktop.usecases.answers import AnswerDraft, InterimDraft, RefusalDraft
from desktop.usecases.casefiles import CaseDraft, PersonPart
from desktop.usecases.casenotices import HearingNoticeDraft, ReferralDraft
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.course import ArchiveDraft, PauseDraft, ProposalDraft, ResumeDraft
from desktop.usecases.decisions import DecisionLetterDraft, RectificationDraft, ServiceDraft
from desktop.usecases.followups import AcceptanceDraft, ChaseDraft, ExtensionDraft
from desktop.usecases.inquiry import EvidenceDraft, HearingDraft
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.register import ComplaintView
from desktop.usecases.rulebooks import load_library
from desktop.usecases.session import Session, unlock
from desktop.usecases.transfers import TransferDraft
from desktop.usecases.weighing import Conduct, DivisionDraft, SanctionDraft
from tests.pdftext import text_of

NOW = datetime(2026, 11, 20, 9, 30)
ACTING = Acting(1, "王敏", NOW)
TODAY = NOW.date()
#: What opens the offices of the tests; guessing it need not be dear.
PASSWORD = "qingfeng2026"
LIGHT = Cost(1, 8, 1)
ROLES = frozenset({Role.REGISTRAR, Role.ADMIN})
LIBRARY = load_library(paths.resources() / "rulebooks")
TEMPLATES = load_templates(paths.resources() / "letters")

#: The complainant; none of this may ever leave the office.
NAME, PHONE, ADDRESS = "钱多多", "13800001111", "文华路 12 号"
SECRETS = (NAME, PHONE, ADDRESS, "文华路12号")

UNITS = ("市住房保障局", "市市场监督局", "东关街道办事处")


def draft_office(
    complaint: str = "baoding", case: str = "baoding", assess: str = "baoding"
) -> OfficeDraft:
    return OfficeDraft(
        name="澄岳市政务公开领导小组办公室",
        letterhead="澄岳市政务公开领导小组办公室",
        mark="澄公开办",
        telephone="0300-5550101",
        address="澄岳市人民路 1 号",
        contact="王敏",
        clerks=(
            ClerkDraft("王敏", "登记员", ROLES, PASSWORD),
            ClerkDraft("李堃", "承办人", frozenset({Role.REGISTRAR}), PASSWORD),
        ),
        packs={
            System.COMPLAINTS: complaint,
            System.ACCOUNTABILITY: case,
            System.ASSESSMENT: assess,
        },
    )  # fmt: skip


def make(path: Path, draft: OfficeDraft) -> None:
    made = founding.create_office(path, draft, ACTING, LIGHT)
    for name in UNITS:
        people.save_unit(made, None, name, people.UNIT_KINDS[0], ACTING)
    made.close()


def copy_office(source: Path, target: Path) -> None:
    """Copy a closed office file with its keys."""
    for of in (Path, key_path, spare_path):
        shutil.copy(of(source), of(target))


def sit_down(path: Path) -> "Desk":
    opened = office.open_office(path, office_session(path))
    opened.library, opened.templates = LIBRARY, TEMPLATES
    return Desk(opened)


def office_session(path: Path, clerk: int = 1) -> Session:
    """Unlock an office of the tests for one of its users."""
    return unlock(path, clerk, PASSWORD)


def at(day: date) -> Acting:
    return Acting(1, "王敏", datetime(day.year, day.month, day.day, 9, 30))


@contextmanager
def faulty(*wanted: tuple[str, str]) -> Iterator[None]:
    """The action inside is refused for exactly these faults (field, code)."""
    with pytest.raises(Faults) as caught:
        yield
    assert [(f.field, f.code) for f in caught.value.faults] == list(wanted)


@contextmanager
def forbidden(code: str) -> Iterator[None]:
    """The step inside is not permitted, for this reason."""
    with pytest.raises(NotPermitted) as caught:
        yield
    assert caught.value.code == code


@contextmanager
def not_undoable() -> Iterator[None]:
    with pytest.raises(StorageFault) as caught:
        yield
    assert caught.value.code == "not_undoable"


@dataclass(repr=False)  # hypothesis would print the whole office
class Desk:
    """The office with a clerk at it; every step is dated today unless told otherwise."""

    office: Office

    # -- the register

    def draft(self, **change: Any) -> ComplaintDraft:
        book = self.office.book(System.COMPLAINTS)
        assert book is not None
        values: dict[str, Any] = {
            "channel": book.channels[0].id,
            "received": date(2026, 11, 16),
            "identity": Identity.REAL_NAME,
            "complainants": (PersonTyped(NAME, PHONE, ADDRESS),),
            "accused_unit": 1,
            "accused_person": "张喆",
            "grounds": tuple(g.id for g in book.grounds[:1]),
            "subject": "职权目录未公开",
            "text": f"我叫{NAME}，电话{PHONE}。该局未按规定公开职权目录。",
            "demands": "公开职权目录",
        }
        return ComplaintDraft(**{**values, **change})

    def register(self, acting: Acting = ACTING, **change: Any) -> int:
        return complaints.register_complaint(self.office, self.draft(**change), acting).value

    def anonymous(self, **change: Any) -> int:
        return self.register(identity=Identity.ANONYMOUS, complainants=(), **change)

    def decide(self, number: int, ruling: Ruling, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "leader": "周局",
            "day": acting.today,
            "ruling": ruling,
            "opinion": "同意",
            "receiver": 2 if ruling is Ruling.TRANSFER else None,
            "reason": "不属于本办公室职责" if ruling is Ruling.REFUSE else "",
        }
        draft = DecisionDraft(**{**values, **change})
        return complaints.decide(self.office, number, draft, acting).event

    def transfer(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "summary": "反映该局未按规定公开职权目录。",
            "demands": "公开职权目录",
            "reply_by": date(2026, 12, 4),
            "day": acting.today,
        }
        draft = TransferDraft(**{**values, **change})
        return transfers.transfer(self.office, number, draft, acting).value

    def refuse(self, number: int, acting: Acting = ACTING) -> int:
        draft = RefusalDraft("不属于本办公室职责。", "可以向市信访局反映。", acting.today)
        return answers.refuse(self.office, number, draft, acting).value

    def interim(self, number: int, acting: Acting = ACTING) -> int:
        draft = InterimDraft("正在调查。", "调查结束后书面告知。", None, acting.today)
        return answers.tell_progress(self.office, number, draft, acting).value

    def tell_acceptance(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {"handler": "监督检查科", "answer_by": None, "day": acting.today}
        draft = AcceptanceDraft(**{**values, **change})
        return followups.tell_acceptance(self.office, number, draft, acting).value

    def chase(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "reply_by": acting.today + timedelta(days=7),
            "consequence": "",
            "day": acting.today,
        }
        draft = ChaseDraft(**{**values, **change})
        return followups.chase(self.office, number, draft, acting).value

    def extend(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "reason": "需要逐笔核对登记台账",
            "approved_by": "周主任",
            "due": None,
            "new_due": acting.today + timedelta(days=21),
            "progress": "",
            "day": acting.today,
            "to": 1,
        }
        draft = ExtensionDraft(**{**values, **change})
        return followups.extend(self.office, number, draft, acting).value

    def find(
        self, number: int, outcome: Outcome = Outcome.PROVEN, acting: Acting = ACTING, **change: Any
    ) -> int:
        values: dict[str, Any] = {
            "day": acting.today,
            "investigators": "李堃、王敏",
            "facts": "该局职权目录确未公开。",
            "outcome": outcome,
            "handling": "责令限期公开。",
        }
        draft = FindingDraft(**{**values, **change})
        return complaints.record_finding(self.office, number, draft, acting).event

    def answer(self, number: int, acting: Acting = ACTING) -> int:
        draft = AnswerDraft("该局职权目录确未公开。", "已责令限期公开。", acting.today)
        return answers.answer(self.office, number, draft, acting).value

    def propose(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "ruling": Ruling.TRANSFER,
            "receiver": 2,
            "handler": "李堃",
            "text": "属于该局职权，建议转办。",
            "day": acting.today,
        }
        draft = ProposalDraft(**{**values, **change})
        return course.propose(self.office, number, draft, acting).event

    def pause(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "reason": "等待法院对同一事项的判决",
            "approved_by": "周局",
            "basis": "",
            "day": acting.today,
        }
        draft = PauseDraft(**{**values, **change})
        return course.pause(self.office, number, draft, acting).event

    def resume(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {"reason": "判决已经生效", "day": acting.today}
        return course.resume(self.office, number, ResumeDraft(**{**values, **change}), acting).event

    def archive(self, number: int, acting: Acting = ACTING, **change: Any) -> int:
        values: dict[str, Any] = {
            "volume": "WS·2026-Y-0001",
            "box": "3",
            "retention": "30年",
            "pages": "12",
            "person": acting.name,
            "day": acting.today,
        }
        return course.archive(
            self.office, number, ArchiveDraft(**{**values, **change}), acting
        ).event

    def undo_last(self, number: int, acting: Acting = ACTING, reason: str = "记错了") -> int:
        last = undoing.foresee(self.office, number, acting)
        return undoing.undo(self.office, number, last.event, reason, acting).event

    def close(self, number: int, acting: Acting = ACTING) -> int:
        return complaints.close(self.office, number, acting.today, "", acting).event

    def seen(self, number: int, today: date = TODAY) -> ComplaintView:
        return register.view(self.office, number, today)

    def proven(self, **change: Any) -> int:
        """Return a complaint found proven."""
        number = self.register(**change)
        self.decide(number, Ruling.ACCEPT)
        self.find(number)
        return number

    # -- the shelf

    def case_draft(self, **change: Any) -> CaseDraft:
        book = self.office.book(System.ACCOUNTABILITY)
        assert book is not None
        values: dict[str, Any] = {
            "unit": 1,
            "title": "市住房保障局职权目录未公开",
            "facts": "该局职权目录确未公开。",
            "situations": (book.situations[0].id,),
            "people": (
                PersonPart("张喆", "窗口科员", "handler"),
                PersonPart("赵建国", "副局长", "supervising_leader"),
            ),
            "day": TODAY,
        }
        return CaseDraft(**{**values, **change})

    def open_case(self, **change: Any) -> int:
        return casefiles.open_case(self.office, self.case_draft(**change), ACTING).value

    def case(self, case: int) -> shelf.CaseView:
        return shelf.view(self.office, case, TODAY)

    def evidence(self, case: int, by: str = "李堃、王敏", files: tuple[str, ...] = ()) -> int:
        draft = EvidenceDraft("职权目录公开栏照片", "书证", TODAY, by, "", files)
        return inquiry.add_evidence(self.office, case, draft, ACTING).event

    def notice(self, case: int, person: int, **change: Any) -> int:
        values: dict[str, Any] = {
            "person": person,
            "rung": "2",
            "proposed": ("给予通报批评",),
            "state_by": TODAY + timedelta(days=5),
            "way": "",
            "day": TODAY,
        }
        draft = HearingNoticeDraft(**{**values, **change})
        return casenotices.notify_hearing(self.office, case, draft, ACTING).value

    def withdraw_evidence(self, case: int, evidence: int, reason: str = "登记错了案卷") -> int:
        return inquiry.withdraw_evidence(self.office, case, evidence, reason, ACTING).event

    def withdraw_hearing(self, case: int, hearing: int, reason: str = "记错了人") -> int:
        return inquiry.withdraw_hearing(self.office, case, hearing, reason, ACTING).event

    def refer(self, case: int, **change: Any) -> int:
        waiting = [h for h in self.case(case).handovers if h.letter is None]
        values: dict[str, Any] = {
            "authority": waiting[0].authority if waiting else None,
            "receiver": "澄岳市纪委监委",
            "reason": "应当由你单位依照管理权限处理",
            "materials": ("决定书", "询问笔录"),
            "reply_by": None,
            "day": TODAY,
        }
        draft = ReferralDraft(**{**values, **change})
        return casenotices.refer(self.office, case, draft, ACTING).value

    def hear(self, case: int, person: int, **change: Any) -> int:
        values: dict[str, Any] = {
            "person": person,
            "day": TODAY,
            "place": "办公室",
            "recorder": "李堃",
            "waived": False,
            "statement": "工作疏忽。",
            "opinion": "予以考虑。",
        }
        draft = HearingDraft(**{**values, **change})
        return inquiry.hear(self.office, case, draft, ACTING).event

    def hear_all(self, case: int) -> None:
        for n, person in enumerate(self.case(case).people):
            waived = {"waived": True, "statement": "", "opinion": ""} if n else {}
            self.hear(case, person.id, **waived)

    def divide(self, case: int, how: str = "approved", **change: Any) -> int:
        """Fix each person's share as the table proposes, or liable where it is silent."""
        parts = tuple(
            Conduct(p.id, False, False, False, "", "", "") for p in self.case(case).people
        )
        asked = DivisionDraft(how, parts)
        proposals = weighing.propose_division(self.office, case, asked, TODAY)
        fixed = tuple(
            Conduct(
                p.person, False, False, False, "",
                proposals[n].bearing.share if proposals[n].bearing else "liable",
                "" if proposals[n].bearing else "文件没有区分",
            )
            for n, p in enumerate(parts)
        )  # fmt: skip
        return weighing.divide(self.office, case, DivisionDraft(how, fixed), ACTING).event

    def sanction(self, case: int, rung: str = "2", reason: str = "") -> int:
        proposed = shelf.proposed_measures(self.case(case), rung)
        draft = SanctionDraft(rung, tuple((p.person, p.measure.id) for p in proposed), reason)
        return weighing.choose_sanction(self.office, case, draft, ACTING).event

    def approve(self, case: int) -> int:
        return weighing.approve(self.office, case, "领导小组会议", TODAY, "", ACTING).event

    def ready(self, case: int, rung: str = "2") -> int:
        """Bring an opened case to where it can be decided."""
        self.evidence(case)
        self.hear_all(case)
        self.divide(case)
        self.sanction(case, rung)
        self.approve(case)
        return case

    def decide_case(self, case: int, rectify_by: date | None = None) -> int:
        draft = DecisionLetterDraft(TODAY, rectify_by)
        return decisions.decide(self.office, case, draft, ACTING).value

    def serve(self, case: int, letter: int) -> int:
        draft = ServiceDraft(letter, "市住房保障局", TODAY, "直接送达", "局办公室", "李堃", "孙丽")
        return decisions.serve(self.office, case, draft, ACTING).event

    def rectify(self, case: int, by: date = date(2026, 12, 4)) -> int:
        draft = RectificationDraft(("目录未公开",), ("公开目录",), by, TODAY)
        return decisions.demand_rectification(self.office, case, draft, ACTING).value

    def report(self, case: int) -> int:
        return decisions.receive_report(self.office, case, TODAY, "已公开。", (), ACTING).event

    def close_case(self, case: int, note: str = "") -> int:
        return decisions.close_case(self.office, case, TODAY, note, ACTING).event

    # -- everything

    def pdf_text(self, letter: int) -> str:
        """Return a letter's text as a reader would copy it, without blanks and line breaks."""
        return text_of(letters.pdf(self.office, letter))

    def count(self, table: str, where: str = "1") -> int:
        sql = f"SELECT count(*) FROM {table} WHERE {where}"
        return int(self.office.db.execute(sql).fetchone()[0])

    def last_event(self) -> int:
        return int(self.office.db.execute("SELECT max(seq) FROM event").fetchone()[0])

    def take_back(self, event: int | None = None) -> None:
        office.take_back(self.office, event or self.last_event(), ACTING)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every record as it stands, without revision and void rows, to compare."""
        found = {}
        for table in record_tables(self.office.db):
            if table == "number_series":
                continue
            names = [c.name for c in self.office.db[table].columns if c.name != "rev"]
            sql = f"SELECT {', '.join(names)} FROM {table} WHERE void = 0 ORDER BY id"
            found[table] = self.office.db.execute(sql).fetchall()
        return found


Make = Callable[..., Desk]
