"""The page of envelopes and labels: addresses left, the sheet as it will print right."""

from collections.abc import Callable, Mapping, Sequence

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.actionpage import Values
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    CheckField,
    ChoiceField,
    LineField,
    NumberField,
    RadioField,
    RowsField,
)
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.rest import Rest
from desktop.ui.context import Context
from desktop.ui.letters.forms import BookForm, by_row, text
from desktop.usecases import lettermail
from desktop.usecases.lettermail import Mail, Size
from desktop.usecases.office import Done, Office

ENVELOPE, LABEL = "envelope", "label"


class MailPage(BookForm):
    """Nothing is kept here: the sheet is printed or saved from the preview."""

    def __init__(
        self,
        context: Context,
        what: str,
        to: Sequence[Mail],
        sizes: Mapping[str, Sequence[Size]],
    ) -> None:
        self.preview = LetterPreview()
        self._sizes = sizes
        secret = any(one.secret for one in to)
        super().__init__(
            context,
            "mail",
            (
                _("打印信封和标签"),
                _("地址只用于打印，不记入台账。")
                + (_("投诉举报人的姓名、地址在这里出现，已经记入操作记录。") if secret else ""),
                _("打印(&S)…"),
            ),
            [
                RadioField("what", _("打印"), choices=[(ENVELOPE, _("信封")), (LABEL, _("标签"))]),
                ChoiceField("size", _("规格(&G)"), required=True),
                NumberField(
                    "skip", _("跳过(&K)"), unit=_("张"), hint=_("第一张标签纸上已经用掉的标签。")
                ),
                CheckField("preprinted", _("信封"), text=_("信封上已经印有邮编框和寄件人")),
                RowsField(
                    "rows",
                    _("收件人(&R)"),
                    required=True,
                    columns=[
                        LineField("postcode", _("邮编"), narrow=True),
                        LineField("place", _("地址")),
                        LineField("name", _("姓名或单位")),
                        LineField("number", _("编号")),
                    ],
                    widths=[3, 7, 6, 7],
                    add_text=_("添加收件人"),
                ),
            ],
            self.preview,
        )
        self.preview.setObjectName("letters.mail.preview")
        self._timer = Rest(self, self.show_sheet)
        self._offer(what)
        rows = tuple(
            {"postcode": one.postcode, "place": one.place, "name": one.name, "number": one.number}
            for one in to
        )
        self.form.set_values({"what": what, "rows": rows})
        self._offer(what)
        self.form.mark_clean()
        self.form.edited.connect(self._edited)
        self.show_sheet()

    def show_sheet(self) -> None:
        """Set the sheet anew from what is typed."""
        self.context.tasks.run(self.draw(self.form.values()), self._show, self._no_sheet)

    def draw(self, values: Values) -> Callable[[Office], bytes]:
        """Make the job that sets the sheet; called on the UI thread."""
        acting, size = self.context.acting(), text(values, "size")
        listed = values.get("rows")
        to = tuple(
            Mail(text(row, "number"), text(row, "postcode"), text(row, "place"), text(row, "name"))
            for row in (listed if isinstance(listed, tuple) else ())
            if isinstance(row, Mapping)
        )
        if values.get("what") == LABEL:
            skip = values.get("skip")
            left_out = skip if isinstance(skip, int) else 0
            return lambda office: lettermail.print_labels(office, to, size, left_out, acting)
        printed = bool(values.get("preprinted"))
        return lambda office: lettermail.print_envelopes(
            office, to, size, acting, preprinted=printed
        )

    def job(self, values: Values) -> Callable[[Office], Done[int]]:
        raise NotImplementedError

    def sentence(self) -> str:
        return ""

    def tell_unread(self, problems: Mapping[str, str]) -> None:
        """Nothing is kept here that could be weighed: only what is missing is said as well."""
        self.form.show_faults({**self.form.unfilled(), **problems})

    def _save(self, values: Values) -> None:
        """Print what is typed now, not what was typed before the last pause."""
        self._timer.stop()
        self.set_saving(saving=True)
        self.context.tasks.run(self.draw(values), self._print, self.refuse)

    def _print(self, pdf: bytes) -> None:
        self.set_saving(saving=False)
        self._show(pdf)
        self.form.mark_clean()
        self.preview.print_letter()

    def _edited(self, key: str) -> None:
        if key == "what":
            self._offer(str(self.form.values()["what"]))
        self._timer.start()

    def _offer(self, what: str) -> None:
        """Offer the sizes of what is printed; the usual one is chosen."""
        editor = self.form.editor("size")
        assert isinstance(editor, ChoiceEditor)
        editor.set_choices([(one.name, _size_words(what, one)) for one in self._sizes[what]])
        if editor.value() is None:
            editor.set_value(self._sizes[what][0].name)
        self.form.set_shown("skip", what == LABEL)
        self.form.set_shown("preprinted", what == ENVELOPE)

    def _show(self, pdf: bytes) -> None:
        self.preview.bar.clear()
        self.preview.show_letter(pdf, _("信封和标签"))

    def _no_sheet(self, error: BaseException) -> None:
        if isinstance(error, Faults):
            said = by_row(wording.faults_by_field(error))
            self.preview.show_message(" ".join(said.values()))
        else:
            words = wording.error_words(error)
            self.preview.show_message(words or _("草稿暂时显示不出来。"))


def _size_words(what: str, size: Size) -> str:
    """Say how large an envelope is, or how many labels a sheet has."""
    if what == LABEL:
        return _("{name}（每张 {n} 个）").format(name=size.name, n=round(size.across * size.down))
    return _("{name}（{across:g} × {down:g} 毫米）").format(
        name=size.name, across=size.across, down=size.down
    )
