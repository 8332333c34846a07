"""Tabs and pages by their keys: each is made when it is first asked for, and not before."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


class Shelf(Mapping[str, W], Generic[W]):
    """What can be shown, by key; looking something up makes it.

    Keys stand in their order from the beginning; `made` are those that exist by now.
    """

    def __init__(
        self,
        makers: Mapping[str, Callable[[], W]] | None = None,
        place: Callable[[str, W], None] = lambda _key, _made: None,
    ) -> None:
        """`place` puts what was just made where it belongs."""
        self._makers = dict(makers or {})
        self._place = place
        self.made: dict[str, W] = {}

    def __getitem__(self, key: str) -> W:
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = self._makers[key]()
            self._place(key, found)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def key_of(self, widget: QWidget | None) -> str:
        """Return under which key something stands that was made; empty if under none."""
        return next((key for key, one in self.made.items() if one is widget), "")
