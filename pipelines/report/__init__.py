"""What a night leaves: workbooks, tables, the page, run.json, and their audit."""

from pipelines.report.audit import audit
from pipelines.report.manifest import timings
from pipelines.report.write import write

__all__ = ["audit", "timings", "write"]
