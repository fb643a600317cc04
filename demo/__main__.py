"""`python -m demo serve FOLDER [PORT]`: serve the HTTP systems of a stage that is set."""

from __future__ import annotations

import sys
from pathlib import Path

from demo.serve import FIRST_PORT, make_server

USAGE = "Usage: python -m demo serve FOLDER [PORT]"


def main(arguments: list[str]) -> None:
    """Serve until stopped."""
    if len(arguments) not in (2, 3) or arguments[0] != "serve":
        sys.exit(USAGE)
    folder = Path(arguments[1])
    if not (folder / "served").is_dir():
        sys.exit(f"{folder} holds no stage. `make demo` sets one.")
    port = int(arguments[2]) if arguments[2:] else FIRST_PORT
    make_server(folder, port).run()


if __name__ == "__main__":
    main(sys.argv[1:])
