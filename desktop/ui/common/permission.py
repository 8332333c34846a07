"""What a role may not do is seen before it is tried: buttons and menus say why they do not work."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

#: Says why none of these actions may be taken; empty if one may.
WhyNot = Callable[..., str]


def allow(wearer: QWidget | QAction, why_not: str) -> bool:
    """Let a button or menu work, or say in its tooltip why it does not; return whether it does.

    The wearer's own tooltip comes back when it works again.
    """
    own = wearer.property("own_tip")
    if own is None:
        own = wearer.toolTip() if isinstance(wearer, QWidget) else ""
        wearer.setProperty("own_tip", own)
    wearer.setEnabled(not why_not)
    wearer.setToolTip(why_not or str(own))
    return not why_not
