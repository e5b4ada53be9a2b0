"""Run the command line as ``python -m howlong``."""

from howlong.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
