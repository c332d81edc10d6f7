"""Findings: one SQL file a rule, run as it stands; the folder is the catalogue."""

from pipelines.rules.catalogue import Code, Rule, catalogue, codes
from pipelines.rules.clauses import as_of_now
from pipelines.rules.run import find, ledger

__all__ = ["Code", "Rule", "as_of_now", "catalogue", "codes", "find", "ledger"]
