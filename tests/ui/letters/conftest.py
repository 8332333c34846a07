"""The letter book on an office that has made a few letters, and a clerk's hands."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.complaints import ComplaintDraft, Identity, Outcome, PersonTyped, Ruling
from desktop.ui.context import Context
from desktop.usecases import answers, complaints, transfers
from desktop.usecases.answers import AnswerDraft
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.office import Office
from desktop.usecases.transfers import TransferDraft
from tests.tamper import outside
from tests.ui import desk
from tests.ui.office_fixtures import ACTING, NOW

T = TypeVar("T")
P = TypeVar("P", bound=QWidget)
TODAY = NOW.date()
NAME = "刘芳"


def register(office: Office) -> int:
    draft = ComplaintDraft(
        channel="letter",
        received=TODAY - timedelta(days=7),
        identity=Identity.REAL_NAME,
        complainants=(PersonTyped(NAME, "13900001234", "东关街道和平里 3 号"),),
        accused_unit=1,
        accused_person="张喆",
        grounds=("5",),
        subject="保障房分配结果迟迟不公开",
        text="市住房保障局上半年保障房分配结果，至今没有公开。",
        demands="尽快公开分配结果。",
    )
    return complaints.register_complaint(office, draft, ACTING).value


def transfer(office: Office) -> int:
    """Make a 转办函 to 市市场监督局 and return its id."""
    number = register(office)
    decision = DecisionDraft("周局长", TODAY, Ruling.TRANSFER, "同意", 2, "")
    complaints.decide(office, number, decision, ACTING)
    draft = TransferDraft("反映该局未公开分配结果。", "公开分配结果。", None, TODAY)
    return transfers.transfer(office, number, draft, ACTING).value


def answer(office: Office) -> int:
    """Make a 办理结果告知书, which names who complained, and return its id."""
    number = register(office)
    decision = DecisionDraft("周局长", TODAY, Ruling.ACCEPT, "同意", None, "")
    complaints.decide(office, number, decision, ACTING)
    found = FindingDraft(TODAY, "李堃、王敏", "确未公开。", Outcome.PROVEN, "责令公开。")
    complaints.record_finding(office, number, found, ACTING)
    draft = AnswerDraft("该局确未公开分配结果。", "已责令限期公开。", TODAY)
    return answers.answer(office, number, draft, ACTING).value


def many(office: Office, count: int) -> None:
    """Put so many letters into the book: entries of their own, one sheet for all."""
    transfer(office)
    columns = [column.name for column in office.db["letter"].columns]
    other = {"id": "id + ?", "serial": "serial + ?", "number": "replace(number, '〕1号', ?)"}
    chosen = ", ".join(other.get(name, f'"{name}"') for name in columns)
    for n in range(1, count):
        copied = f"INSERT INTO letter SELECT {chosen} FROM letter WHERE id = 1"
        outside(office.db, copied, [n, n, f"〕{n + 1}号"])
    outside(office.db, "UPDATE number_series SET last = ? WHERE series LIKE '%投转'", [count])


class Desk(desk.Desk):
    """A page of letters with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        super().__init__(qtbot, context)
        self.told: list[tuple[str, int, int]] = []
        context.tasks.progressed.connect(lambda *far: self.told.append(far))

    def show(self, page: P) -> P:
        """Show a page; a list reads the office anew whenever something changes."""
        reload = getattr(page, "reload", None)
        if reload is not None:
            self.context.tasks.changed.connect(reload)
        return super().show(page)

    def click(self, name: str) -> None:
        assert self.find(name).isEnabled(), name
        super().click(name)

    def write(self, name: str, text: str) -> None:
        """Type into an input, Chinese too."""
        field = self.find(name)
        field.setFocus()
        desk.commit(field, text)


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context) -> Iterator[Desk]:
    made = Desk(qtbot, context)
    yield made
    made.wait()
