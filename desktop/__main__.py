"""Start the program: ``python -m desktop [--sample | --office FILE | --self-test REPORT]``."""

import multiprocessing
import sys


def main() -> int:
    """Run the program, or its self-test; nothing of either is loaded in a helper process."""
    if "--self-test" in sys.argv[1:-1]:
        from desktop.selftest.run import run as test

        return test(sys.argv[1:])
    from desktop.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    multiprocessing.freeze_support()  # first: in a frozen helper process it does not return
    sys.exit(main())
