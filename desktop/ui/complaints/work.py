"""What is done to the complaint shown: its steps, and what is corrected, linked, named in it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject

from desktop.rules.complaints import Identity, Step, why_not_correct
from desktop.rules.faults import NotPermitted
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.forms import Form
from desktop.ui.common.trouble import tell_failure
from desktop.ui.complaints.handlers import HANDLER
from desktop.ui.complaints.links import LINK, MERGE
from desktop.ui.complaints.origin import ORIGIN_REPLY, OriginReplyPage
from desktop.ui.complaints.page import StepPage
from desktop.ui.complaints.record import RecordPane
from desktop.ui.complaints.stage import Stage
from desktop.ui.context import Context
from desktop.usecases import course, handlers, links, origins, points, register, undoing
from desktop.usecases.course import FilingPlan
from desktop.usecases.links import Reopened
from desktop.usecases.office import Done, Office
from desktop.usecases.register import ComplaintView, Intake
from desktop.usecases.undoing import Undoable

T = TypeVar("T")


class Work(QObject):
    """Opens the page of what the clerk wants, or says why it can not be done.

    A page is loaded when it is opened.
    """

    def __init__(
        self,
        context: Context,
        record: RecordPane,
        stage: Stage,
        bar: MessageBar,
        open_step: Callable[[StepPage], None],
    ) -> None:
        super().__init__(record)
        self._context, self._record, self._stage, self._bar = context, record, stage, bar
        self._open_step = open_step
        self._opening: object = None
        record.step.connect(self.take_step)
        record.correction.connect(self.correct)
        record.undo.connect(self.undo_last)
        record.origin.connect(self.reply_to_origin)
        record.points.edit.connect(self.edit_points)
        record.handlers.wanted.connect(self.name)
        record.handlers.released.connect(self._release)
        record.handlers.lifted.connect(self.lift)
        record.links.wanted.connect(self.link)
        record.links.dropped.connect(self._unlink)

    def open_by_name(self, name: str, view: ComplaintView) -> bool:
        """Open the page of this name; False where it is of no step that can be taken now."""
        step = next((s for s in Step if s.value == name), None)
        if name == "correct":
            self.correct()
        elif name in (LINK, MERGE):
            self.link(name)
        elif name in ("handler", "recusal"):
            self.name(name)
        elif name == "lift":
            self.lift(next((r.id for r in view.recusals if r.lifted is None), 0))
        elif name == "points":
            self.edit_points()
        elif name == "undo":
            self.undo_last()
        elif name == ORIGIN_REPLY:
            self.reply_to_origin()
        elif step is not None and step in view.permitted:
            self.take_step(step)
        else:
            return False
        return True

    def _open_in_turns(self, form: Callable[[], Form], page: Callable[[Form], StepPage]) -> None:
        """Open a long page: its form, the rest of it and its showing each take a while.

        What is opened meanwhile goes before; who asks for a page twice gets one.
        """
        self._opening = token = object()
        forms: list[Form] = []
        pages: list[StepPage] = []

        def wanted() -> bool:
            return self._opening is token and self._stage.page is None

        def make() -> None:
            forms.append(form())

        def build() -> None:
            if wanted():
                pages.append(page(forms.pop()))

        def show() -> None:
            if pages and wanted():
                self._open_step(pages.pop())

        self._context.tasks.in_turns((make, build, show))

    # -- the steps -----------------------------------------------------------------------------

    def open_intake(self, intake: Intake | None, again: Reopened | None = None) -> None:
        """Open 新登记, perhaps of a matter that is taken up again."""
        if intake is None:
            said = _("本单位还没有选定投诉举报受理的规则，请先在“本单位设置”里选定。")
            self._bar.tell(Tone.WARN, said)
            return
        from desktop.ui.complaints.intake import IntakePage, intake_form

        context = self._context
        self._open_in_turns(
            lambda: intake_form(context, intake),
            lambda form: IntakePage(context, intake, again, form),
        )

    def take_step(self, step: Step) -> None:
        """Open the page of a step; a case is opened in the other tab."""
        view = self._record.view
        if view is None:
            return
        if step is Step.OPEN_CASE:
            self._context.case_wanted.emit("complaint", view.complaint.id)
        elif step is Step.DECIDE:
            self._context.ask(register.leaders, self._open_decision)
        elif step is Step.ARCHIVE:
            self._context.ask(course.filing_plan, self._open_archive)
        else:
            self._open_step(self._page_of(step, view))

    def _page_of(self, step: Step, view: ComplaintView) -> StepPage:
        from desktop.ui.complaints.course import UNTOLD, ProposalPage
        from desktop.ui.complaints.followups import LETTER_PAGES
        from desktop.ui.complaints.steps import ClosePage, FindingPage
        from desktop.ui.complaints.transfers import ObjectionPage

        if step is Step.PROPOSE:
            return ProposalPage(self._context, view)
        if step in UNTOLD and view.standing.identity is Identity.ANONYMOUS:
            return UNTOLD[step](self._context, view)
        if step is Step.FIND:
            return FindingPage(self._context, view)
        if step is Step.CLOSE:
            return ClosePage(self._context, view)
        if step is Step.OBJECT:
            return ObjectionPage(self._context, view)
        return LETTER_PAGES[step](self._context, view)

    def _open_decision(self, leaders: Sequence[str]) -> None:
        from desktop.ui.complaints.steps import DecisionPage

        if self._record.view is not None:
            self._open_step(DecisionPage(self._context, self._record.view, leaders))

    def _open_archive(self, plan: FilingPlan) -> None:
        from desktop.ui.complaints.course import ArchivePage

        if (view := self._free_view()) is not None:
            self._open_step(ArchivePage(self._context, view, plan))

    def undo_last(self) -> None:
        """Open 撤销上一步, or say why the last step can not be taken back."""
        if (view := self._free_view()) is None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        self._run(lambda office: undoing.foresee(office, complaint, acting), self._open_undo)

    def _open_undo(self, last: Undoable) -> None:
        from desktop.ui.complaints.course import UndoPage

        if (view := self._free_view()) is None:
            return
        why_not = self._context.why_not(last.action)
        if last.why_not:
            why_not = wording.error_words(NotPermitted(last.why_not, **dict(last.facts))) or ""
        if why_not:
            self._bar.tell(Tone.WARN, why_not)
        else:
            self._open_step(UndoPage(self._context, view, last))

    # -- what is no step of the matter ---------------------------------------------------------

    def correct(self) -> None:
        """Open 修改登记; a closed complaint says that it can not be corrected."""
        from desktop.ui.complaints.correction import CorrectionPage, correction_form

        view = self._free_view()
        if view is None or self._context.refuses("complaint.correct") or self._barred(view):
            return
        if not self._over(why_not_correct(view.state)):
            context = self._context
            self._open_in_turns(
                lambda: correction_form(context, view),
                lambda form: CorrectionPage(context, view, form),
            )

    def edit_points(self) -> None:
        """Open 诉求逐项答复, unless the matter is over."""
        from desktop.ui.complaints.points import PointsPage

        view = self._free_view()
        if view is None or self._context.refuses("complaint.points") or self._barred(view):
            return
        if not self._over(points.why_not(view.state)):
            self._open_step(PointsPage(self._context, view))

    def reply_to_origin(self) -> None:
        """Open 回复来源单位."""
        view = self._free_view()
        if view is None or self._context.refuses("complaint.origin_reply"):
            return
        if not self._over(origins.why_not(view)):
            self._open_step(OriginReplyPage(self._context, view))

    # -- other complaints ----------------------------------------------------------------------

    def link(self, key: str) -> None:
        """Link, merge, or take up anew what is shown."""
        from desktop.ui.complaints.links import LinkPage, MergePage

        if (view := self._free_view()) is None:
            return
        if key == LINK:
            self._open_step(LinkPage(self._context, view))
        elif key == MERGE:
            self._open_step(MergePage(self._context, view))
        else:
            complaint, acting = view.complaint.id, self._context.acting()
            self._run(
                lambda office: (register.intake(office), links.reopen(office, complaint, acting)),
                self._reopen,
            )

    def _reopen(self, found: tuple[Intake | None, Reopened]) -> None:
        if self._stage.page is None:
            self.open_intake(*found)

    def _unlink(self, link: int) -> None:
        """Take a link or a merging away, once it is said why."""
        view = self._record.view
        known = next((one for one in view.links if one.id == link), None) if view else None
        if view is None or known is None:
            return
        complaint, acting = view.complaint, self._context.acting()
        ends = _("取消与 {number} 的关联。").format(number=known.far_number)
        said = _("已取消关联。")
        into = links.merged_into(view)
        if into is not None and into.id == link:
            ends = _("撤销并入 {number}。").format(number=known.far_number)
            said = _("已撤销并入，{number} 接着办理。").format(number=complaint.number)

        def given(reason: str) -> None:
            self._do(lambda office: links.unlink(office, complaint.id, link, reason, acting), said)

        self._context.why_wanted.emit(ends, given)

    # -- who handles it ------------------------------------------------------------------------

    def name(self, key: str) -> None:
        """Name who handles it, or who must not."""
        from desktop.ui.complaints.handlers import HandlerPage, RecusalPage

        view = self._free_view()
        if view is None or self._barred(view) or self._over(why_not_correct(view.state)):
            return
        page = HandlerPage if key == HANDLER else RecusalPage
        self._open_step(page(self._context, view))

    def lift(self, recusal: int) -> None:
        """Open 解除回避."""
        view = self._free_view()
        known = next((r for r in view.recusals if r.id == recusal), None) if view else None
        if view is not None and known is not None:
            from desktop.ui.complaints.handlers import LiftPage

            self._open_step(LiftPage(self._context, view, known))

    def _release(self, handler: int) -> None:
        view = self._record.view
        if view is None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        said = _("{number} 已更换承办人。").format(number=view.complaint.number)
        self._do(lambda office: handlers.release_handler(office, complaint, handler, acting), said)

    # -- inside --------------------------------------------------------------------------------

    def _free_view(self) -> ComplaintView | None:
        """The complaint shown, while no page is open."""
        return self._record.view if self._stage.page is None else None

    def _barred(self, view: ComplaintView) -> bool:
        """Say why the user at the desk must leave a complaint alone (回避), if so."""
        if view.withdrawn:
            said = wording.why_not_words("recused").format(number=view.complaint.number)
            self._context.said.emit(said, 0)
        return view.withdrawn

    def _over(self, why_not: str) -> bool:
        """Say why a complaint in this state can not be changed any more, if so."""
        if why_not:
            self._context.said.emit(wording.why_not_words(why_not), 0)
        return bool(why_not)

    def _run(self, job: Callable[[Office], T], then: Callable[[T], None]) -> None:
        self._context.tasks.run(job, then, self._failed)

    def _do(self, job: Callable[[Office], Done[T]], said: str) -> None:
        self._context.do(job, lambda done: self._context.said.emit(said, done.event), self._failed)

    def _failed(self, error: BaseException) -> None:
        tell_failure(self._bar, error)
