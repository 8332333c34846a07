"""Start the program: ``python -m desktop [--sample | --office FILE | --verify FILE]``."""

import sys
from pathlib import Path

from desktop.usecases.auditexport import report


def main(arguments: list[str]) -> int:
    """Check an exported log (--verify FILE), or show the window."""
    if arguments[:1] == ["--verify"] and len(arguments) == 2:
        code, said = report(Path(arguments[1]))
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(said)
        return code
    from desktop.app import run  # a check needs no window

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
