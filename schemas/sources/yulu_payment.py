"""银行发放与回盘文件: what was paid, refused, and why (domain 2.4)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from schemas.kinds import (
    ACCOUNT,
    DAY,
    DIVISION,
    ID_NUMBER,
    MONEY,
    PERIOD,
    PERSON_NAME,
    TEXT,
    code_kind,
)
from schemas.source import Source, column, facts


class YuluPayment(Source):
    """One row per payment or returned payment."""

    township: Series[str] = column(DIVISION, "乡镇", "乡", "乡(镇)", "乡镇名称")
    village: Series[str] = column(DIVISION, "行政村", "村", "村名")
    name: Series[str] = column(PERSON_NAME, "学生姓名", "姓名", "受益人姓名", "受益人")
    holder_name: Series[str] = column(
        PERSON_NAME, "户名", "开户名", "收款人户名", "收款人", "账户名", "账户名称", "收款人姓名",
        "开户人", "收款户名",
    )  # fmt: skip
    account_no: Series[str] = column(
        ACCOUNT,
        "账号",
        "银行账号",
        "收款人账号",
        "卡号",
        "收款账号",
        "一卡通账号",
        "银行卡号",
    )
    id_number: Series[str] = column(
        ID_NUMBER, "证件号码", "身份证号", "身份证号码", "公民身份号码", "证件号", "收款人证件号码",
        "学生身份证号", "身份证",
    )  # fmt: skip
    amount_fen: Series[pa.Int64] = column(
        MONEY, "金额", "发放金额", "交易金额", "金额（元）", "补助金额", "发放金额（元）", "实发金额",
        "金额（万元）", "补贴金额", ge=0,
    )  # fmt: skip
    summary: Series[str] = column(
        TEXT, "摘要", "用途", "附言", "资金用途", "项目名称", "补贴项目"
    )
    batch_no: Series[str] = column(TEXT, "批次号", "批次", "发放批次")
    payment_status: Series[str] = column(
        code_kind("payment_status"), "状态", "发放状态", "交易状态", "处理结果", "发放结果",
        "交易结果", "处理状态", "回盘状态", "支付状态",
    )  # fmt: skip
    failure_reason: Series[str] = column(
        code_kind("failure_reason"),
        "失败原因",
        "退回原因",
        "原因",
        "失败说明",
        "退票原因",
    )
    paid_on: Series[pa.DateTime] = column(
        DAY,
        "入账日期",
        "发放日期",
        "交易日期",
        "发放时间",
        "入账时间",
        "交易时间",
        "支付日期",
    )
    period_no: Series[str] = column(
        PERIOD, "学年", "学期", "学年/学期", "发放学年", "所属学年"
    )

    class Config(Source.Config):
        title = "发放（回盘）文件"
        metadata = facts(
            grain="一笔发放",
            marks=(
                ("holder_name", "name"),
                ("amount_fen",),
                ("payment_status", "failure_reason", "paid_on", "summary", "batch_no"),
            ),
            excludes=(
                "就读学校",
                "学校名称",
                "减少原因",
                "问题编号",
                "学籍状态",
                "学制",
                "户类型",
            ),
            derived=(("is_yulu", "boolean"),),
        )
