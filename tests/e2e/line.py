"""The office's main job from start to finish, done by hand in the real window.

Each function is one stretch of a clerk's work; the demo runs them all, the end-to-end tests too.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.e2e.hand import CTRL, Hand

K = Qt.Key

#: A small scan, so that a complaint can have an attachment.
SCAN = b"%PDF-1.4\n% scan\n"


def open_the_sample(hand: Hand) -> None:
    """The first page, then the sample office."""
    hand.pause(0.2)
    hand.picture("welcome")
    hand.window.open_sample()
    hand.until(hand.window.ready, "the sample office")
    hand.rest()
    hand.picture("today")


def _begin(hand: Hand) -> None:
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)


def register_with_faults(hand: Hand, folder: Path) -> None:
    """A real-name letter; saved too early once, so that the faults are seen and nothing is lost."""
    _begin(hand)
    hand.choose("channel", "信函")
    hand.write("received", "今天")
    hand.tick("identity", "实名")
    hand.write_cell("complainants", 0, "name", "单堃")
    hand.press_save()
    hand.picture("complaint-register-faults")
    assert hand.form().faults()["subject"]
    hand.write_cell("complainants", 0, "phone", "13803005566")
    hand.write_cell("complainants", 0, "address", "澄岳市柳荫巷 6 号")
    hand.write("accused_unit", "澄岳市住房保障局")
    hand.write("accused_person", "周明𬱖")
    hand.tick("grounds", "时间")
    hand.write("subject", "公租房轮候结果逾期没有公开")
    hand.write(
        "text",
        "今年第三季度公租房轮候结果应当在 10 月 20 日前公布，至今公开栏和网站都没有。"
        "窗口只说“还在核对”，没有说明什么时候公布。",
    )
    scan = folder / "来信扫描件.pdf"
    scan.write_bytes(SCAN)
    files: Any = hand.form().editor("attachments")
    files.add([scan])
    hand.picture("complaint-register")
    hand.save()


def register_simple(hand: Hand, name: str, unit: str, subject: str, text: str) -> None:
    """A complaint by telephone."""
    _begin(hand)
    hand.choose("channel", "电话")
    hand.write("received", "今天")
    hand.tick("identity", "实名")
    hand.write_cell("complainants", 0, "name", name)
    hand.write_cell("complainants", 0, "phone", "13803007788")
    hand.write("accused_unit", unit)
    hand.tick("grounds", "目录")
    hand.write("subject", subject)
    hand.write("text", text)
    hand.save()


def see_why(hand: Hand) -> None:
    """为什么是这一天: the counted days one by one."""
    hand.press_link("实名举报书面告知为什么是这一天？")
    hand.picture("complaint-why")
    hand.press_link("实名举报书面告知为什么是这一天？")


def _next(hand: Hand, tab: str) -> None:
    button = hand.see(f"{tab}.next")
    button.setFocus()
    QTest.keyClick(button, K.Key_Space)
    hand.rest()


def print_the_approval_sheet(hand: Hand) -> None:
    """领导批示单: what the leader writes on, without who complained."""
    hand.click("complaints.second")
    hand.write("proposal", "建议受理，由办公室组织调查。")
    hand.pause(1.0)
    hand.picture("complaint-approval-sheet")
    hand.key(K.Key_Escape)
    if hand.page_stays():
        hand.press_link("放弃")


def decide(hand: Hand, ruling: str, *, refused: bool = False, **more: str) -> None:
    """The leader's decision, typed back from paper; `refused`: it is not kept."""
    _next(hand, "complaints")
    hand.write("leader", "陈守正")
    hand.write("day", "今天")
    hand.tick("ruling", ruling)
    for key, text in more.items():
        hand.write(key, text)
    hand.picture(
        f"complaint-decide-{ {'受理': 'accept', '转办': 'transfer'}.get(ruling, 'refuse') }"
    )
    if refused:
        hand.press_save()
    else:
        hand.save()


def transfer(hand: Hand) -> None:
    """转办函: what leaves is seen first; a name in it is refused."""
    _next(hand, "complaints")
    summary = hand.form().editor("summary").value()
    hand.write("summary", f"单立新反映：{summary}")
    hand.press_save()
    assert "泄露" in hand.form().faults()["summary"]
    hand.picture("complaint-transfer-refused")
    hand.write("summary", str(summary))
    hand.write("reply_by", "12-04")
    hand.pause(1.2)
    hand.picture("complaint-transfer")
    hand.save()
    _leave_letter(hand, "complaint-letter")


