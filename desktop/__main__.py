"""Start the program: ``python -m desktop [--sample | --office FILE]``, or what needs no window.

``--verify FILE`` checks an exported log, ``--self-test REPORT`` the program itself,
``--time-start FILE`` takes the time of a start.
"""

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Run the program, a check or its self-test; nothing of them is loaded in a helper process."""
    arguments = sys.argv[1:]
    if (
        arguments[:1] != ["--verify"] and "--empty" not in arguments
    ):  # an empty window is Qt as it is
        from desktop.ui.common import lean

        lean.load_qt()
    if "--self-test" in arguments[:-1]:
        from desktop.selftest.run import run as test

        return test(arguments)
    if "--time-start" in arguments[:-1]:
        from desktop.selftest.start import run as take_time

        return take_time(arguments)
    if arguments[:1] == ["--verify"] and len(arguments) == 2:
        from desktop.usecases.auditexport import report

        code, said = report(Path(arguments[1]))
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(said)
        return code
    from desktop.app import run

    return run(arguments)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # first: in a frozen helper process it does not return
    sys.exit(main())
