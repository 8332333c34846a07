"""Loading the rulebooks (规则包) and finding the one a record began under."""

from pathlib import Path

from desktop.rules.rulebook import Rulebook, RulebookFault, completed, parse
from frozen import dataclass

NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Library:
    """All rulebooks that could be read, by id and version, and the faults of those that could not."""

    books: dict[tuple[str, int], Rulebook]
    faults: tuple[RulebookFault, ...]

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
        found = self.newest_national()
        if found is None:
            raise self._fault(NATIONAL)
        return found

    def newest_national(self) -> Rulebook | None:
        """Return the newest national rulebook, or None if none could be read."""
        found = [b for b in self.books.values() if b.kind == "national"]
        return max(found, key=lambda b: b.version, default=None)

    def pinned(self, pack: str, version: int) -> Rulebook:
        """Return the rulebook and version that a record is pinned to.

        Raises:
            RulebookFault: it is not among the files, or could not be read.
        """
        book = self.books.get((pack, version))
        if book is None:
            raise self._fault(pack)
        return book

    def _fault(self, pack: str) -> RulebookFault:
        own = next((f for f in self.faults if f.file.startswith(pack)), None)
        return own or RulebookFault(f"{pack}.toml", "", "没有这个规则包或这个版本")


def load_library(folder: Path) -> Library:
    """Read every rulebook of a folder; a damaged one is reported and does not stop the others.

    Places whose text stops short are completed from national law, each entry citing it.
    """
    books: dict[tuple[str, int], Rulebook] = {}
    faults: list[RulebookFault] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            book = parse(file.read_text(encoding="utf-8"), file.name)
            if (book.id, book.version) in books:
                raise RulebookFault(file.name, "", "与另一个规则文件的编号和版本相同")
            books[book.id, book.version] = book
        except RulebookFault as fault:
            faults.append(fault)
        except (OSError, UnicodeDecodeError) as error:
            faults.append(RulebookFault(file.name, "", f"读不出来：{error}"))
    national = Library(books, tuple(faults)).newest_national()
    if national is not None:
        books = {key: completed(book, national) for key, book in books.items()}
    return Library(books, tuple(faults))
