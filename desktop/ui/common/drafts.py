"""Keeping what is typed as drafts (草稿): when it is written, offered again, and let go."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.tasks import Tasks
from desktop.usecases import drafts as usecase
from desktop.usecases.drafts import Draft, Opening, Place, Typed, Values
from frozen import dataclass

if TYPE_CHECKING:
    from desktop.ui.common.forms.page import FormPage

PAUSE: Final = 3000  # milliseconds after the last key before what is typed is kept
LONGEST: Final = 15_000  # milliseconds after the first key: who types without rest is kept too


@dataclass(frozen=True, slots=True)
class Source:
    """What a keeper asks of a page: is there unsaved work, what is it, go on with it."""

    dirty: Callable[[], bool]
    kept: Callable[[], Values]
    restore: Callable[[Values], None]
    words: Callable[[], tuple[str, ...]] = tuple


def moment(at: datetime, today: date) -> str:
    """A day and a time as one says them: 11 月 20 日 09:31."""
    if at.year != today.year:
        return f"{format_date(at.date())} {at:%H:%M}"
    return _("{month} 月 {day} 日 {time}").format(
        month=at.month, day=at.day, time=at.strftime("%H:%M")
    )


def doubts(draft: Draft) -> str:
    """What is to be looked at before going on with a draft; empty when nothing."""
    said = []
    if draft.changed:
        said.append(_("这条记录后来改动过，请逐项核对。"))
    if draft.missing:
        names = "、".join(draft.missing)
        said.append(_("附件“{names}”已经不在原来的位置，请重新添加。").format(names=names))
    return "".join(said)


class Drafts(QObject):
    """All drafts of the user at the desk; every page with typing is attached here.

    `changed`: there may be more or fewer. `wanted(draft)`: its form shall be opened.
    `listed`: the list of drafts shall be shown. `after_crash`: the program ended badly before.
    """

    changed = Signal()
    wanted = Signal(object)
    listed = Signal()

    def __init__(
        self, tasks: Tasks[Any], clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """`pause` and `longest` are milliseconds; a test sets its own."""
        super().__init__(parent)
        self.tasks, self.clock = tasks, clock
        self.pause, self.longest = PAUSE, LONGEST
        self.after_crash = False
        self.trouble = False  # whether a draft could not be written since keep_all
        self._keepers: list[Keeper] = []
        self._expected: Draft | None = None

    def attach(self, page: "FormPage", place: Place, label: str = "") -> "Keeper":
        """Keep what is typed on a form page; saving and giving up end it."""
        form = page.form
        source = Source(form.dirty, page.kept, page.restore, form.words)
        keeper = self.watch(page, place, label or page.heading(), source, page.draft_bar)
        form.edited.connect(lambda _key: keeper.touch())
        form.settled.connect(keeper.settle)
        page.cancelled.connect(keeper.settle)
        return keeper

    def watch(
        self, page: QObject, place: Place, label: str, source: Source, bar: MessageBar
    ) -> "Keeper":
        """Keep what is typed on any page, which calls `touch` and `settle` of what is returned."""
        keeper = Keeper(self, page, place, label, source, bar)
        self._keepers = [one for one in self._keepers if shiboken6.isValid(one)]
        self._keepers.append(keeper)
        return keeper

    def unsaved(self) -> bool:
        """Whether some page holds what is not saved."""
        return any(keeper.dirty() for keeper in self._living())

    def keep_all(self) -> None:
        """Write every draft now: before the window closes, locks or logs off."""
        self.trouble = False
        for keeper in self._living():
            keeper.keep()

    def expect(self, draft: Draft) -> bool:
        """The clerk chose to go on with a draft; say whether its form is open already.

        A form that opens later does not ask again.
        """
        for keeper in self._living():
            if keeper.place == draft.place:
                # after what the page is just reading, so that it is not written over
                self.tasks.run(lambda _office: draft, keeper.resume)
                return True
        self._expected = draft
        return False

    def take_expected(self, place: Place) -> Draft | None:
        """Return the draft that was chosen for a form that opens now."""
        expected = self._expected
        if expected is None or expected.place != place:
            return None
        self._expected = None
        return expected

    def drop(self, draft: Draft) -> None:
        """Throw a draft away."""
        if self._expected is not None and self._expected.id == draft.id:
            self._expected = None
        self.tasks.run(lambda office: usecase.drop(office, draft.id), self.tell)

    def tell(self, _done: object = None) -> None:
        """There are more or fewer drafts; outlives the page that made them so."""
        if not self.tasks.closed():
            self.changed.emit()

    def _living(self) -> "list[Keeper]":
        return [one for one in self._keepers if shiboken6.isValid(one) and one.attached]


class Keeper(QObject):
    """Keeps one page: writes after a pause, offers what was left, forgets what was saved."""

    def __init__(
        self,
        drafts: Drafts,
        page: QObject,
        place: Place,
        label: str,
        source: Source,
        bar: MessageBar,
    ) -> None:
        super().__init__(page)
        self.place, self.attached = place, True
        self._drafts, self._label, self._source, self._bar = drafts, label, source, bar
        self._opening: Opening | None = None
        self._slot, self._revision = -1, 0
        self._written: Values | None = None
        self._pause, self._longest = self._timer(drafts.pause), self._timer(drafts.longest)
        bar.clicked.connect(self._answer)
        drafts.tasks.run(lambda office: usecase.opening(office, place), self._opened)

    # -- what the page tells -------------------------------------------------------------------

    def touch(self) -> None:
        """Something was typed."""
        if self.attached:
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start()

    def settle(self) -> None:
        """What is on screen was saved or given up: its draft goes."""
        self._rest()
        if self._written is not None:
            self._forget()

    def release(self) -> None:
        """The page is used for something else from now on."""
        self.settle()
        self.attached = False
        self._bar.clear()
        self._bar.clicked.disconnect(self._answer)
        self.deleteLater()

    def dirty(self) -> bool:
        """Whether there is something to keep."""
        return self._source.dirty()

    def keep(self) -> None:
        """Write the draft now, if there is anything new to write."""
        self._rest()
        if self._drafts.tasks.closed():
            return
        if not self._source.dirty():
            if self._written is not None:
                self._forget()
            return
        values = dict(self._source.kept())
        if values == self._written:
            return
        typed = Typed(
            self.place, self._label, values, self._revision, self._slot, self._source.words()
        )
        at = self._drafts.clock()
        self._written = values
        self._drafts.tasks.run(
            lambda office: usecase.keep(office, typed, at), self._kept, self._not_kept
        )

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; what was typed before that is kept as a draft of its own."""
        if self._source.dirty():
            self.keep()
        self._rest()
        self._slot, self._revision = draft.slot, draft.revision
        self._source.restore(draft.values)
        self._written = dict(draft.values)
        when = moment(draft.saved, self._drafts.clock().date())
        said = _("已恢复 {when} 没有保存的内容。").format(when=when)
        careful = doubts(draft)
        self._bar.tell(Tone.WARN if careful else Tone.INFO, said + careful)

    # -- inside --------------------------------------------------------------------------------

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self.keep)
        return made

    def _rest(self) -> None:
        self._pause.stop()
        self._longest.stop()

    def _opened(self, opening: Opening) -> None:
        self._opening = opening
        if self._slot < 0 and self._written is None:
            self._slot, self._revision = opening.slot, opening.revision
        expected = self._drafts.take_expected(self.place)
        if expected is not None:
            self.resume(expected)
        elif opening.drafts:
            self._offer(opening.drafts)

    def _offer(self, found: tuple[Draft, ...]) -> None:
        newest = found[0]
        when = moment(newest.saved, self._drafts.clock().date())
        drop = ("drop", _("丢弃"))
        if not newest.readable:
            said = _("找到 {when} 没有保存的内容，但现在的权限打不开它。").format(when=when)
            self._bar.tell(Tone.WARN, said, drop)
        elif len(found) > 1:
            said = _("找到 {n} 份没有保存的内容，最近一份是 {when} 的。")
            every = ("all", _("全部列出"))
            said = said.format(n=len(found), when=when) + doubts(newest)
            self._bar.tell(Tone.INFO, said, ("resume", _("继续填写最近一份")), every)
        else:
            said = _("找到 {when} 没有保存的内容。").format(when=when) + doubts(newest)
            self._bar.tell(Tone.INFO, said, ("resume", _("继续填写")), drop)

    def _answer(self, key: str) -> None:
        self._bar.clear()
        found = self._opening.drafts if self._opening is not None else ()
        if key == "resume" and found:
            self.resume(found[0])
        elif key == "drop" and found:
            self._drafts.drop(found[0])
        elif key == "all":
            self._drafts.listed.emit()

    def _forget(self) -> None:
        place, slot = self.place, self._slot
        self._written = None
        if slot < 0 or self._drafts.tasks.closed():
            return
        self._drafts.tasks.run(
            lambda office: usecase.forget(office, place, slot), self._drafts.tell
        )

    def _kept(self, slot: int) -> None:
        if self._slot < 0:
            self._slot = slot
        self._drafts.tell()

    def _not_kept(self, error: BaseException) -> None:
        self._written = None
        self._drafts.trouble = True
        words = wording.error_words(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            said = _("草稿没有存进去：{why}填写的内容还在这一页上，请尽快保存。")
            self._bar.tell(Tone.ERROR, said.format(why=words))
