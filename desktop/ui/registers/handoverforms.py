"""The forms of unopened letters: the outside of one, and to whom it was handed (移交)."""

from collections.abc import Sequence

from desktop.rules.handovers import HandingDraft, HandoverDraft, Sealing
from desktop.text import _
from desktop.ui.actionpage import EntryForm, Values
from desktop.ui.common.forms import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    LineField,
    NoteField,
    NumberField,
    SuggestField,
    TextField,
)
from desktop.ui.complaints import values as read
from desktop.ui.context import Context
from desktop.ui.registers.form import Job, reason_of
from desktop.ui.registers.handoverwords import NAME, SEALINGS
from desktop.usecases import handovers
from desktop.usecases.handovers import View
from desktop.usecases.office import Done, Office

_CHANNELS = ("信函", "上级转来", "部门转来", "当面递交", "机要交换", "举报箱")


Offers = tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]


def offers(office: Office) -> Offers:
    """The kinds of letters (id, name, text with its article), and to whom such letters went."""
    book = office.national
    kinds = tuple((k.id, k.name, f"{book.cite(k)}：{k.text}") for k in handovers.kinds(office))
    return kinds, handovers.receivers(office)


def why_no_content() -> str:
    """Why nothing of what a letter says can be typed."""
    return _(
        "这类来信不拆阅、不复制、不摘抄、不录入：只登记信封、封条和交接，所以这里没有填写内容的地方。"
        "误拆的，原样封存，封口情况选“误拆后重新封存”。"
    )


class LetterForm(EntryForm):
    """The outside of a letter; there is no field for what it says."""

    def __init__(self, context: Context, offers: Offers, seen: View | None = None) -> None:
        self._kinds = {key: text for key, _name, text in offers[0]}
        self._letter = seen.row.letter if seen else None
        name = f"{NAME}.correct" if seen else f"{NAME}.register"
        title = _("修改交接登记") if seen else _("登记来信（只登交接）")
        about = self._letter.number if self._letter else _("单独编号；登记以后编号不再改变。")
        fields: list[Field] = [
            NoteField("why", _("不录内容"), text=why_no_content()),
            ChoiceField(
                "kind",
                _("来信类别(&K)"),
                required=True,
                choices=[(key, word) for key, word, _text in offers[0]],
            ),
            DateField("received", _("收到日期(&D)"), required=True),
            LineField("at", _("收到时间(&T)"), required=True, width=6, narrow=True),
            SuggestField("channel", _("来件渠道(&C)"), required=True, known=_CHANNELS, width=12),
            LineField("brought", _("送信人(&B)"), hint=_("谁送来、从哪里转来的；可以不填。")),
            LineField(
                "envelope",
                _("信封特征(&E)"),
                required=True,
                hint=_("信封的样式、大小、邮戳；不抄寄信人的姓名和地址。"),
            ),
            LineField("seal", _("封条编号(&L)"), width=12, hint=_("没有贴封条的不填。")),
            ChoiceField(
                "sealing",
                _("封口情况(&F)"),
                required=True,
                choices=[(one, _(SEALINGS[one])) for one in Sealing],
            ),
            NumberField("pieces", _("件数(&P)"), required=True, unit=_("件")),
            NumberField("weight", _("重量(&G)"), unit=_("克，连封口称；没有称的不填")),
            SuggestField("to_unit", _("拟交给(&U)"), known=offers[1], hint=_("可以移交时再填。")),
        ]
        if seen:
            fields.append(TextField("reason", _("修改理由(&R)"), required=True, lines=2))
        super().__init__(context, name, (title, about, _("登记(&S)")), fields)
        self.form.edited.connect(self._cite)
        if self._letter is None:
            now = context.clock()
            self.form.set_values({"received": now.date(), "at": f"{now:%H:%M}", "pieces": 1})
        else:
            draft = handovers.draft_of(self._letter)
            keys = ("kind", "received", "at", "channel", "brought", "envelope", "seal", "sealing")
            more = ("pieces", "weight", "to_unit")
            self.form.set_values({key: getattr(draft, key) for key in (*keys, *more)})
        self._cite("kind")

    def job(self, values: Values) -> Job:
        draft = HandoverDraft(
            kind=read.text(values, "kind"),
            received=read.day(values, "received"),
            at=read.text(values, "at"),
            channel=read.text(values, "channel"),
            brought=read.text(values, "brought"),
            envelope=read.text(values, "envelope"),
            seal=read.text(values, "seal"),
            sealing=read.one_of(values, "sealing", Sealing),
            pieces=read.number(values, "pieces"),
            weight=read.number(values, "weight"),
            to_unit=read.text(values, "to_unit"),
        )
        letter, acting = self._letter, self.context.acting()
        if letter is None:
            return lambda office: handovers.register(office, draft, acting)
        reason = reason_of(values)

        return lambda office: Done(
            letter.id, handovers.correct(office, letter.id, draft, reason, letter.rev, acting).event
        )

    def sentence(self) -> str:
        if self._letter is None:
            return _("来信已登记；请打印交接单。")
        return _("{number} 的登记已修改。").format(number=self._letter.number)

    def _cite(self, key: str) -> None:
        """Say on which text it stands that such a letter is not entered."""
        if key == "kind":
            self.form.set_hint("kind", self._kinds.get(read.text(self.form.values(), "kind"), ""))


class HandForm(EntryForm):
    """移交: to whom and when, once both have signed."""

    def __init__(self, context: Context, seen: View, known: Sequence[str]) -> None:
        self._letter = seen.row.letter
        super().__init__(
            context,
            f"{NAME}.hand",
            (_("移交来信"), self._letter.number, _("登记移交(&S)")),
            [
                SuggestField("unit", _("接收单位(&U)"), required=True, known=known),
                LineField("person", _("接收人(&P)"), required=True, width=10),
                DateField("day", _("移交日期(&D)"), required=True),
                LineField("at", _("移交时间(&T)"), required=True, width=6, narrow=True),
                CheckField(
                    "signed",
                    _("签名"),
                    required=True,
                    text=_("交出、接收双方已在交接单上签名(&G)"),
                ),
            ],
        )
        now = context.clock()
        self.form.set_values(
            {"unit": self._letter.to_unit, "day": now.date(), "at": f"{now:%H:%M}"}
        )

    def job(self, values: Values) -> Job:
        draft = HandingDraft(
            read.text(values, "unit"),
            read.text(values, "person"),
            read.day(values, "day"),
            read.text(values, "at"),
            signed=values.get("signed") is True,
        )
        letter, acting = self._letter.id, self.context.acting()

        return lambda office: Done(letter, handovers.hand_over(office, letter, draft, acting).event)

    def sentence(self) -> str:
        return _("{number} 已登记移交。").format(number=self._letter.number)
