"""What a night leaves: workbooks, tables, the page, run.json, and their audit."""

from pipelines.report.audit import audit
from pipelines.report.manifest import timings
from pipelines.report.protect import lock_books, passwords
from pipelines.report.write import write

__all__ = ["audit", "lock_books", "passwords", "timings", "write"]
