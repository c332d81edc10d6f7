"""Exports below the raw folder → text as read, typed rows, and an account of both."""

from __future__ import annotations

from pipelines.ingest.read import read_exports

__all__ = ["read_exports"]
