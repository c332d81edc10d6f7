"""One night, through Prefect where it works, plainly where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import direct
from pipelines.progress import Progress
from pipelines.request import Request

if TYPE_CHECKING:
    from pipelines.night import Result


def night_of(request: Request, progress: Progress, *, plain: bool) -> Result:
    """The night's result, the same with and without Prefect; raises YuluError."""
    if not plain:
        try:
            return direct.execute(request, progress)
        except direct.PrefectTroubleError as trouble:
            progress(f"Prefect 未能启动（{trouble}），改为直接运行，结果相同")
    from pipelines import night

    return night.run(request, progress)
