"""What the window does for safekeeping by itself: hourly backups, the daily second copy, the clock."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.backups import Reason
from desktop.rules.clockguard import Suspicion
from desktop.rules.faults import NotPermitted
from desktop.text import _, ngettext_
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.tasks import Cancelled, Progress, Tasks
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.leaving import back_up_before_leaving
from desktop.ui.office.reason import ReasonDialog
from desktop.usecases import backups, keeping, restores
from desktop.usecases.backups import BackupLine, Begun, Carry, Drilled
from desktop.usecases.keeping import JournalState, Watch
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.session import Session

_MINUTE = 60_000
#: So often a backup gives way to the clerk before it is made all the same.
_PATIENCE = 3


def _nothing() -> None:
    return


class Keeper(QObject):
    """Watches over the open office; its bar stands above the tabs.

    Long work on files is done by a thread of its own, `hand`; only what needs the office's
    connection is asked of the office's worker.
    """

    restored = Signal(object, object)  # the office file and the session, to be opened again
    failed = Signal(object)  # the exception of a restoring
    changed = Signal()  # backups were made or removed
    page_wanted = Signal()
    working = Signal(str, int, int)
    idle = Signal(bool)
    _lost = Signal()

    def __init__(
        self,
        clock: Callable[[], datetime],
        leave: Callable[[Callable[[], object]], bool],
        window: QWidget,
    ) -> None:
        """`leave` closes the office file; if it must ask first, it is False and goes on by itself."""
        super().__init__(window)
        self._clock, self._leave, self._window = clock, leave, window
        self._context: Context | None = None
        self._hand: Tasks[None] | None = None
        self._watching = False
        self._stop_reading: Callable[[], None] = _nothing
        self._busy = False
        self._gave_way = 0
        self._said: tuple[str, date] | None = None
        self._dismissed: set[tuple[str, date]] = set()
        self.watch: Watch | None = None
        self.dialog: ReasonDialog | None = None
        self.bar = MessageBar()
        self.bar.setObjectName("keeper.bar")
        self.bar.clicked.connect(self._answer)
        self.bar.dismissed.connect(self._dismiss)
        self._lost.connect(self.tick)
        minute = QTimer(self)
        minute.setInterval(_MINUTE)
        minute.timeout.connect(self.tick)
        minute.start()

    # ---- opening and closing -------------------------------------------------------------------

    def attach(self, context: Context, *, watching: bool) -> None:
        """Watch over an office that was just opened.

        The sample office is not watched over: nothing of it needs to be kept.
        """
        self._context, self._watching = context, watching
        self._hand = Tasks(lambda: None)
        self._hand.progressed.connect(self.working)
        self._hand.busy.connect(self.idle)
        context.tasks.changed.connect(self.tick)
        context.inspector.inspected.connect(self._inspected)  # what waited for it need not any more
        context.inspector.failed.connect(self._inspected)
        self.tick()

    def before_leaving(self) -> None:
        """Make the backup of an exit."""
        if self._context is not None and self.watch is not None:
            back_up_before_leaving(self._context.tasks, self._clock, self._window)

    def detach(self) -> None:
        """The office is being closed."""
        self._context, self.watch = None, None
        self._busy, self._gave_way = False, 0
        self.bar.clear()
        if self._hand is not None:
            self._hand.cancel()
            self._hand.close(lambda: self._stop_reading())
            self._hand = None

    def cancel(self) -> None:
        """Stop the copying that is under way (停止)."""
        if self._hand is not None:
            self._hand.cancel()

    # ---- looking -------------------------------------------------------------------------------

    def tick(self) -> None:
        """Look how things stand."""
        context = self._context
        if context is not None and self._watching:
            now = self._clock()

            def look(office: Office) -> Watch:
                if office.journal is not None:
                    office.journal.told = self._lost.emit
                return keeping.watch(office, now)

            context.ask(look, self._seen)

    def _inspected(self, _seen: object) -> None:
        self.tick()

    def _seen(self, watch: Watch) -> None:
        if self._context is None:
            return
        self.watch = watch
        said = self._first_of(watch)
        today = self._clock().date()
        if said is None or (said[0], today) in self._dismissed:
            self._said = None
            self.bar.clear()
        elif self._said != (said[0], today) or said[0] == "clock":
            self._said = (said[0], today)
            self.bar.tell(said[1], said[2], *said[3], closable=said[0] != "clock")
        if watch.backup_due:
            self._back_up()

    def _first_of(self, watch: Watch) -> tuple[str, Tone, str, tuple[tuple[str, str], ...]] | None:
        """The most pressing thing: its key, tone, sentence and buttons."""
        context = self._context
        assert context is not None
        if watch.clock is not None:
            act = (("clock", _("确认时间(&T)…")),) if context.may("clock.confirm") else ()
            return "clock", Tone.WARN, clock_words(watch.clock), act
        copy = (("second", _("现在备份到第二个盘(&B)")),)
        if watch.journal is JournalState.AWAY:
            said = _(
                "续写日志停了：第二个盘不在。工作照常；插好以后先备份一次，续写日志就重新开始。"
            )
            return "journal", Tone.WARN, said, copy
        if watch.second is not None and not watch.copied_today:
            return "second", Tone.INFO, _("今天还没有备份到第二个盘。"), copy
        page = (("page", _("备份与恢复(&K)…")),)
        if watch.second is None and context.may("office.setting"):
            said = _("还没有选定第二个盘：这台电脑的硬盘坏了，本机的备份也会丢失。")
            return "no_second", Tone.INFO, said, page
        if watch.drill_due:
            said = _("已经一个多月没有做恢复演练：演练一次，才知道备份真的能用。")
            return "drill", Tone.INFO, said, (("drill", _("现在演练(&D)")),)
        return None

    def _dismiss(self) -> None:
        if self._said is not None:
            self._dismissed.add(self._said)

    def _answer(self, key: str) -> None:
        match key:
            case "clock":
                self.ask_clock()
            case "second":
                self.to_second()
            case "drill":
                self.drill()
            case "page":
                self.page_wanted.emit()

    # ---- hourly --------------------------------------------------------------------------------

    def _back_up(self) -> None:
        """Make the hourly backup beside the work: only its begin is asked of the office."""
        context = self._context
        if context is None or self._busy:
            return
        self._busy = True
        now = self._clock()
        context.tasks.run(
            lambda office: backups.begin(office, Reason.HOURLY, now),
            partial(self._begun, now),
            self._not_made,
        )

    def _begun(self, now: datetime, begun: Begun | None) -> None:
        context, hand = self._context, self._hand
        if context is None or hand is None:
            return
        if begun is None:  # somebody holds the file
            if context.inspector.idle():
                self._draw(context, now)
            else:  # the inspection will let it go; to draw it now would keep the office for as long
                self._busy = False
            return

        def let_go() -> None:
            self._stop_reading = _nothing
            if self._context is context and not context.tasks.closed():
                context.tasks.run(lambda office: backups.let_go(office, begun))

        def written(drawn: backups.Drawn) -> None:
            let_go()
            self._finish(drawn, begun.key)

        def failed(error: BaseException) -> None:
            let_go()
            self._not_made(error)

        hand.run(lambda _none: backups.write_beside(begun, self._stopped_by), written, failed)

    def _draw(self, context: Context, now: datetime) -> None:
        """Make it with the office's own connection; it gives way to whatever the clerk asks."""
        key = context.session.keys.data if context.session is not None else b""

        def draw(office: Office, progress: Progress) -> backups.Drawn:
            return backups.draw(office, Reason.HOURLY, now, lambda: progress.stopped)

        def finish(drawn: backups.Drawn) -> None:
            self._finish(drawn, key)

        if self._gave_way < _PATIENCE:
            context.tasks.run_behind(draw, finish, self._not_made)
        else:
            context.tasks.run_long(draw, finish, self._not_made)

    def _finish(self, drawn: backups.Drawn, key: bytes) -> None:
        self._gave_way = 0
        if self._hand is not None:
            self._hand.run(lambda _none: backups.finish(drawn, key), self._made, self._not_made)

    def _stopped_by(self, stop: Callable[[], None]) -> None:
        self._stop_reading = stop

    def _made(self, _made: object) -> None:
        self._busy = False
        self.changed.emit()

    def _not_made(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, Cancelled) or getattr(error, "code", "") == "interrupted":
            self._gave_way += 1  # the next minute will do
            return
        self._said = None
        tell_trouble(self.bar, error)

    # ---- what the clerk asks for ---------------------------------------------------------------

    def back_up_now(self) -> None:
        """Make a backup on this PC at once."""
        now = self._clock()
        self._draw_then(lambda office, stop: backups.draw(office, Reason.HAND, now, stop))

    def to_second(self) -> None:
        """Make a backup on the second medium, and begin the redo journal behind it."""
        context = self._context
        if context is None or self._busy:
            return
        self._busy = True
        now = self._clock()
        context.ask_or(lambda office: backups.carry(office, now), self._carry, self._not_made)

    def _carry(self, carry: Carry) -> None:
        context, hand = self._context, self._hand
        if context is None or hand is None or context.session is None:
            return
        key, words = context.session.keys.data, _("正在备份到第二个盘")
        hand.run_long(
            lambda _none, progress: backups.carried(carry, key, _steps(progress, words)),
            self._carried,
            self._not_made,
        )

    def _carried(self, there: backups.BackupSet) -> None:
        context = self._context
        if context is None:
            return
        acting = context.acting()

        def note(office: Office) -> Done[None]:
            done = backups.note_second(office, there, acting)
            keeping.begin_journal(office, there)
            return done

        said = _("已备份到第二个盘，并且读回来核对过。")
        context.do(note, lambda _done: self._finished(said), self._not_made)

    def _finished(self, sentence: str) -> None:
        self._made(None)
        self._say(sentence)

    def _draw_then(
        self,
        draw: Callable[[Office, Callable[[], bool]], backups.Drawn],
    ) -> None:
        context, hand = self._context, self._hand
        if context is None or hand is None or context.session is None or self._busy:
            return
        self._busy = True
        key, words = context.session.keys.data, _("正在核对备份")

        def finish(drawn: backups.Drawn) -> None:
            hand.run_long(
                lambda _none, progress: backups.finish(drawn, key, _steps(progress, words)),
                lambda _made: self._finished(_("已备份，并且重新打开核对过。")),
                self._not_made,
            )

        context.tasks.run_long(
            lambda office, progress: draw(office, lambda: progress.stopped), finish, self._not_made
        )

    def _say(self, sentence: str) -> None:
        if self._context is not None:
            self._context.said.emit(sentence, 0)

    # ---- the drill -----------------------------------------------------------------------------

    def drill(self) -> None:
        """Restore the newest backup into a folder of its own, and say how that went."""
        context = self._context
        if context is None or self._busy:
            return
        self._busy = True
        context.ask_or(backups.newest, self._drill, self._not_made)

    def _drill(self, made: backups.BackupSet) -> None:
        context, hand = self._context, self._hand
        if context is None or hand is None or context.session is None:
            return
        key, words = context.session.keys.data, _("正在演练恢复")
        hand.run_long(
            lambda _none, progress: backups.drill(made, key, _steps(progress, words)),
            self._drilled,
            self._not_made,
        )

    def _drilled(self, drilled: Drilled) -> None:
        context = self._context
        if context is None:
            return
        acting = context.acting()
        said = ngettext_(
            "恢复演练成功：{at} 的备份在 {seconds} 秒内恢复，{n} 条操作都在。",
            "恢复演练成功：{at} 的备份在 {seconds} 秒内恢复，{n} 条操作都在。",
            drilled.events,
        ).format(
            at=f"{drilled.made.note.made:%Y-%m-%d %H:%M}",
            seconds=f"{drilled.seconds:.1f}",
            n=drilled.events,
        )
        context.do(
            lambda office: backups.note_drill(office, drilled, acting),
            lambda _done: self._finished(said),
            self._not_made,
        )

    # ---- the clock -----------------------------------------------------------------------------

    def ask_clock(self) -> None:
        """Ask who may do so whether the PC's clock is right."""
        context, watch = self._context, self.watch
        if context is None or watch is None or watch.clock is None:
            return
        sentences = (
            clock_words(watch.clock),
            _("先看墙上的钟和日历。时间不对的，请取消，在系统里改正；时间对的，写明理由后确认。"),
            _("确认以后，这一次登录里的操作都标上“时间存疑”。"),
        )
        self.dialog = ReasonDialog(
            _("确认电脑时间"), sentences, _("时间没有错，确认"), context.today(), self._window
        )
        self.dialog.given.connect(self._confirm_clock)
        self.dialog.open()

    def _confirm_clock(self, reason: str) -> None:
        context = self._context
        if context is None:
            return
        acting = context.acting()
        context.do(
            lambda office: keeping.confirm_clock(office, reason, acting),
            lambda _done: self._say(_("已确认电脑时间。")),
            lambda error: tell_trouble(self.bar, error),
        )

    # ---- going back ----------------------------------------------------------------------------

    def restore(self, line: BackupLine, path: Path, reason: str) -> None:
        """Keep a backup of today, close the office, put the chosen backup in its place."""
        context = self._context
        if context is None or context.session is None or self._busy:
            return
        self._busy = True
        session, acting, now = context.session, context.acting(), self._clock()
        words = _("正在恢复")

        def closed() -> None:
            self._go_back(path, session, line, reason, acting)

        def backed_up(_made: object) -> None:
            self._busy = False
            if self._leave(closed):
                closed()

        context.tasks.run_long(
            lambda office, progress: backups.make(
                office, Reason.RESTORE, now, _steps(progress, words)
            ),
            backed_up,
            self._not_made,
        )

    def _go_back(
        self, path: Path, session: Session, line: BackupLine, reason: str, acting: Acting
    ) -> None:
        """Put the backup in the place of the file that is closed now, on a thread of its own."""
        words = _("正在恢复")
        hand: Tasks[None] = Tasks(lambda: None)
        hand.progressed.connect(self.working)

        def done(_restored: object) -> None:
            hand.close()
            self.restored.emit(path, session)

        def failed(error: BaseException) -> None:
            hand.close()
            self.failed.emit(error)

        hand.run_long(
            lambda _none, progress: restores.restore_office(
                path, session, line.made, reason, acting, step=_steps(progress, words)
            ),
            done,
            failed,
        )


def clock_words(found: Suspicion) -> str:
    """Return why the clock is not believed, as the sentence of a refused number."""
    refused = NotPermitted(
        found.doubt.value,
        now=found.now.isoformat(" ", "minutes"),
        against=found.against.isoformat(" ", "minutes"),
    )
    return wording.error_words(refused) or ""


def _steps(progress: Progress, words: str) -> Callable[[int, int], None]:
    """Report bytes as kilobytes: a progress bar counts no further than two thousand million."""
    return lambda done, total: progress(words, done // 1024, max(total // 1024, 1))
