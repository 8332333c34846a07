"""The rulebooks as the office uses them: read from the data, completed from national law."""

from pathlib import Path

from desktop.usecases.rulebooks import load_library

LIBRARY = load_library(Path(__file__).parents[2] / "resources" / "rulebooks")
BOOKS = {book.id: book for book in LIBRARY.places()}
NATIONAL = LIBRARY.national
