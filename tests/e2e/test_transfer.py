"""A matter that comes back from the unit it was passed to, and a clerk who must withdraw."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.common.pills import Pill
from desktop.ui.complaints.tab import ComplaintsTab
from desktop.usecases.register import ComplaintView
from tests.e2e import line
from tests.e2e.hand import Hand, Lost
from tests.ui.office_fixtures import make_office, session


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    make_office(path)
    return path


def _open(hand: Hand, path: Path, clerk: int = 1) -> None:
    hand.window.open_office(path, session(path, clerk))
    hand.until(hand.window.ready, "the office")
    hand.rest()


def _tab(hand: Hand) -> ComplaintsTab:
    tab = hand.window.tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    return tab


def _view(hand: Hand) -> ComplaintView:
    view = _tab(hand).record.view
    assert view is not None
    return view


def _words(widget: QWidget) -> str:
    seen = [*widget.findChildren(QLabel), *widget.findChildren(Pill)]
    return " ".join(w.text() for w in seen if w.isVisible())


def _register(hand: Hand) -> None:
    line.register_simple(
        hand, "刘堃", "市住房保障局", "分配名单没有公开", "上半年的分配名单至今没有公开。"
    )


def test_a_transfer_that_comes_back_goes_on_to_its_end(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _register(hand)
    line.decide(hand, "转办", refused=True, receiver="市住房保障局")
    line.stays(hand, "receiver", "不能转给被投诉的单位")
    hand.write("receiver", "市市场监督局")
    hand.save()
    line.transfer_to(hand, contact="孙丽")
    line.chase(hand)
    line.chase(hand)
    assert "已催办 2 次" in _words(_tab(hand).record)
    line.send_back(hand, "市监函〔2026〕9号")
    view = _view(hand)
    assert view.state == "returned"
    assert "市市场监督局 2026-11-20 退回" in _words(_tab(hand).record)
    line.decide(hand, "改转其他单位", receiver="东关街道办事处")
    line.transfer_to(hand)
    assert "东关街道办事处" in _list_cells(hand)
    shown = _tab(hand).list.columns_menu()
    receiver = next(a for a in shown.actions() if a.text() == "承办单位")
    assert receiver.isChecked()  # chosen, though a narrow list may have no room for it
    line.reply(hand, "东关办函〔2026〕3号")
    line.answer(hand)
    line.close(hand)
    view = _view(hand)
    assert [s.step for s in view.steps] == [
        "register", "decide", "transfer", "chase", "chase", "object", "decide", "transfer",
        "find", "answer", "close",
    ]  # fmt: skip
    hand.record_tab("steps")
    said = _words(_tab(hand).record)
    for words in (
        "转办（已退回）",
        "来文 市监函〔2026〕9号",
        "来文 东关办函〔2026〕3号",
        "第 2 次",
    ):
        assert words in said, words


def _list_cells(hand: Hand) -> list[str]:
    model = _tab(hand).list.model()
    assert model is not None
    return [str(model.index(0, n).data()) for n in range(model.columnCount())]


def test_the_leader_upholds_it_and_the_letter_says_why(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _register(hand)
    line.decide(hand, "转办", receiver="市市场监督局")
    line.transfer_to(hand)
    line.send_back(hand, "")
    line.decide(hand, "维持转办", reason="三定方案把这一项列入该局职责。")
    line.begin(hand)
    assert "维持转办" in _words(hand.form())
    hand.pause(0.6)
    hand.save()
    line.leave_letter(hand)
    assert _view(hand).letters[-1].addressee == "市市场监督局"


def test_who_withdrew_is_refused_and_told_why(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _register(hand)
    line.name_handler(hand, "张喆")
    line.withdraw(hand, "张喆", "与被投诉单位的负责人是近亲属。")
    hand.click("complaints.handlers.handler")
    hand.write("name", "张喆")
    hand.press_save()
    line.stays(hand, "name", "已登记回避")
    line.drop_page(hand)
    line.withdraw(hand, "李堃", "与被投诉的人是邻居。")
    number = _view(hand).complaint.number
    hand.window._close_office()
    _open(hand, office, 2)
    hand.window.show_tab("complaints")
    hand.rest()
    view = _view(hand)
    assert view.withdrawn
    said = _words(_tab(hand).record)
    assert f"您已登记回避，不能办理 {number}" in said
    assert "您须回避" in said
    for key in ("complaints.next", "complaints.links.link"):
        hand.record_tab("links")
        assert not hand.see(key).isEnabled(), key
    with pytest.raises(Lost):
        hand.menu("complaints.more", "告知办理情况")
