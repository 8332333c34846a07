"""Evidence that is a file of the complaint: chosen, opened from the case, listed to be printed."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.rules.complaints import Outcome, Ruling
from desktop.ui.common.fileview import FileView
from desktop.usecases import complaints
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from tests.ui.casefiles.conftest import CASE, TODAY, Desk
from tests.ui.complaints.conftest import DRAFT
from tests.ui.office_fixtures import ACTING


@pytest.fixture(name="case")
def _case(desk: Desk, tmp_path: Path) -> int:
    """A case from a complaint with a letter."""
    path = tmp_path / "刘芳来信.txt"
    path.write_text("来信的内容", encoding="utf-8")
    draft = replace(DRAFT, attachments=(str(path),))
    number = desk.ask(lambda o: complaints.register_complaint(o, draft, ACTING)).value
    accept = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)
    desk.ask(lambda o: complaints.decide(o, number, accept, ACTING))
    finding = FindingDraft(TODAY, "李堃", "确未公开。", Outcome.PROVEN, "已责令公开。")
    desk.ask(lambda o: complaints.record_finding(o, number, finding, ACTING))
    return desk.open_case(replace(CASE, complaint=number, day=TODAY))


def test_evidence_is_chosen_opened_and_listed(desk: Desk, case: int) -> None:
    assert case
    desk.tab.open_page("evidence")
    desk.settle()
    page = desk.tab.page
    assert page is not None
    (file,) = desk.view().materials
    page.form.set_values(
        {
            "name": "来信",
            "kind": "书证",
            "day": TODAY,
            "taken_by": "王敏、李堃",
            "linked": (file.id,),
        }
    )
    desk.click("casefiles.evidence.save")
    assert [f.id for f in desk.view().files_of(desk.view().evidence[0].id)] == [file.id]
    desk.tab.record.tabs.show_page("evidence")
    desk.settle()
    button = desk.find(f"casefiles.evidence.file.{file.id}")
    assert button.text() == "刘芳来信.txt（投诉附件）"

    def looks() -> int:
        sql = "SELECT count(*) FROM event WHERE action = 'complaint.reveal'"
        return desk.ask(lambda o: int(o.db.execute(sql).fetchone()[0]))

    before = looks()
    desk.click(f"casefiles.evidence.file.{file.id}")
    shown = desk.tab.letter
    assert isinstance(shown, FileView)
    assert "这次查看已留有记录" in " ".join(w.text() for w in shown.findChildren(QLabel))
    assert looks() == before + 1
    desk.tab._close_letter()
    desk.tab.record.next.choose("evidence_list")
    desk.settle()
    preview = desk.find("casefiles.letter.preview")
    desk.qtbot.waitUntil(lambda: preview.page_count() > 0)


def test_without_evidence_there_is_no_list(desk: Desk, case: int) -> None:
    assert case
    texts = desk.tab.record.next.menu_texts()
    assert "打印证据目录…（还没有登记证据。）" in texts