def _leave_letter(hand: Hand, picture: str = "") -> None:
    """A letter that was made is shown to be printed; Esc goes on."""
    hand.pause(0.3)
    if picture:
        hand.picture(picture)
    hand.key(K.Key_Escape)


def tell_progress(hand: Hand) -> None:
    """办理情况告知书: the written word while the matter goes on."""
    hand.menu("complaints.more", "告知办理情况")
    hand.write("progress", "您反映的问题已转请有关单位调查核实。")
    hand.write("next_step", "收到回复后将书面告知您办理结果。")
    hand.pause(1.2)
    hand.picture("complaint-interim")
    hand.save()
    _leave_letter(hand)


def tell_acceptance(hand: Hand) -> None:
    """受理告知书."""
    hand.menu("complaints.more", "告知受理")
    hand.pause(1.0)
    hand.picture("complaint-acceptance")
    hand.save()
    _leave_letter(hand)


def extend(hand: Hand) -> None:
    """延期告知书: why it takes longer and until when."""
    hand.menu("complaints.more", "告知延期")
    hand.write("reason", "需要向有关单位调取历史资料，调查工作量较大。")
    hand.write("approved_by", "陈守正")
    hand.write("new_due", "12-18")
    hand.pause(1.0)
    hand.picture("complaint-extension")
    hand.save()
    _leave_letter(hand)


def propose(hand: Hand) -> None:
    """拟办: what the clerk proposes before the leader decides."""
    hand.click("complaints.proposal")
    hand.tick("ruling", "拟受理")
    hand.write("handler", "李堃")
    hand.write("text", "反映的问题属于受理范围，建议组织调查。")
    hand.picture("complaint-propose")
    hand.save()
    hand.picture("complaint-proposed")


def pause_and_resume(hand: Hand) -> None:
    """中止办理, and 恢复办理: the clocks rest and go on."""
    hand.menu("complaints.more", "中止办理")
    hand.write("reason", "等待人民法院对同一事项作出判决")
    hand.write("approved_by", "陈守正")
    hand.pause(1.0)
    hand.picture("complaint-pause")
    hand.save()
    _leave_letter(hand)
    hand.picture("complaint-paused")
    _next(hand, "complaints")
    hand.write("reason", "判决已经生效")
    hand.pause(1.0)
    hand.picture("complaint-resume")
    hand.save()
    _leave_letter(hand)


def close_and_file(hand: Hand) -> None:
    """办结 and 归档; a filing is taken back with a reason and made anew; 卷内目录."""
    _next(hand, "complaints")
    hand.save()
    for volume, last in (("ZWGK-TS·2026-D30-0088", False), ("ZWGK-TS·2026-D30-0089", True)):
        _next(hand, "complaints")
        hand.write("volume", volume)
        hand.write("retention", "30年")
        hand.write("pages", "6")
        hand.picture("complaint-archive")
        hand.save()
        if last:
            break
        hand.menu("complaints.more", "撤销上一步")
        hand.write("reason", "卷号写错")
        hand.picture("complaint-undo")
        hand.save()
    hand.picture("complaint-archived")
    hand.menu("complaints.more", "打印卷内目录")
    hand.pause(0.5)
    hand.picture("complaint-contents")
    hand.key(K.Key_Escape)


def begin(hand: Hand) -> None:
    """Open the page of the next step."""
    _next(hand, "complaints")


def leave_letter(hand: Hand) -> None:
    """A letter that was made is shown; Esc goes on."""
    _leave_letter(hand)


def stays(hand: Hand, key: str, words: str) -> None:
    """The page was not saved, and says so under this field."""
    said = hand.form().faults()[key]
    assert words in said, said


def drop_page(hand: Hand) -> None:
    """Leave a page without saving."""
    hand.key(K.Key_Escape)
    if hand.page_stays():
        hand.press_link("放弃")


def transfer_to(hand: Hand, **more: str) -> None:
    """转办函 as it is proposed."""
    _next(hand, "complaints")
    for key, text in more.items():
        hand.write(key, text)
    hand.pause(0.6)
    hand.picture("complaint-transfer-again")
    hand.save()
    _leave_letter(hand)


