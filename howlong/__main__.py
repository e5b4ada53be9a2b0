"""Run the command line as ``python -m howlong``; who interrupts it while it still loads reads one line, as later."""

import signal
import sys

from howlong import INTERRUPTED


def main() -> int:
    """Load the commands, run one, and return its exit status; a request to end (SIGTERM) counts as Ctrl-C."""
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        from howlong import cli

        return cli.main()
    except KeyboardInterrupt:
        print(INTERRUPTED, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
