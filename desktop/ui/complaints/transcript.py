"""The page 接谈（电话）记录: questions and answers typed while the person speaks, printed to be signed."""

from collections.abc import Callable

from desktop.text import _
from desktop.ui.common.forms import Field, LineField, RowsField, SuggestField, TextField
from desktop.ui.complaints import values as read
from desktop.ui.complaints.paperpage import PaperPage
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import sheets
from desktop.usecases.office import Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.sheets import TranscriptBeginning, TranscriptDraft


class TranscriptPage(PaperPage):
    """Nothing is kept: the paper is signed, scanned and added to the complaint as a file."""

    def __init__(self, context: Context, view: ComplaintView, begin: TranscriptBeginning) -> None:
        title = _("打印接谈记录") if begin.present else _("打印电话记录")
        super().__init__(
            context,
            view,
            "complaints.transcript",
            (title, _("打印…(&S)")),
            _fields(context, begin),
            {
                "begun": begin.begun,
                "host": begin.host,
                "statement": begin.statement,
                "demands": begin.demands,
                "exchanges": tuple({"question": one, "answer": ""} for one in begin.questions),
            },
        )

    def draw(self, values: Values) -> Callable[[Office], bytes]:
        draft, acting, complaint = _draft(values), self.context.acting(), self.view.complaint.id
        return lambda office: sheets.transcript(office, complaint, draft, acting)

    def paper_name(self) -> str:
        return _("{number} 记录").format(number=self.view.complaint.number)

    def no_sheet(self) -> str:
        return _("记录暂时显示不出来。")


def _fields(context: Context, begin: TranscriptBeginning) -> list[Field]:
    known = [clerk.name for clerk in context.directory.clerks]
    return [
        LineField("begun", _("开始时间(&B)"), width=16),
        LineField("ended", _("结束时间(&E)"), width=16, hint=_("谈完再填，也可以手写。")),
        *([LineField("place", _("地点(&L)"), width=16)] if begin.present else []),
        SuggestField(
            "host",
            _("接谈人(&H)") if begin.present else _("接听人(&H)"),
            known=known,
            width=10,
        ),
        SuggestField("recorder", _("记录人(&R)"), known=known, width=10),
        TextField("statement", _("反映的内容(&W)"), required=True, lines=5, most=12),
        RowsField(
            "exchanges",
            _("询问和回答(&Q)"),
            columns=(
                TextField("question", _("问"), lines=2, most=4),
                TextField("answer", _("答"), lines=2, most=8),
            ),
            widths=(2, 3),
            add_text=_("再问一项"),
            hint=_("没有问到的一行，删去或者空着回答；空着的留出地方手写。"),
        ),
        TextField("demands", _("诉求(&D)"), lines=2),
    ]


def _draft(values: Values) -> TranscriptDraft:
    return TranscriptDraft(
        begun=read.text(values, "begun"),
        ended=read.text(values, "ended"),
        place=read.text(values, "place"),
        host=read.text(values, "host"),
        recorder=read.text(values, "recorder"),
        statement=read.text(values, "statement"),
        exchanges=tuple(
            (read.text(row, "question"), read.text(row, "answer"))
            for row in read.rows(values, "exchanges")
        ),
        demands=read.text(values, "demands"),
    )