def send_back(hand: Hand, paper: str) -> None:
    """承办单位退回: not its own matter; the leader decides anew."""
    hand.menu("complaints.more", "记录承办单位退回")
    hand.write("paper", paper)
    hand.write("reason", "所反映的事项不属于本单位职责。")
    hand.picture("complaint-object")
    hand.save()
    hand.picture("complaint-returned")


def reply(hand: Hand, paper: str) -> None:
    """What the receiver found, by its own letter."""
    _next(hand, "complaints")
    hand.write("facts", "经查，该局没有按时公开名单。")
    hand.tick("outcome", "属实")
    hand.write("handling", "已责成该局公开名单。")
    hand.write("paper", paper)
    hand.picture("complaint-reply")
    hand.save()


def answer(hand: Hand) -> None:
    """办理结果告知书 as it is proposed."""
    _next(hand, "complaints")
    hand.pause(0.6)
    hand.save()
    _leave_letter(hand)


def close(hand: Hand) -> None:
    """办结, nobody was asked how satisfied they are."""
    _next(hand, "complaints")
    hand.picture("complaint-close")
    hand.save()


def name_handler(hand: Hand, name: str) -> None:
    """指定承办人, from the record."""
    hand.record_tab("handlers")
    hand.click("complaints.handlers.handler")
    hand.write("name", name)
    hand.picture("complaint-handler")
    hand.save()


def withdraw(hand: Hand, name: str, reason: str) -> None:
    """登记回避, from the record."""
    hand.record_tab("handlers")
    hand.click("complaints.handlers.recusal")
    hand.write("name", name)
    hand.tick("relation", "被投诉单位")
    hand.write("reason", reason)
    hand.write("decided_by", "陈守正")
    hand.picture("complaint-recusal")
    hand.save()
    hand.picture("complaint-handlers")


def chase(hand: Hand) -> None:
    """催办函 to the unit that was asked to reply."""
    hand.menu("complaints.more", "催办")
    hand.write("reply_by", "12-11")
    hand.pause(1.0)
    hand.picture("complaint-chase")
    hand.save()
    _leave_letter(hand)


def refuse(hand: Hand) -> None:
    """不予受理告知书."""
    _next(hand, "complaints")
    hand.write("channel_hint", "可以向劳动人事争议仲裁机构申请仲裁。")
    hand.pause(1.2)
    hand.picture("complaint-refuse")
    hand.save()
    _leave_letter(hand)


def find_and_answer(hand: Hand) -> None:
    """Findings, then the answer."""
    _next(hand, "complaints")
    hand.write("day", "今天")
    hand.write("investigators", "李堃、沈卫东")
    hand.write(
        "facts",
        "经查，第三季度轮候结果于 10 月 12 日审定，因经办人员未及时上传，逾期一个月没有公开。",
    )
    hand.tick("outcome", "属实")
    hand.write("handling", "已责成该单位当日公开轮候结果，并向申请人说明情况。")
    hand.picture("complaint-find")
    hand.save()
    _next(hand, "complaints")
    hand.pause(1.2)
    hand.picture("complaint-answer")
    hand.save()
    _leave_letter(hand)
    hand.picture("complaint-answered")


def open_case(hand: Hand) -> None:
    """From the proven complaint to a case file, facts carried over."""
    hand.menu("complaints.more", "转入责任追究")
    hand.until(lambda: bool(hand.form().values()), "the opening page")
    hand.write_in(hand.see("casefiles.situations.filter"), "时间要求")
    hand.click("casefiles.situation.6.1")
    rows: Any = hand.form().editor("people")
    for at, (name, post, role) in enumerate(
        (("周明𬱖", "窗口工作人员", "承办人"), ("解文博", "副局长", "主管领导"))
    ):
        hand.write_cell("people", at, "name", name)
        hand.write_cell("people", at, "post", post)
        hand.choose_in(rows.cell(at, "role").target(), role)
    hand.picture("case-open")
    hand.save()
    hand.picture("case-opened")


def take_evidence(hand: Hand) -> None:
    """Two pieces of evidence by two investigators."""
    for name, kind in (("网站公开栏目截图", "电子数据"), ("对周明𬱖的询问笔录", "询问笔录")):
        hand.see("casefiles.gate").chosen.emit("evidence")
        hand.rest()
        hand.write("name", name)
        hand.choose("kind", kind)
        hand.write("day", "今天")
        hand.write("taken_by", "李堃、沈卫东")
        hand.picture("case-evidence")
        hand.save()


