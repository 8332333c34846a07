"""Rows of a long list, fetched a page at a time as they come into sight; the last ones are kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

from PySide6.QtCore import QObject, Signal

R = TypeVar("R")
#: So many pages are kept; those looked at longest ago go first.
KEPT = 64


class _Signals(QObject):
    """A sequence can not be a QObject itself."""

    arrived = Signal(int, int)  # the first and the last row that came


class Pages(Sequence[R], Generic[R]):
    """A sequence of so many rows; what is not there yet is None until it arrives.

    `fetch(page)` asks for a page, which is handed in by `put`. Only pages that are looked at are
    asked for, each once at a time.
    """

    def __init__(
        self,
        count: int,
        size: int,
        fetch: Callable[[int], None],
        pages: Mapping[int, Sequence[R]] | None = None,
    ) -> None:
        self._count, self._size, self._fetch = count, size, fetch
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict(pages or {})
        self._asked: set[int] = set()
        self._signals = _Signals()
        self.arrived = self._signals.arrived

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...
    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(self._count))]
        if not -self._count <= at < self._count:
            raise IndexError(at)
        number, place = divmod(at % self._count, self._size)
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return self._nothing
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else self._nothing

    @property
    def _nothing(self) -> R:
        """None: readers of a list ask for whole rows and pass over what is not there."""
        return None  # type: ignore[return-value]

    def put(self, number: int, rows: Sequence[R]) -> None:
        """Take in a page that was asked for."""
        self._asked.discard(number)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first = number * self._size
        self.arrived.emit(first, min(first + self._size, self._count) - 1)

    def ready(self, at: int) -> bool:
        """Whether a row is there already."""
        return at // self._size in self._pages

    def held(self) -> Iterator[tuple[int, R]]:
        """The rows that are there, each with its place; asks for none."""
        for number, page in sorted(self._pages.items()):
            for place, row in enumerate(page):
                yield number * self._size + place, row

    def find(self, key: Callable[[R], Hashable], wanted: Hashable) -> int:
        """Where a row with this key is among those that are there, -1 if it is not."""
        return next((at for at, row in self.held() if key(row) == wanted), -1)

    def _ask(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self._fetch(number)
