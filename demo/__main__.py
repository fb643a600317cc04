"""`python -m demo [--port PORT]`: the whole demonstration, as `make demo` runs it."""

from __future__ import annotations

import argparse

from cli.ending import end_on_signals
from demo.run import run


def main() -> None:
    """Run the demonstration until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port of the hub")
    arguments = parser.parse_args()
    end_on_signals()
    run(arguments.port)


if __name__ == "__main__":
    main()