def decide_too_early(hand: Hand) -> None:
    """A decision before the hearing is refused, with what is missing."""
    tab: Any = hand.window.tab("casefiles")
    tab.record.next.chosen.emit("decide")
    hand.rest()
    hand.pause(0.8)
    hand.press_save()
    assert "陈述" in tab.page.form.bar.text() + tab.page.bar.text()
    hand.picture("case-decide-refused")
    hand.key(K.Key_Escape)
    hand.key(K.Key_Escape)


def tell_the_right_to_be_heard(hand: Hand) -> None:
    """陈述申辩告知书 for the first person."""
    hand.menu("casefiles.more", "告知陈述申辩权利")
    hand.choose("rung", "情节严重")
    hand.write("state_by", "11-27")
    hand.pause(1.0)
    hand.picture("case-notice")
    hand.save()


def hear(hand: Hand) -> None:
    """Statement and defence of each person."""
    for said, opinion in (
        ("因系统升级上传失败，没有及时重传。", "系统升级不能免除按期公开的责任，不予采纳。"),
        ("没有发现逾期，愿意承担责任。", "态度诚恳，予以考虑。"),
    ):
        _next(hand, "casefiles")
        hand.write("day", "今天")
        hand.write("recorder", "李堃")
        hand.write("statement", said)
        hand.write("opinion", opinion)
        hand.picture("case-hearing")
        hand.save()


def divide(hand: Hand) -> None:
    """Responsibility by the table: approved by the leader, so primary and secondary."""
    _next(hand, "casefiles")
    hand.tick("approval", "经主管领导")
    hand.pause(0.5)
    hand.rest()
    hand.picture("case-division")
    hand.save()


def sanction(hand: Hand) -> None:
    """The third rung of the ladder, as proposed; then the approval."""
    _next(hand, "casefiles")
    hand.click("casefiles.rung.3")
    hand.pause(0.3)
    hand.picture("case-sanction")
    hand.save()
    _next(hand, "casefiles")
    hand.write("by", "领导小组办公室集体研究，陈守正批准")
    hand.write("day", "今天")
    hand.picture("case-approval")
    hand.save()


def decide_case(hand: Hand) -> None:
    """The written decision, seen as it prints before it is final."""
    _next(hand, "casefiles")
    hand.write("day", "今天")
    hand.write_cell("copied_to", 0, "name", "澄岳市纪委监委机关")
    hand.pause(1.2)
    hand.picture("case-decide")
    hand.save()
    hand.picture("case-decided")


def serve(hand: Hand) -> None:
    """送达回证 printed, then the service recorded."""
    _next(hand, "casefiles")
    hand.write("day", "今天")
    hand.choose("way", "直接送达")
    hand.write("server", "李堃")
    hand.write("receiver", "解文博")
    hand.pause(1.0)
    hand.picture("case-service")
    hand.save()


def refer(hand: Hand) -> None:
    """移送函 to the authority that alone may decide on posts."""
    hand.menu("casefiles.more", "移送")
    hand.write("receiver", "中共澄岳市委组织部")
    hand.pause(1.0)
    hand.picture("case-referral")
    hand.save()


def rectify_and_close(hand: Hand) -> None:
    """限期整改通知书, the report, the closing."""
    _next(hand, "casefiles")
    hand.write_cell("problems", 0, "text", "公租房轮候结果逾期没有公开")
    hand.write_cell("requirements", 0, "text", "建立按期公开台账，明确专人负责")
    hand.write("day", "今天")
    hand.write("rectify_by", "12-15")
    hand.pause(1.2)
    hand.picture("case-rectify")
    hand.save()
    _next(hand, "casefiles")
    hand.write("day", "今天")
    hand.write("report", "已公开轮候结果，建立台账，对有关人员进行了教育。")
    hand.picture("case-report")
    hand.save()
    _next(hand, "casefiles")
    hand.write("note", "整改到位，归档。")
    hand.picture("case-close")
    hand.save()
    hand.picture("case-closed")


