"""The closed table of issues: what is doubtful in an input, and what happens then.

``effect``: ``stop`` the file is not read · ``hold`` the row is set aside until the
source is fixed · ``note`` it is used, and said. Texts never carry a cell's value.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IssueType:
    """One issue code: its text, the advice, the effect, and who can mend it."""

    code: str
    title: str
    advice: str
    effect: str
    severity: str = "I"
    owner: str = "operator"


_ROWS = (
    # files
    IssueType("ING_NO_HEADER", "未识别表头", "请确认是系统导出的原表；如标题写法是新的，请在 headings.toml 加一行。", "stop"),
    IssueType("ING_NOT_NEEDED", "是系统里的另一张表，核对不用", "不用处理；下次可以不放进来。", "note"),
    IssueType("ING_TRANSPOSED", "表格横竖颠倒", "请改成一人一行、标题在上的样子（选择性粘贴—转置）。", "stop"),
    IssueType("ING_ENCRYPTED", "文件加密", "请用密码打开后另存为不加密的文件，再放回原处；或请维护人员在设置中登记密码。", "stop"),
    IssueType("ING_TYPE_MISMATCH", "文件类型与扩展名不符", "已按实际内容读取；建议另存为正确的格式。", "note"),
    IssueType("ING_UNSUPPORTED", "文件格式暂不支持", "请另存为 .xlsx 后再放回原处。", "stop"),
    IssueType("ING_BROKEN", "文件损坏或不完整", "请重新导出或重新下载后再放回原处。", "stop"),
    IssueType("ING_UNSAFE", "文件结构异常，已拒绝读取", "请在电脑上打开并另存为新的 .xlsx，再放回原处。", "stop"),
    IssueType("ING_TOO_LARGE", "文件过大", "请按乡镇分开导出后再放回原处。", "stop"),
    IssueType("ING_TIMEOUT", "读取超时或内存超限", "请按乡镇分开导出，或另存为新的 .xlsx 后再放回原处。", "stop"),
    IssueType("ING_MISREAD", "两次清点的结果不一致，未采用", "请在 Excel 或 WPS 中打开并另存为新的 .xlsx，再放回原处。", "stop"),
    IssueType("ING_GROWING", "文件仍在写入", "不用处理，下次运行再读。", "stop"),
    IssueType("ING_DUP_FILE", "与另一文件内容完全相同", "不用处理，只读一次。", "note"),
    IssueType("ING_PACKED", "压缩包打不开", "请在电脑上解压，把里面的表放进来；要打包请用 zip。", "stop"),
    IssueType("ING_ARCHIVE", "压缩包已打开", "不用处理；包里每个文件各有一行回执。", "note"),
    IssueType("ING_EMPTY", "文件中没有数据行", "请确认导出条件后重新导出。", "note"),
    IssueType("ING_MISSING_COL", "缺少必需列", "该表暂不采用；请补上该列后重新导出。", "hold"),
    IssueType("ING_RENAMED_COL", "重要列的标题变了", "该表暂不采用；请确认是哪一列。", "hold"),
    IssueType("ING_MOVED_COL", "列的内容与标题不符", "该表暂不采用；请核对是否错列、换列，改正后重新导出。", "hold"),
    IssueType("ING_TWIN_COL", "两列标题相同而内容不同", "该表暂不采用；请把其中一列的标题改成它真正的名称（例如“户主身份证号”）。", "hold"),
    IssueType("ING_TWIN_DIFFERS", "两列标题相同而部分内容不同", "已取有内容的第一列；请确认取的是对的那一列，并删去另一列。", "note"),
    IssueType("ING_ODD_COL", "列的内容与标题不太相符", "行数太少，仍按标题采用；请核对是否错列。", "note"),
    IssueType("ING_DUP_HEADER", "表头重复", "不用处理，已取有内容的一列；如取错了，请删去多余的一列。", "note"),
    IssueType("ING_UNKNOWN_HEADER", "有未登记的标题", "不用处理，该列没有使用。", "note"),
    IssueType("ING_CLOSE_CALL", "表格种类难以判断", "请确认该表用途；必要时拆成单独的文件。", "note"),
    IssueType("ING_TOTAL_MISMATCH", "合计或人数与明细不符", "请核对是否漏行，必要时重新导出。", "note"),
    IssueType("ING_STALE", "数据时点过旧", "请重新导出最新数据。", "note"),
    IssueType("ING_SCOPE", "数据范围不符", "请确认导出时选择的县、乡镇。", "note"),
    IssueType("ING_DUP_ROWS", "重复导出的行", "不用处理，只计一次。", "note"),
    IssueType("ING_EXPORT_LIMIT", "行数正好是导出上限，可能没有导全", "请按乡镇分开导出。", "note"),
    IssueType("ING_SHRINK", "数量异常变化", "请确认导出条件是否变化。", "note"),
    IssueType("ING_UNDATED", "未写明导出日期", "已用文件修改时间；建议在标题或文件名中写明日期。", "note"),
    IssueType("ING_PERIOD_FROM_NAME", "学年取自文件名", "建议在表内写明学年。", "note"),
    IssueType("ING_RETURN_LEFT", "是下发的核查表", "本版本暂不收回核查表，文件原样保留。", "stop"),
    IssueType("ING_RETURN", "是交回的认定表", "每一行采用与否，见“回执”文件夹中同名的回执。", "note"),
    # rows
    IssueType("ING_NO_PERSON", "无法确定是哪个人", "请补上姓名或证件号码。", "hold"),
    IssueType("ING_NO_PERIOD", "无法确定是哪个学年", "请在表内写明学年或学期。", "hold"),
    IssueType("ING_SEVERAL_PEOPLE", "一行写了多个人", "请一人一行。", "hold"),
    IssueType("ING_TWO_PEOPLE", "同名的两列写着不同的人", "请把其中一列的标题改成它真正的名称（例如“户主姓名”）。", "hold"),
    IssueType("ING_SECOND_TABLE", "同一张工作表里还有另一种表", "其行暂不采用；请把两种表分开放在两张工作表里。", "hold"),
    IssueType("ING_BAD_ROW", "不符合校验规则的行", "请核对该行后重新导出。", "hold"),
    IssueType("ING_NOT_IN_ROSTER", "系统标注已享受、而县级名册中没有的人", "该学年以县级名册为准，这些人未计入；请核对两边。", "note"),
    # fields
    IssueType("ING_SEX_SWAPPED", "性别代码与证件号码普遍相反", "该表的 1 和 2 已按证件号码对调，请确认。", "note"),
    IssueType("ING_SEX_UNSURE", "性别代码的含义无法确定", "该表的性别代码未使用；请改用“男”“女”。", "note"),
    IssueType("ING_NUMERIC_ID", "号码存成了数字，末位已失真", "请把该列设为文本后重新导出。", "note"),
    IssueType("ING_BAD_NAME", "姓名不是文字", "请核对姓名。", "note", "C"),
    IssueType("ING_ENCODING", "乱码", "请核对身份证上的写法。", "note", "C"),
    IssueType("ING_BAD_DATE", "日期无法识别", "请写成 2023-09-01 的样子。", "note"),
    IssueType("ING_BAD_AMOUNT", "金额无法识别", "请只写数字，单位为元。", "note"),
    IssueType("ING_TEN_THOUSANDS", "金额以万元计", "已折算为元，请确认。", "note"),
    IssueType("ING_BAD_NUMBER", "数字无法识别", "请只写数字。", "note"),
    IssueType("ING_BAD_YES_NO", "是否项无法识别", "请填“是”或“否”。", "note"),
    IssueType("ING_BAD_PERIOD", "学年无法识别", "请写成 2022-2023学年 的样子。", "note"),
    IssueType("ING_UNKNOWN_CODE", "代码表中没有的写法", "请核对；如是新写法，请增加到代码表。", "note"),
    IssueType("ING_ERROR_CELL", "单元格是公式错误", "请改成实际的值。", "note"),
    IssueType("ING_NO_VALUE", "公式没有算出值", "请在 Excel 或 WPS 中打开、保存后重新放回。", "note"),
    IssueType("ING_BAD_VALUE", "取值超出合理范围", "请核对该单元格。", "note"),
)  # fmt: skip
ISSUES: dict[str, IssueType] = {issue.code: issue for issue in _ROWS}
