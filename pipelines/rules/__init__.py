"""Findings: one SQL file a rule, run as it stands; the folder is the catalogue."""

from pipelines.rules.catalogue import Rule, catalogue
from pipelines.rules.run import find

__all__ = ["Rule", "catalogue", "find"]
