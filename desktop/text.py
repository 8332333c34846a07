"""Every visible word of the program in the language in use; no words of letters, no data.

The message id is the Simplified Chinese text itself. English is a catalogue beside it. A text is
looked up when it is shown, never at import, so the language can be changed while running.
"""

import gettext
import io
from datetime import date
from pathlib import Path

from desktop import paths

LANGUAGES = ("zh_CN", "en")


class _Sources(gettext.NullTranslations):
    """Every text as it stands in the sources: in Chinese, which has one form for every number."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the one form."""
        del msgid2, n
        return msgid1


_language = "zh_CN"
_catalogue: gettext.NullTranslations = _Sources()


def use_language(code: str) -> None:
    """Show everything from now on in `code`: "zh_CN" or "en".

    Raises ValueError for any other code, FileNotFoundError if the program lacks its catalogue.
    """
    global _catalogue, _language
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code!r}")
    if code == "zh_CN":
        _catalogue = _Sources()
    else:
        _catalogue = _read_catalogue(paths.catalogues() / code / "LC_MESSAGES" / "messages.po")
    _language = code


def language() -> str:
    """The code of the language in use."""
    return _language


def _(message: str) -> str:
    """The text in the language in use; the Chinese text itself where no translation exists."""
    # The empty id is the catalogue's header, which is nothing to show.
    return _catalogue.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext users know
    """Mark a text for the catalogue without looking it up: for constants shown later by `_`."""
    return message


def ngettext_(singular: str, plural: str, n: int) -> str:
    """The form of a text that fits the number `n`: `ngettext_("{n} 天", "{n} 天", n)`."""
    return _catalogue.ngettext(singular, plural, n)


def format_date(day: date) -> str:
    """A date in lists and fields: 2026-11-21 in every language."""
    return day.strftime("%Y-%m-%d")


def long_date(day: date) -> str:
    """A date in a sentence: 2026年11月21日, or 21 November 2026."""
    if _language == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日"
    # Babel takes its time to load; a window that shows no long date need not wait for it.
    from babel.dates import format_date as spell

    return spell(day, "d MMMM y", locale=_language)


def _read_catalogue(source: Path) -> gettext.NullTranslations:
    """The compiled catalogue beside `source`, or `source` compiled in memory if that is newer."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and not _is_newer(source, compiled):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    memory = io.BytesIO()
    with source.open("rb") as file:
        write_mo(memory, read_po(file))
    memory.seek(0)
    return gettext.GNUTranslations(memory)


def _is_newer(source: Path, compiled: Path) -> bool:
    """Whether `source` was changed after `compiled` was made; an exe carries no source."""
    return source.exists() and source.stat().st_mtime > compiled.stat().st_mtime
