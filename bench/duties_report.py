"""docs/performance-duties.md: one section for each part, written by the part itself."""

from __future__ import annotations

import re
from pathlib import Path

from hub.settings import ROOT

FILE = ROOT / "docs" / "performance-duties.md"
TITLE = """# Duties at scale

Written by `python -m bench opinions` and `python -m bench board`, each its own section. Invented
data on the divisions of Sichuan.
"""


def write_section(heading: str, text: str, file: Path = FILE) -> None:
    """Put `text` under `heading`, in place of what stood there; other sections stay."""
    written = file.read_text(encoding="utf-8") if file.exists() else TITLE
    before, *sections = re.split(r"^## ", written, flags=re.MULTILINE)
    kept = [each for each in sections if not each.startswith(f"{heading}\n")]
    together = sorted([*(each.strip() for each in kept), f"{heading}\n\n{text.strip()}"])
    parts = [before.strip(), *(f"## {each}" for each in together)]
    file.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
