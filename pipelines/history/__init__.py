"""What earlier nights knew: findings' lives, persons' keys, the size of exports."""

from pipelines.history.live import live
from pipelines.history.recall import recall, remember

__all__ = ["live", "recall", "remember"]
