"""The demonstration: the whole line offscreen through the real window, with everything it leaves.

``python -m tests.e2e.demo OUT`` leaves ``OUT/letters``, ``OUT/forms``, ``OUT/screens``,
``OUT/office.db`` and ``OUT/summary.json``. A failed step makes the command fail.
"""

import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from db.queries import office as queries
from desktop.app import Places, Program
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme
from desktop.usecases import lettermail, letterprints, letters, recovery, registerbook, sheets
from desktop.usecases import office as offices
from desktop.usecases.registerbook import BookDraft, Span
from desktop.usecases.sample import SAMPLE_PASSWORD
from desktop.usecases.session import unlock
from desktop.usecases.sheets import ApprovalDraft
from tests.e2e import apart, books, door, line
from tests.e2e.hand import Hand

#: The demonstration plays on this day, so that its pictures and letters are the same every time.
DAY = datetime(2026, 11, 20, 9, 5)

ACTING = offices.Acting(1, "王敏", DAY)

PAGES = ("settings", "people", "calendar", "rules", "users", "about")
TABS = ("today", "complaints", "casefiles", "assessments")


class Show:
    """One run of the demonstration into a folder."""

    def __init__(self, out: Path) -> None:
        """Prepare the folder; what an earlier run left there goes."""
        self.out = out
        for name in ("letters", "forms", "screens", "own"):
            shutil.rmtree(out / name, ignore_errors=True)
            (out / name).mkdir(parents=True)
        for old in out.glob("office*"):
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink()
        self.steps: list[dict[str, object]] = []
        self.errors: list[BaseException] = []
        own = out / "own"
        where = Places(own / "settings.ini", own / "log.txt", out / "office.db")
        self.program = Program(application(), where, lambda: DAY)
        sys.excepthook = self._unexpected
        self.hand = Hand(self.program.window, out / "screens")

    def _unexpected(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.errors.append(error)

    def step(self, name: str, work: Callable[[], object]) -> None:
        """Do one stretch of work and note how long it took.

        Raises:
            Exception: whatever went wrong in it, on the worker too.
        """
        begun = time.perf_counter()
        work()
        if self.errors:
            raise self.errors[0]
        took = round(time.perf_counter() - begun, 3)
        self.steps.append({"step": name, "seconds": took, "said": self.hand.said()})
        print(f"{took:7.2f} s  {name}", flush=True)

    def run(self) -> None:
        """Do everything and write the summary."""
        hand, window = self.hand, self.program.window
        window.resize(1366, 768)
        window.show()
        self.step("新建本单位、做恢复单、添加用户、锁定、换人登录", lambda: self._doors(hand))
        self.step("打开示例单位", lambda: line.open_the_sample(hand))
        self._complaints(hand)
        self._case(hand)
        self.step("考核评分、定档、出通知书", lambda: line.assess(hand))
        self.step("评为差的单位提出立案", lambda: line.offer_case(hand))
        self.step("发文登记簿、模板、二维码、测试页", lambda: line.letter_book(hand))
        self.step("查找、选中几件、打印登记簿", lambda: line.find_and_bind(hand))
        self.step("今日和各页面", lambda: self._pages(hand))
        self.step("深色和大字号", lambda: self._looks(hand))
        self.step("关闭", self._close)
        self.step("取出公文和表格", self._papers)

    def _doors(self, hand: Hand) -> None:
        path = self.out / "own" / "qinghe.db"
        door.make_office(hand, path)
        door.make_the_sheet(hand, path)
        door.add_a_user(hand)
        apart.file_outcomes(hand)
        door.lock_and_go_on(hand)
        door.change_user(hand, "沈卫东", door.COLLEAGUES)
        self.program.window._close_office()

    def _complaints(self, hand: Hand) -> None:
        own = self.out / "own"
        self.step("登记实名来信", lambda: line.register_with_faults(hand, own))
        self.step("看期限怎样算出", lambda: line.see_why(hand))
        self.step("拟办", lambda: line.propose(hand))
        self.step("打印领导批示单", lambda: line.print_the_approval_sheet(hand))
        self.step(
            "记录批示：受理", lambda: line.decide(hand, "受理", opinion="请查清情况，限期答复。")
        )
        self.step("告知受理", lambda: line.tell_acceptance(hand))
        self.step("告知办理情况", lambda: line.tell_progress(hand))
        self.step("告知延期", lambda: line.extend(hand))
        self.step("中止办理、恢复办理", lambda: line.pause_and_resume(hand))
        self.step("查明并答复", lambda: line.find_and_answer(hand))
        self.step("看办理过程", lambda: books.see_the_steps(hand))
        proven = hand.window.tab("complaints").record.view.complaint.id  # type: ignore[union-attr]
        self.step(
            "登记电话投诉",
            lambda: line.register_simple(
                hand, "单立新", "澄岳市公共交通公司", "公交线路调整没有公告", "12 路改线没有公告。"
            ),
        )
        self.step(
            "记录批示：转办",
            lambda: line.decide(
                hand, "转办", receiver="澄岳市交通运输局", opinion="请交通局办理。"
            ),
        )
        self.step("制作转办函", lambda: line.transfer(hand))
        self.step("催办", lambda: line.chase(hand))
        self.step("承办单位退回", lambda: line.send_back(hand, "澄交函〔2026〕41号"))
        self.step("重新批示：维持转办", lambda: self._uphold(hand))
        self.step("承办人和回避", lambda: self._withdraw(hand))
        self.step(
            "登记不属于受理范围的投诉",
            lambda: line.register_simple(
                hand, "仇喆", "澄岳市自来水公司", "拖欠劳务报酬", "为公司做工三个月，报酬没有结清。"
            ),
        )
        self.step(
            "记录批示：不予受理",
            lambda: line.decide(
                hand, "不予受理", reason="所反映的问题属于劳动报酬争议，不在受理范围内。"
            ),
        )
        self.step("制作不予受理告知书", lambda: line.refuse(hand))
        self.step("办结、归档、撤销归档、卷内目录", lambda: line.close_and_file(hand))
        self.step("登记部门转来的联名投诉", lambda: apart.register_sent_on(hand))
        self.step("电话记录", lambda: apart.record_the_call(hand))
        self.step("回复来源单位", lambda: apart.reply_to_the_origin(hand))
        self.step("只登交接", lambda: apart.hand_over_a_letter(hand))
        self.step("登记重复件", lambda: books.register_a_repeat(hand))
        self.step("导入旧台账、整批撤销", lambda: books.import_a_ledger(hand, own))
        self.step("回到属实的投诉", lambda: self._return_to(hand, proven))

    def _uphold(self, hand: Hand) -> None:
        line.decide(hand, "维持转办", reason="公交线路调整由该局审批，属于该局职责。")
        line.transfer_to(hand)

    def _withdraw(self, hand: Hand) -> None:
        line.name_handler(hand, "李堃")
        line.withdraw(hand, "周晓", "其配偶在被投诉单位工作。")

    def _return_to(self, hand: Hand, complaint: int) -> None:
        hand.window.open_record("complaint", complaint)
        hand.rest()

    def _case(self, hand: Hand) -> None:
        for name, work in (
            ("转入责任追究", line.open_case),
            ("登记证据", line.take_evidence),
            ("未听取陈述申辩，不能决定", line.decide_too_early),
            ("告知陈述申辩权利", line.tell_the_right_to_be_heard),
            ("听取陈述申辩", line.hear),
            ("区分责任", line.divide),
            ("确定追究方式和审批", line.sanction),
            ("责任追究决定书", line.decide_case),
            ("送达", line.serve),
            ("移送", line.refer),
            ("限期整改、收到报告、结案", line.rectify_and_close),
        ):
            self.step(name, lambda work=work: work(hand))  # type: ignore[misc]

    def _pages(self, hand: Hand) -> None:
        for key in TABS:
            hand.window.show_tab(key)
            hand.rest()
            hand.picture(f"tab-{key}")
        for key in PAGES:
            hand.window.show_page(key)
            hand.rest()
            hand.picture(f"page-{key}")
        hand.window.show_tab("today")

    def _looks(self, hand: Hand) -> None:
        for name, scheme, factor in (("dark", Scheme.DARK, 1.0), ("large", Scheme.LIGHT, 1.5)):
            theme.apply(application(), scheme, factor)
            for key in TABS:
                hand.window.show_tab(key)
                hand.rest()
                hand.picture(f"{key}-{name}")
        theme.apply(application(), Scheme.LIGHT, 1.0)

    def _close(self) -> None:
        self.program.window.close()
        if (self.out / "office.db-wal").exists():
            raise AssertionError("the office file was not closed into one file")

    def _papers(self) -> None:
        """Take the newest letter of each kind out of the office file, and make the forms."""
        path = self.out / "office.db"
        office = offices.open_office(path, unlock(path, 1, SAMPLE_PASSWORD))
        try:
            found = office.db.execute(
                "SELECT kind, max(id) FROM letter WHERE void = 0 AND status = 'used' "
                "GROUP BY kind ORDER BY kind"
            ).fetchall()
            for kind, letter_id in found:
                (self.out / "letters" / f"{kind}.pdf").write_bytes(letters.pdf(office, letter_id))
            self._forms(office, dict(found))
        finally:
            office.close()
        missing = set(letters.SERIES) - {kind for kind, _ in found}
        if missing:
            raise AssertionError(f"no letter of the kinds {sorted(missing)}")

    def _forms(self, office: offices.Office, newest: dict[str, int]) -> None:
        """Make the forms that are printed and not kept, and the Word draft of a decision."""
        decision = newest["decision"]
        letter = queries.letter(office.db, decision)
        assert letter is not None
        (complaint,) = office.db.execute("SELECT max(id) FROM complaint WHERE void = 0").fetchone()
        start = sheets.approval_beginning(office, complaint, ACTING)
        draft = ApprovalDraft(start.summary, "建议受理。")
        mails = lettermail.mails(office, [decision, newest["result"]], ACTING)
        envelope, label = (
            lettermail.envelope_sizes(office)[0].name,
            lettermail.label_sizes(office)[0].name,
        )
        identity = office.session.keys.identity
        assert identity is not None
        made = {
            "receipt": letters.receipt(office, decision, letter.addressee),
            "approval_sheet": sheets.approval_sheet(office, complaint, draft, ACTING),
            "intake_sheet": sheets.intake_sheet(office, complaint, ACTING),
            "agenda_sheet": sheets.agenda_sheet(office, ACTING),
            "envelope": lettermail.print_envelopes(office, mails, envelope, ACTING),
            "address_labels": lettermail.print_labels(office, mails, label, 0, ACTING),
            "recovery_sheet": recovery.sheet(office, identity, ACTING),
            "letter_book": letterprints.print_book(office, DAY.year, ACTING),
            "register_book": registerbook.make(
                office, BookDraft(Span.YEAR, DAY.year), ACTING, lambda _done, _total: None
            ).pdf,
        }
        for name, pdf in made.items():
            (self.out / "forms" / f"{name}.pdf").write_bytes(pdf)
        word = letterprints.word(office, decision, ACTING)
        (self.out / "forms" / "decision.docx").write_bytes(word)

    def summary(self, failed: str) -> dict[str, object]:
        """Return what was done, how long it took and what lies where."""
        return {
            "day": DAY.date().isoformat(),
            "failed": failed,
            "seconds": round(sum(float(str(s["seconds"])) for s in self.steps), 3),
            "steps": self.steps,
            "letters": sorted(p.name for p in (self.out / "letters").glob("*.pdf")),
            "forms": sorted(p.name for p in (self.out / "forms").glob("*.pdf")),
            "screens": self.hand.taken,
        }


def application() -> QApplication:
    """Return the one application of this process."""
    found = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(found, QApplication)
    return found


def main(arguments: list[str]) -> int:
    """Run the demonstration; 0 if every step was done."""
    if len(arguments) != 1:
        print("python -m tests.e2e.demo OUT", file=sys.stderr)
        return 2
    out = Path(arguments[0]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    show = Show(out)
    failed = ""
    try:
        show.run()
    except Exception as error:  # noqa: BLE001 - whatever failed is told, with a picture
        failed = f"{type(error).__name__}: {error}"
        traceback.print_exception(error)
        show.hand.picture("failed")
    summary = json.dumps(show.summary(failed), ensure_ascii=False, indent=1)
    (out / "summary.json").write_text(summary + "\n", encoding="utf-8")
    shutil.rmtree(out / "own", ignore_errors=True)
    print(f"{out}" if not failed else f"FAILED: {failed}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
