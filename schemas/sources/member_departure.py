"""人员自然减少: who left a registered household, why and when (spec section 2)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    DAY,
    DIVISION,
    ID_NUMBER,
    OPAQUE_NO,
    PERSON_NAME,
    TEXT,
    code_kind,
)
from schemas.source import Source, column, facts


class MemberDeparture(Source):
    """One row per departure."""

    township: Series[str] = column(
        DIVISION, "乡", "乡镇", "乡(镇)", "镇", "乡镇名称", "所属乡镇"
    )
    village: Series[str] = column(
        DIVISION, "村", "行政村", "村名", "所属村", "行政村名称"
    )
    household_no: Series[str] = column(OPAQUE_NO, "户编号", "家庭编号", "AAC001")
    person_no: Series[str] = column(
        OPAQUE_NO, "人编号", "人口编号", "人员编号", "成员编号"
    )
    head_name: Series[str] = column(PERSON_NAME, "户主姓名", "户主")
    name: Series[str] = column(
        PERSON_NAME,
        "姓名",
        "成员姓名",
        "人员姓名",
        "家庭成员",
        "减少人员姓名",
        required=True,
    )
    id_number: Series[str] = column(
        ID_NUMBER, "证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证", "证件号",
        required=True,
    )  # fmt: skip
    departure_reason: Series[str] = column(
        code_kind("departure_reason"),
        "减少原因",
        "自然减少原因",
        "减少类型",
        "人员减少原因",
    )
    departed_on: Series[pa.DateTime] = column(
        DAY, "减少时间", "减少日期", "自然减少时间", "人员减少时间", "减少年月"
    )
    remark: Series[str] = column(TEXT, "备注", "说明", "其他备注")

    class Config(Source.Config):
        title = "人员自然减少"
        metadata = facts(
            grain="人",
            marks=(
                ("name",),
                ("departure_reason", "departed_on"),
            ),
            excludes=("补助金额", "摘要", "问题编号", "学籍状态"),
        )