def assess(hand: Hand) -> None:
    """A year-end round over five units: own points, scores as in a spreadsheet, grades, letters."""
    hand.window.show_tab("assessments")
    hand.rest()
    hand.picture("assessment")
    hand.key(K.Key_N, CTRL)
    hand.choose("kind", "年终考核")
    form = hand.form()
    hand.click("assessments.round.units.none")
    for unit in ASSESSED:
        hand.tick("units", unit)
    for key, points in zip(
        (k for k in form.values() if k.startswith("block.")),
        ("20", "10", "30", "25", "15"),
        strict=True,
    ):
        hand.write(key, points)
    for key, floor in zip(
        (k for k in form.values() if k.startswith("grade.")), ("90", "80", "60"), strict=False
    ):
        hand.write(key, floor)
    hand.picture("assessment-new")
    hand.save()
    _score(hand)
    _grade(hand)


ASSESSED = ("住房保障局", "市场监督局", "交通运输局", "自来水公司", "第一人民医院")


def find_and_bind(hand: Hand) -> None:
    """What is searched for is marked; several are selected; the register is printed and bound."""
    window: Any = hand.window
    window.show_tab("complaints")
    hand.rest()
    tab: Any = window.tab("complaints")
    tab.filters.choose("all")
    tab.reload()
    hand.rest()
    tab.search.setText("公开栏")
    hand.pause(0.3)
    hand.rest()
    hand.picture("complaint-search")
    tab.search.clear()
    hand.pause(0.3)
    hand.rest()
    tab.list.setFocus()
    hand.key(K.Key_A, CTRL)
    hand.picture("complaint-many")
    tab.prints.print_papers("approval")
    hand.rest()
    hand.picture("complaint-many-sheets")
    hand.key(K.Key_Escape)
    tab.list.selectRow(0)
    hand.rest()
    tab.pane.book_action.trigger()
    hand.rest()
    hand.picture("register-book")
    hand.key(K.Key_Return, CTRL)
    hand.pause(0.5)
    hand.rest()
    hand.picture("register-book-view")
    hand.press_link("记为成册")
    hand.rest()
    hand.key(K.Key_Escape)


def letter_book(hand: Hand) -> None:
    """The book of letters: a seal registered, a number reserved and made void, the pages."""
    hand.window.show_page("letters")
    hand.rest()
    hand.pause(0.4)
    hand.picture("letter-book")
    steps: Any = hand.see("letters.steps")
    steps.chosen.emit("seal")
    hand.rest()
    hand.write("day", "今天")
    hand.write("approved_by", "陈守正")
    hand.write("sealed_by", "王敏")
    hand.write("copies", "2")
    hand.picture("letter-seal")
    hand.save()
    hand.click("letters.reserve")
    hand.choose("kind", "转办函")
    hand.write("reason", "已在纸上占用")
    hand.save()
    hand.click("letters.check")
    hand.picture("letter-gaps")
    hand.click("letters.gaps.back")
    for key in ("templates", "codes", "testpage"):
        hand.window.show_page(key)
        hand.rest()
        hand.pause(0.8)
        hand.picture(f"page-{key}")


SCORES = (
    ("19", "9", "28", "23", "14"),
    ("17", "8", "26", "21", "13"),
    ("16", "8", "24", "20", "12"),
    ("14", "7", "20", "17.5", "11"),
    ("11", "5", "15", "13", "8"),
)


def _score(hand: Hand) -> None:
    hand.click("assessments.score")
    grid = hand.see("assessments.grid")
    grid.setFocus()
    grid.go(0, 0)
    for column in range(5):
        grid.go(0, column)
        for row in range(5):
            text = SCORES[row][column]
            QTest.keyClicks(grid, text[:1])
            editor = grid.viewport().findChildren(QLineEdit)[-1]
            QTest.keyClicks(editor, text[1:])
            if (row, column) == (2, 2):
                hand.picture("assessment-scoring")
            QTest.keyClick(editor, K.Key_Return)
        hand.rest()
    hand.click("assessments.grid.save")
    hand.click("assessments.grid.back")


def _grade(hand: Hand) -> None:
    tab: Any = hand.window.tab("assessments")
    hand.rest()
    for at, row in enumerate(hand.see("assessments.list").model().rows()):
        tab.overview.select(row.unit.id)
        hand.rest()
        _next(hand, "assessments")
        hand.pause(0.8)
        if at == 0:
            hand.picture("assessment-grade")
        hand.click("assessments.grade.save")
        hand.click("assessments.letter.back")
    hand.rest()
    hand.picture("assessment-graded")


def offer_case(hand: Hand) -> None:
    """A unit graded 差 offers to open a case."""
    _next(hand, "assessments")
    hand.picture("assessment-case")
    hand.key(K.Key_Escape)
