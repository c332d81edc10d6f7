"""Which county a night is about, when the settings do not say."""

from __future__ import annotations

from collections import Counter

import duckdb

from schemas import reference

_LEAST_SHARE = 0.5


def county_of(con: duckdb.DuckDBPyConnection) -> str:
    """The code of the county whose townships the register names; '' when unsure.

    Counted over distinct townships: at least half of the register's must belong to
    the county, and no other county may know as many.
    """
    seen = {
        key
        for (key,) in con.execute(
            "select distinct township_key from stg_monitored_person "
            "where township_key is not null"
        ).fetchall()
    }
    if not seen:
        return ""
    shared = Counter(
        {code: len(seen & keys) for code, keys in reference.township_keys().items()}
    )
    (best, most), (_, second) = shared.most_common(2)
    return best if most > second and most >= _LEAST_SHARE * len(seen) else ""
