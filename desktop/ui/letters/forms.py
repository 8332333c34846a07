"""The pages of the letter book's steps: reserve a number, void it, seal and dispatch a letter."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.faults import Faults
from desktop.rules.replies import ReplyWay
from desktop.text import _
from desktop.ui.actionpage import EntryForm, Values
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    ChoiceField,
    DateField,
    LineField,
    NoteField,
    NumberField,
    SuggestField,
    TextField,
)
from desktop.ui.common.forms.field import Field
from desktop.ui.context import Context
from desktop.usecases import letterbook
from desktop.usecases.letterbook import DispatchDraft, Row, SealDraft
from desktop.usecases.letters import SERIES, TITLES
from desktop.usecases.office import Done, Office


class BookForm(EntryForm):
    """A form that writes one step of a letter."""

    def __init__(
        self,
        context: Context,
        name: str,
        words: tuple[str, str, str],
        fields: Sequence[Field],
        beside: QWidget | None = None,
    ) -> None:
        """`name` is what stands behind letters. in the object name."""
        super().__init__(context, f"letters.{name}", words, fields, beside)

    def fault_sentences(self, faults: Faults) -> Mapping[str, str]:
        return by_row(wording.faults_by_field(faults))


def by_row(said: Mapping[str, str]) -> dict[str, str]:
    """Name the row in what is said about one of several."""
    found = {}
    for key, sentence in said.items():
        row = re.match(r"\w+\.(\d+)\.", key)
        found[key] = (
            _("第 {number} 行：{said}").format(number=int(row[1]) + 1, said=sentence)
            if row
            else sentence
        )
    return found


def text(values: Values, key: str) -> str:
    """Return what was typed into a field of text."""
    return str(values.get(key) or "")


def day(values: Values, key: str) -> date | None:
    """Return the day of a field of dates."""
    found = values.get(key)
    return found if isinstance(found, date) else None


class ReservePage(BookForm):
    """预留编号: a number is kept free for a letter that comes later."""

    def __init__(self, context: Context) -> None:
        kinds = [(kind, TITLES[kind]) for kind in SERIES]
        super().__init__(
            context,
            "reserve",
            (
                _("预留编号"),
                _("取下一个编号留用，以后制作同一文种的文书时可以使用；不用的可以作废。"),
                _("预留(&S)"),
            ),
            [
                ChoiceField("kind", _("文种(&K)"), required=True, choices=kinds),
                LineField("reason", _("预留给(&R)"), required=True, hint=_("写明留作什么用。")),
            ],
        )

    def job(self, values: Values) -> Callable[[Office], Done[int]]:
        kind, reason, acting = text(values, "kind"), text(values, "reason"), self.context.acting()
        return lambda office: letterbook.reserve(office, kind, reason, acting)

    def sentence(self) -> str:
        return _("已预留编号。")


class _LetterForm(BookForm):
    """A step on one letter."""

    def __init__(
        self,
        context: Context,
        name: str,
        row: Row,
        words: tuple[str, str],
        fields: Sequence[Field],
    ) -> None:
        self.row = row
        about = f"{row.letter.number} · {row.kind_name} · {row.addressee}".rstrip(" ·")
        super().__init__(context, name, (words[0], about, words[1]), fields)

    def _keep(self, done: Done[int] | Done[None]) -> Done[int]:
        return Done(self.row.letter.id, done.event)


class VoidPage(_LetterForm):
    """作废: the number stays in the book with its reason."""

    def __init__(self, context: Context, row: Row) -> None:
        said = _(
            "编号留在登记簿里，不再使用；文书的原件照旧保存。"
            "作废不退回办理步骤：要重新制作这份文书，请在投诉登记或者案卷里撤销那一步。"
        )
        super().__init__(
            context,
            "void",
            row,
            (_("作废编号"), _("作废(&S)")),
            [
                NoteField("note", _("说明"), text=said),
                TextField("reason", _("作废原因(&R)"), required=True, lines=2, most=4),
            ],
        )

    def job(self, values: Values) -> Callable[[Office], Done[int]]:
        letter, acting = self.row.letter.id, self.context.acting()
        reason = text(values, "reason").replace("\n", " ")
        return lambda office: self._keep(letterbook.void(office, letter, reason, acting))

    def sentence(self) -> str:
        return _("{number} 已作废。").format(number=self.row.letter.number)


class SealPage(_LetterForm):
    """登记用印: who allowed the seal, who put it on, how many copies."""

    def __init__(self, context: Context, row: Row, known: Sequence[str]) -> None:
        super().__init__(
            context,
            "seal",
            row,
            (_("登记用印"), _("登记(&S)")),
            [
                DateField("day", _("用印日期(&D)"), required=True),
                SuggestField("approved_by", _("批准人(&A)"), required=True, known=known, width=10),
                SuggestField("sealed_by", _("用印人(&P)"), required=True, known=known, width=10),
                NumberField("copies", _("份数(&N)"), required=True, unit=_("份")),
                LineField("note", _("备注(&M)")),
            ],
        )
        self.form.set_values(
            {"day": context.today(), "sealed_by": context.acting().name, "copies": 1}
        )

    def job(self, values: Values) -> Callable[[Office], Done[int]]:
        letter, acting = self.row.letter.id, self.context.acting()
        copies = values["copies"]
        draft = SealDraft(
            day=day(values, "day"),
            approved_by=text(values, "approved_by"),
            sealed_by=text(values, "sealed_by"),
            copies=copies if isinstance(copies, int) else None,
            note=text(values, "note"),
        )
        return lambda office: self._keep(letterbook.seal(office, letter, draft, acting))

    def sentence(self) -> str:
        return _("已登记 {number} 用印。").format(number=self.row.letter.number)


#: The way of sending that goes with a way of answering.
_USUAL = {ReplyWay.POST: "邮寄", ReplyWay.PERSON: "直接送交"}


class DispatchPage(_LetterForm):
    """登记发出: when, how and to whom; who complained is not named."""

    def __init__(self, context: Context, row: Row, way: ReplyWay | None = None) -> None:
        """`way`: how the complainant it is for wants to be answered."""
        secret = letterbook.is_secret(row.letter)
        asked: list[Field] = []
        if way is not None:
            said = _("请按投诉人选择的方式答复：{way}。").format(way=_(wording.REPLY_WAYS[way]))
            asked.append(NoteField("asked", _("答复方式"), text=said))
        whom: Field = (
            NoteField("recipient", _("收件人"), text=_("投诉举报人（登记簿里不写姓名）。"))
            if secret
            else LineField("recipient", _("收件人(&R)"), required=True)
        )
        super().__init__(
            context,
            "dispatch",
            row,
            (_("登记发出"), _("登记(&S)")),
            [
                *asked,
                DateField("day", _("发出日期(&D)"), required=True),
                ChoiceField(
                    "way",
                    _("方式(&W)"),
                    required=True,
                    choices=[(way, way) for way in letterbook.WAYS],
                ),
                whom,
                LineField(
                    "tracking",
                    _("邮件编号(&T)"),
                    width=18,
                    narrow=True,
                    hint=_("挂号、快递的填写。"),
                ),
                LineField("note", _("备注(&M)")),
            ],
        )
        first = {} if secret else {"recipient": row.addressee}
        if way in _USUAL:
            first["way"] = _USUAL[way]
        self.form.set_values({"day": context.today(), **first})

    def job(self, values: Values) -> Callable[[Office], Done[int]]:
        letter, acting = self.row.letter.id, self.context.acting()
        draft = DispatchDraft(
            day=day(values, "day"),
            way=text(values, "way"),
            recipient=text(values, "recipient"),
            tracking=text(values, "tracking"),
            note=text(values, "note"),
        )
        return lambda office: self._keep(letterbook.dispatch(office, letter, draft, acting))

    def sentence(self) -> str:
        return _("已登记 {number} 发出。").format(number=self.row.letter.number)
