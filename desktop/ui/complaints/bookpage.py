"""打印登记簿: which numbers, one or both sides; then the book as it prints, to be bound (成册)."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.rules.faults import Faults
from desktop.rules.roles import read_roles, sees_identity
from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    Form,
    FormPage,
    LineField,
    NoteField,
    NumberField,
    RadioField,
    TextField,
)
from desktop.ui.common.printing import Sides
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.complaints import values as read
from desktop.ui.complaints.papers import LetterView, Paper
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import registerbook
from desktop.usecases.office import Done, Office
from desktop.usecases.registerbook import Beginning, Book, BookDraft, Span, Volume

_BIND = "bind"
#: Which fields belong to which span.
_OF_SPAN = {
    "year": (Span.GO_ON, Span.YEAR, Span.NUMBERS),
    "first": (Span.NUMBERS,),
    "last": (Span.GO_ON, Span.NUMBERS),
    "since": (Span.DAYS,),
    "until": (Span.DAYS,),
}


class BookPage(FormPage):
    """What is to be printed; `made(book)` when it is ready to be looked at."""

    made = Signal(object)
    left = Signal()

    def __init__(self, context: Context, beginning: Beginning) -> None:
        """``beginning`` says which years there are, and what was bound already."""
        self._context, self._beginning = context, beginning
        self.volume: Volume | None = None
        form = Form(self._fields(), context.today())
        super().__init__(
            _("打印登记簿"),
            _("A4 横向，有封面、页码、装订边和签名处；作废的编号照样在册，并写明原因。"),
            form,
            _("生成(&S)"),
        )
        self.setObjectName("complaints.book")
        self.save_button.setObjectName("complaints.book.save")
        year = beginning.years[0][0] if beginning.years else context.today().year
        form.set_values({"span": Span.GO_ON, "year": year, "sides": "two"})
        self._arrange()
        form.mark_clean()
        form.edited.connect(lambda _key: self._arrange())
        self.saved.connect(self._make)
        self.cancelled.connect(self.left)

    def _fields(self) -> list[Field]:
        today = self._context.today()
        years = [(year, str(year)) for year, _last in self._beginning.years]
        fields: list[Field] = [
            RadioField(
                "span",
                _("打印哪些"),
                choices=[
                    (Span.GO_ON, _("续打：上一册之后的编号，可以成册")),
                    (Span.YEAR, _("一年的全部编号")),
                    (Span.NUMBERS, _("一段编号（可以重印已经成册的）")),
                    (Span.DAYS, _("一段日期收到的")),
                ],
            ),
            ChoiceField("year", _("年份"), choices=years or [(today.year, str(today.year))]),
            NumberField("first", _("从第几号")),
            NumberField("last", _("到第几号")),
            DateField("since", _("收到日期从")),
            DateField("until", _("到")),
            LineField(
                "gaps",
                _("空号的说明"),
                hint=_("编号有空缺时印在那一行，例如“旧系统迁移时留出”；没有空号就不印。"),
            ),
            RadioField(
                "sides",
                _("纸张"),
                choices=[("two", _("双面（背面的装订边在右）")), ("one", _("单面"))],
            ),
        ]
        clerk = self._context.clerk
        if clerk is not None and sees_identity(read_roles(clerk.roles)):
            words = _("写明投诉举报人的姓名（会留下记录）")
            fields.append(CheckField("named", _("身份"), text=words))
        fields.append(TextField("reason", _("写明身份的理由"), required=True, lines=2))
        if self._beginning.volumes:
            fields.append(NoteField("bound", _("已经成册"), text=self._bound()))
        return fields

    def _bound(self) -> str:
        line = _("{year} 年第 {volume} 册：{first}—{last} 号，{pages} 页，{day} 打印")
        return "\n".join(
            line.format(
                year=one.year,
                volume=one.volume,
                first=one.first,
                last=one.last,
                pages=one.pages,
                day=format_date(one.printed),
            )
            for one in self._beginning.volumes
        )

    def _arrange(self) -> None:
        """Show what belongs to the span, and say where it begins and ends."""
        values = self.form.values()
        span = read.one_of(values, "span", Span) or Span.GO_ON
        for key, spans in _OF_SPAN.items():
            self.form.set_shown(key, span in spans)
        self.form.set_shown("reason", bool(values.get("named")))
        year = read.number(values, "year")
        last = self._beginning.last(year) if year else 0
        self.form.set_hint("year", self._says(span, year, last))
        said = ""
        if last:
            said = _("这一年编到 {last} 号；空着就打印到这一号。").format(last=last)
        self.form.set_hint("last", said if span is Span.GO_ON else "")

    def _says(self, span: Span, year: int | None, last: int) -> str:
        if year is None or span is Span.DAYS:
            return ""
        if span is not Span.GO_ON:
            return _("这一年编到 {last} 号。").format(last=last)
        volume, first = self._beginning.next(year)
        if first > last:
            return _("这一年的编号都已经成册，没有可以续打的。")
        said = _("第 {volume} 册，从 {first} 号起。")
        return said.format(volume=volume, first=first)

    def _make(self, values: Values) -> None:
        draft, acting = self._draft(values), self._context.acting()
        told = _("正在排登记簿…")
        self.set_saving(saving=True)

        def work(office: Office, progress: Progress) -> Book:
            def tell(done: int, total: int) -> None:
                progress(told, done, total)

            return registerbook.make(office, draft, acting, tell)

        self._context.tasks.run_long(work, self._made, self._failed, changes=draft.named)

    def _draft(self, values: Values) -> BookDraft:
        span = read.one_of(values, "span", Span) or Span.GO_ON
        named = bool(values.get("named"))
        return BookDraft(
            span=span,
            year=read.number(values, "year"),
            first=read.number(values, "first"),
            last=read.number(values, "last"),
            since=read.day(values, "since"),
            until=read.day(values, "until"),
            named=named,
            reason=read.text(values, "reason") if named else "",
            gaps=read.text(values, "gaps"),
            two_sided=values.get("sides") != "one",
        )

    def _made(self, book: Book) -> None:
        self.set_saving(saving=False)
        self.form.mark_clean()
        self.made.emit((book, self.form.values().get("sides") != "one"))

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        if isinstance(error, Cancelled):
            self.bar.tell(Tone.INFO, _("已停止，没有打印。"))
        elif isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        elif words := wording.error_words(error):
            self.bar.tell(Tone.ERROR, words)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


class BookView(LetterView):
    """The printed register; a volume can be written down as bound from here."""

    def __init__(self, context: Context, book: Book, *, two_sided: bool) -> None:
        title, day = registerbook.TITLE, context.today().isoformat()
        super().__init__(Paper(title, book.heading, book.pdf, f"{title} {book.heading} {day}"))
        self.setObjectName("complaints.book.view")
        self._context, self._volume = context, book.volume
        self.preview.sides = Sides.SHORT if two_sided else Sides.ONE
        self.preview.bar.clicked.connect(self._clicked)
        self._tell(book)

    def _tell(self, book: Book) -> None:
        said = _("共 {count} 件，其中作废 {void} 件，空号 {missing} 个；{pages} 页。").format(
            count=book.count, void=book.void, missing=book.missing, pages=book.pages
        )
        actions: Sequence[tuple[str, str]] = ()
        if book.named:
            said += _("载有投诉举报人的身份，已留有记录，请注意保密。")
        if book.volume is not None and self._context.may("complaint.bind"):
            said += _("打印装订好以后请记为成册，下一册从 {next} 号续打。").format(
                next=book.volume.last + 1
            )
            actions = ((_BIND, _("记为成册")),)
        self.preview.bar.tell(
            Tone.WARN if book.named else Tone.INFO, said, *actions, closable=False
        )

    def _clicked(self, key: str) -> None:
        volume, acting = self._volume, self._context.acting()
        if key == _BIND and volume is not None:
            self._volume = None  # pressed twice it is still one volume
            self._context.do(
                lambda office: registerbook.bind(office, volume, acting),
                lambda done: self._done(volume, done),
                self._failed,
            )

    def _done(self, volume: Volume, done: Done[int]) -> None:
        said = _("已记为 {year} 年第 {volume} 册，下次从 {next} 号续打。").format(
            year=volume.year, volume=volume.volume, next=volume.last + 1
        )
        self.setFocus()  # before its button goes, so that no key goes astray to 撤销
        self.preview.bar.tell(Tone.INFO, said)
        self._context.said.emit(said, done.event)

    def _failed(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self.preview.bar.tell(Tone.ERROR, words)
