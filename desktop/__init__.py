"""阳光台账: the desktop program of the open-government office; this file holds only its version."""

__version__ = "0.1.0"
