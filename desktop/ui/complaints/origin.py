"""The page 回复来源单位: the letter to the body that sent a complaint on, or a note that it was told."""

from collections.abc import Callable, Mapping

from desktop.text import N_, _, format_date
from desktop.ui.common.forms import DateField, Field, LineField, NoteField, RadioField, TextField
from desktop.ui.complaints import values as read
from desktop.ui.complaints.letters import LetterPage
from desktop.ui.complaints.page import Made
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import origins
from desktop.usecases.complaintletters import Preview
from desktop.usecases.office import Done, Office
from desktop.usecases.origins import OriginDraft
from desktop.usecases.register import ComplaintView

#: 更多 calls it so; no step of the matter.
ORIGIN_REPLY = "origin_reply"
_LETTER, _OTHERWISE = "letter", "otherwise"


class OriginReplyPage(LetterPage):
    """回复函: what was done, told to the body that wants to hear of it by its own day."""

    name = "origin_reply"
    kind = "origin_reply"
    title = N_("回复来源单位")
    save_words = N_("制作回复函(&S)")

    def __init__(self, context: Context, view: ComplaintView) -> None:
        super().__init__(context, view)
        self.form.edited.connect(self._turn)
        self._turn("how")

    def fields(self) -> list[Field]:
        complaint = self.view.complaint
        day = format_date(complaint.origin_day) if complaint.origin_day else ""
        due = complaint.origin_due
        said = "　".join(w for w in (complaint.origin, complaint.origin_number, day) if w)
        wanted = _("要求 {day} 前回复").format(day=format_date(due)) if due else ""
        return [
            NoteField("to", _("发给"), text="　".join(w for w in (said, wanted) if w)),
            RadioField(
                "how",
                _("怎样回复(&H)"),
                required=True,
                choices=[(_LETTER, _("制作回复函")), (_OTHERWISE, _("已经另行回复，只登记"))],
            ),
            DateField("day", _("回复日期(&D)"), required=True),
            TextField("progress", _("办理情况(&W)"), required=True, lines=4, most=14),
            TextField("result", _("办理结果(&J)"), lines=3, hint=_("还没有办结的不填。")),
            LineField(
                "sent",
                _("回复编号(&N)"),
                required=True,
                hint=_("另行回复的文号，或者写明怎样回复的，如“电话回复”。"),
            ),
        ]

    def beginning(self) -> Mapping[str, object]:
        progress, result = origins.beginning(self.view)
        return {"how": _LETTER, "progress": progress, "result": result}

    def reply(self, values: Values) -> OriginDraft:
        """The draft that the use case takes."""
        return OriginDraft(
            day=read.day(values, "day"),
            progress=read.text(values, "progress"),
            result=read.text(values, "result"),
            letter=values.get("how") != _OTHERWISE,
            number=read.text(values, "sent"),
        )

    def compose(self, values: Values) -> Callable[[Office], Preview]:
        draft, acting = self.reply(values), self.context.acting()
        complaint = self.view.complaint.id
        return lambda office: origins.preview(office, complaint, draft, acting)

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: origins.reply(office, complaint, self.reply(v), acting)

    def sentence(self, what: Made) -> str:
        if what.letter:
            return super().sentence(what)
        return _("{number} 已登记回复来源单位。").format(number=what.number)

    def show_draft(self) -> None:
        """There is a letter to be seen only where one is made."""
        if self.form.values()["how"] == _OTHERWISE:
            self.preview.show_message(_("只登记回复的日期和编号，不制作文书。"))
        else:
            super().show_draft()

    def _turn(self, key: str) -> None:
        """What is only noted needs a number and no words."""
        if key != "how":
            return
        noted = self.form.values()["how"] == _OTHERWISE
        for one in ("progress", "result"):
            self.form.set_shown(one, not noted)
        self.form.set_shown("sent", noted)
        self.save_button.setText(_("登记回复(&S)") if noted else _(self.save_words))
