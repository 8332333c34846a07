"""What a role may not do is seen before it is tried: buttons and menus say why they do not work."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.rules.roles import Role
from desktop.ui.common.rolewords import refused_words


class Actor(Protocol):
    """Who is at the desk: a session, or the window's context."""

    @property
    def roles(self) -> frozenset[Role]:
        """His roles."""

    def may(self, action: str) -> bool:
        """Whether he may take an action."""


def allow(wearer: QWidget | QAction, actor: Actor, *actions: str) -> bool:
    """Let a button or menu work only for who may take one of the actions; else it says why not.

    Returns whether he may. The wearer's own tooltip comes back when he may.
    """
    own = wearer.property("own_tip")
    if own is None:
        own = wearer.toolTip() if isinstance(wearer, QWidget) else wearer.statusTip()
        wearer.setProperty("own_tip", own)
    may = any(actor.may(action) for action in actions)
    wearer.setEnabled(may)
    wearer.setToolTip(str(own) if may else why_not(actor, actions))
    return may


def why_not(actor: Actor, actions: Iterable[str]) -> str:
    """Return why somebody may take none of these actions, as a sentence."""
    return refused_words(next(iter(actions)), actor.roles)
