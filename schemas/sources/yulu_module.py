"""雨露计划+ 系统名单: what a system says of students, beside the county's roster."""

from __future__ import annotations

from schemas.source import facts
from schemas.sources.yulu_roster import YuluRoster


class YuluModule(YuluRoster):
    """One row per student of the Yulu+ module or the labour system's student list who
    is no row of a roster: not funded there, or on the county's roster of that period.

    No sheet is read as this source: its rows are set apart from ``yulu_roster``.
    """

    class Config(YuluRoster.Config):
        title = "雨露计划+系统名单"
        metadata = facts(
            grain="学生 × 学年或学期", marks=(), derived=(("is_applied", "boolean"),)
        )
