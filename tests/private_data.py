"""What must never be committed: numbers that could be somebody's, exports, big files.

As a script it takes file names (pre-commit) and exits with 1 when one is refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# 142230 was abolished in 2000 and 142299 never assigned: with these the sample's
# invented people belong to nobody.
INVENTED_AREAS = ("142230", "142299")
SAMPLE = "data/raw/sample/"
BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".zip")
DECLARATIONS = ("schemas/", "tests/")
_ID18 = re.compile(
    r"(?<![0-9])([1-9][0-9]{5})(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)


def refused(root: Path, names: Iterable[str]) -> Iterator[str]:
    """One line per file that may not be committed; names are relative to ``root``."""
    for name in names:
        is_declared = name.endswith(".csv") and name.startswith(DECLARATIONS)
        is_book = name.lower().endswith(BOOKS) and not is_declared
        if is_book and not name.startswith(SAMPLE):
            yield f"{name}: a workbook outside {SAMPLE}"
        path = root / name
        if path.is_file() and not path.is_symlink():
            text = path.read_text(encoding="utf-8", errors="ignore")
            for number, line in enumerate(text.splitlines(), start=1):
                areas = {found[1] for found in _ID18.finditer(line)}
                if areas - set(INVENTED_AREAS):
                    yield f"{name}:{number}: a number that could be a person's"


if __name__ == "__main__":
    lines = list(refused(Path.cwd(), sys.argv[1:]))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.exit(1 if lines else 0)
