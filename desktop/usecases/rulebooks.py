"""Loading the rulebooks (规则包) and finding the one a record began under."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path

from desktop.rules.rulebook import Rulebook, RulebookFault, completed, parse

NATIONAL = "national"

Books = dict[tuple[str, int], Rulebook]


class Library:
    """All rulebooks that can be read, by id and version, and the faults of those that can not.

    Files are read when something of them is asked for: one rulebook with the national ones it is
    completed from, or all of them; each of them once.
    """

    def __init__(self, folder: Path) -> None:
        """Know where the files lie."""
        self._folder = folder
        self._read: dict[str, Books] = {}
        self._parsed: dict[Path, Rulebook | RulebookFault] = {}

    def read_ahead(self) -> list[Callable[[], object]]:
        """Return what reads the files one by one, those first that every office needs."""
        files = sorted(self._folder.glob("*.toml"), key=lambda f: not f.name.startswith(NATIONAL))
        return [partial(self._parse, file) for file in files]

    def _parse(self, file: Path) -> Rulebook | RulebookFault:
        found = self._parsed.get(file)
        if found is None:
            found = self._parsed[file] = _parse(file)
        return found

    @cached_property
    def _all(self) -> tuple[Books, tuple[RulebookFault, ...]]:
        return _collect((f, self._parse(f)) for f in sorted(self._folder.glob("*.toml")))

    @property
    def books(self) -> Books:
        """Return every rulebook that can be read."""
        return self._all[0]

    @property
    def faults(self) -> tuple[RulebookFault, ...]:
        """Return why the others can not."""
        return self._all[1]

    def _few(self, pack: str) -> Books:
        """Return the rulebooks of a pack, which its files are named after, and the national ones."""
        if pack not in self._read:
            stems = (pack, NATIONAL)
            files = [f for f in self._folder.glob("*.toml") if f.name.startswith(stems)]
            self._read[pack] = _collect((f, self._parse(f)) for f in sorted(files))[0]
        return self._read[pack]

    def places(self) -> tuple[Rulebook, ...]:
        """Return the newest version of every place's rulebook."""
        newest: dict[str, Rulebook] = {}
        for (name, _), book in sorted(self.books.items()):
            if book.kind == "place":
                newest[name] = book
        return tuple(newest.values())

    @property
    def national(self) -> Rulebook:
        """Return the newest national rulebook.

        Raises:
            RulebookFault: it could not be read.
        """
        found = newest_national(self._few(NATIONAL)) or newest_national(self.books)
        if found is None:
            raise self._fault(NATIONAL)
        return found

    def pinned(self, pack: str, version: int) -> Rulebook:
        """Return the rulebook and version that a record is pinned to.

        Raises:
            RulebookFault: it is not among the files, or could not be read.
        """
        book = self._few(pack).get((pack, version)) or self.books.get((pack, version))
        if book is None:
            raise self._fault(pack)
        return book

    def _fault(self, pack: str) -> RulebookFault:
        own = next((f for f in self.faults if f.file.startswith(pack)), None)
        return own or RulebookFault(f"{pack}.toml", "", "没有这个规则包或这个版本")


def newest_national(books: Books) -> Rulebook | None:
    """Return the newest national rulebook among some, or None if there is none."""
    found = [b for b in books.values() if b.kind == "national"]
    return max(found, key=lambda b: b.version, default=None)


def load_library(folder: Path) -> Library:
    """Return the rulebooks of a folder; a damaged one is reported and does not stop the others.

    Places whose text stops short are completed from national law, each entry citing it.
    """
    return Library(folder)


def _parse(file: Path) -> Rulebook | RulebookFault:
    try:
        return parse(file.read_text(encoding="utf-8"), file.name)
    except RulebookFault as fault:
        return fault
    except (OSError, UnicodeDecodeError) as error:
        return RulebookFault(file.name, "", f"读不出来：{error}")


def _collect(
    read: Iterable[tuple[Path, Rulebook | RulebookFault]],
) -> tuple[Books, tuple[RulebookFault, ...]]:
    books: Books = {}
    faults: list[RulebookFault] = []
    for file, book in read:
        if isinstance(book, RulebookFault):
            faults.append(book)
        elif (book.id, book.version) in books:
            faults.append(RulebookFault(file.name, "", "与另一个规则文件的编号和版本相同"))
        else:
            books[book.id, book.version] = book
    national = newest_national(books)
    if national is not None:
        books = {key: completed(book, national) for key, book in books.items()}
    return books, tuple(faults)
