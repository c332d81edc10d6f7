"""Workbooks of ours that came back: what each row answers, taken or refused by reason."""

from pipelines.returns.take import take_returns

__all__ = ["take_returns"]
