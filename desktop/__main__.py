"""Start the program: ``python -m desktop [--sample | --office FILE]``."""

import multiprocessing
import sys

if __name__ == "__main__":
    # A packaged program starts itself again to read a ledger; that child needs no window.
    multiprocessing.freeze_support()
    from desktop.app import run

    sys.exit(run(sys.argv[1:]))
