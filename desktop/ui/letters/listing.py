"""The list of the letter book: its columns; who complained is never named in it."""

from desktop.text import _, format_date
from desktop.ui.common.palette import Status as Colour
from desktop.ui.common.table import CENTER, Column, ListModel
from desktop.ui.letters import words
from desktop.usecases.letterbook import Row, Status


def model() -> ListModel[Row]:
    """Return the empty list."""
    return ListModel(
        [
            Column("number", _("编号"), _number, _by_number, width=13.2),
            Column("status", _("状态"), status_words, width=3.5, status=_colour),
            Column("kind", _("文种"), lambda row: row.kind_name, width=7, rank=2, least=5),
            Column("addressee", _("主送"), _addressee, width=8, stretch=True),
            Column(
                "dated",
                _("日期"),
                _dated,
                lambda row: row.letter.dated.toordinal(),
                width=5.3,
                rank=3,
            ),
            Column("sealed", _("用印"), _sealed, align=CENTER, width=2, tooltip=_sealed_on, rank=5),
            Column("sent", _("发出"), _sent, align=CENTER, width=2, tooltip=_sent_on, rank=4),
        ],
        lambda row: row.letter.id,
    )


def _number(row: Row) -> str:
    return row.letter.number


def _by_number(row: Row) -> tuple[int, str, int]:
    return row.letter.year, row.letter.series, row.letter.serial


def status_words(row: Row) -> str:
    """Return the status of a line; a reserved number that is next in turn says so."""
    return _("待用") if row.next else _(words.STATUSES[row.status][0])


def _colour(row: Row) -> Colour:
    return Colour.SOON if row.next else words.STATUSES[row.status][1]


def _addressee(row: Row) -> str:
    """Whom a letter is for; of a reserved number, what for."""
    return row.letter.title if row.status is Status.RESERVED else row.addressee


def _dated(row: Row) -> str:
    return row.letter.dated.isoformat()


def _sealed(row: Row) -> str:
    return "✓" if row.letter.sealed else ""


def _sent(row: Row) -> str:
    return "✓" if row.letter.dispatched else ""


def _sealed_on(row: Row) -> str:
    day = row.letter.sealed
    return _("{day} 用印").format(day=format_date(day)) if day else _("没有登记用印")


def _sent_on(row: Row) -> str:
    day = row.letter.dispatched
    return _("{day} 发出").format(day=format_date(day)) if day else _("没有登记发出")
