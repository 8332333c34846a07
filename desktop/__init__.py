"""阳光台账: the desktop program of the open-government office; this file holds only its version."""

from datetime import date

__version__ = "0.1.0"

#: The day this version was made: a PC's clock before it is wrong.
BUILT = date(2026, 11, 20)
