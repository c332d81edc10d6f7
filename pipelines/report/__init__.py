"""What a night leaves: workbooks, tables, the page, run.json, and their audit."""

from pipelines.report.audit import audit
from pipelines.report.facts import Facts
from pipelines.report.manifest import timings
from pipelines.report.protect import lock_books, passwords
from pipelines.report.trial import Trial, trial_book
from pipelines.report.write import write

__all__ = [
    "Facts",
    "Trial",
    "audit",
    "lock_books",
    "passwords",
    "timings",
    "trial_book",
    "write",
]
