"""What a page says when an action failed: in words at its place, or to the one who watches errors."""

import sys

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar, Tone


def tell_trouble(bar: MessageBar, error: BaseException) -> None:
    """Say a known error in its own words; an unexpected one goes to sys.excepthook as well."""
    words = wording.error_words(error)
    if words is not None:
        bar.tell(Tone.ERROR, words)
        return
    bar.tell(Tone.ERROR, _("没有保存，填写的内容都还在；请再试一次。"))
    sys.excepthook(type(error), error, error.__traceback__)


def tell_failure(bar: MessageBar, error: BaseException) -> None:
    """The same where nothing was typed: an unexpected error goes to sys.excepthook alone."""
    words = wording.error_words(error)
    if isinstance(error, Faults):  # a reason asked in the status line has no field here
        words = " ".join(wording.faults_by_field(error).values())
    if words is None and isinstance(error, OSError):
        words = _("文件写不进去，请换一个位置再试。")
    if words is None:
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        bar.tell(Tone.ERROR, words)
