"""One invented county of eleven students, whose exports name terms, to be judged by
any province's policy."""

from __future__ import annotations

from pathlib import Path

from tests.link.world import pid, rows_of

# What each student is there for stands in tests/policy/test_four_provinces.py.
PEOPLE = """
name | kind | found | done | spring_state  | autumn_state | level    | spring | autumn | status
张安 | exit |       |      | 中职一年级     | 中职二年级    | 中职     | 1500   | 1500   |
李边 | edge | 202402 | 202409 | 中职一年级  | 中职二年级    | 中职     | 1500   | 1500   |
王消 | edge | 202201 | 202406 | 中职一年级  | 中职二年级    | 中职     | 1500   | 1500   |
赵新 | edge | 202201 | 202406 | 九年级      | 中职一年级    | 中职     |        | 1500   |
孙休 | exit |       |      | 九年级         | 中职一年级    | 中职     |        | 1500   | 休学 2024-10-10
周军 | exit |       |      | 九年级         | 中职一年级    | 中职     |        | 1500   | 入伍 2024-09-15
吴漏 | exit |       |      | 普通高中三年级  | 高职高专一年级 |         |        |        |
郑技 | exit |       |      | 九年级         | 技师学院一年级 |         |        |        |
冯职 | exit |       |      | 九年级         | 中职一年级    | 职业高中 |        | 1500   |
陈高 | exit |       |      | 普通高中三年级  | 高职高专一年级 | 高职     |        | 2500   |
楚迟 | edge | 202410 |     | 九年级         | 中职一年级    | 中职     |        | 1500   |
"""
_REGISTER = (
    "乡,村,户编号,户类型,监测对象类别,风险是否已消除,识别监测时间,消除监测时间,"
    "人编号,姓名,证件号码,与户主关系,户主姓名,户主证件号码,在校生状况"
)
_ROSTER = "序号,乡镇,行政村,学生姓名,身份证号,户主姓名,户主身份证号,就读学校,办学层次,补助金额"
_SCHOOLS = {"中职": "五寨县职业技术学校", "职业高中": "五寨县职业高级中学",
            "高职": "忻州职业技术学院"}  # fmt: skip


def write(raw: Path, province_code: str) -> None:
    """The exports of the county, and settings that say whose policy is in force."""
    raw.mkdir(parents=True)
    (raw / "sample.toml").write_text(
        f'county_code = "140928"\nprovince_code = "{province_code}"\n'
        'as_of = "2024-11-20"\nknown_areas = ["142230", "142299"]\n',
        encoding="utf-8",
    )
    people = [row | {"pid": _pid(at, row["autumn_state"]), "head": _head(at), "no": f"{at:04d}"}
              for at, row in enumerate(rows_of(PEOPLE), 1)]  # fmt: skip
    for day, season in (("20240410", "spring"), ("20241108", "autumn")):
        lines = [
            line for one in people for line in _register_lines(one, season, day[:6])
        ]
        _csv(raw / f"（自定义）监测对象信息_{day}.csv", "", _REGISTER, lines)
    for term, season in (
        ("2023-2024学年春季", "spring"),
        ("2024-2025学年秋季", "autumn"),
    ):
        lines = [
            f"{at},胡会乡,安子村,{one['name']},{one['pid']},户{one['name']},{one['head']},"
            f"{_SCHOOLS[one['level']]},{one['level']},{one[season]}"
            for at, one in enumerate((p for p in people if season in p), 1)
        ]
        day = "20240520" if season == "spring" else "20241112"
        _csv(
            raw / f"{term}名册_{day}.csv",
            f"五寨县{term}雨露计划资助名册",
            _ROSTER,
            lines,
        )
    autumn = [one for one in people if "autumn" in one]
    _csv(
        raw / "学籍比对结果_20241115.csv",
        "2024-2025学年秋季学籍比对结果",
        "姓名,身份证号,学校名称,学籍状态,异动时间,学习形式",
        [
            f"{one['name']},{one['pid']},{_SCHOOLS[one['level']]},"
            f"{one.get('status', '在籍在读 ').replace(' ', ',')},全日制"
            for one in autumn
        ],
    )
    first = people[0]
    _csv(
        raw / "发放回盘_20241118.csv",
        "2024-2025学年秋季雨露计划补助发放明细",
        "户名,账号,证件号码,金额,摘要,状态,入账日期",
        [
            f"{first['name']},622202000000000{n:04d},{first['pid']},1500,"
            f"雨露计划补助,成功,2024-11-{18 + n}"
            for n in (0, 1)
        ],
    )


def _register_lines(one: dict[str, str], season: str, month: str) -> list[str]:
    kind = "脱贫户" if one["kind"] == "exit" else "一般农户"
    found, done = one.get("found", ""), one.get("done", "")
    known = bool(found) and found <= month
    risk = [
        "边缘易致贫户" if known else "",
        "" if not known else "是" if done and done <= month else "否",
        found if known else "",
        done if known and done and done <= month else "",
    ]
    house = f"胡会乡,安子村,14092800{one['no']},{kind},{','.join(risk)}"
    head = f"户{one['name']},{one['head']}"
    state = one[f"{season}_state"]
    return [
        f"{house},14092801{one['no']},户{one['name']},{one['head']},户主,{head},",
        f"{house},14092802{one['no']},{one['name']},{one['pid']},之子,{head},{state}",
    ]


def _pid(at: int, state: str) -> str:
    year = 2006 if state.startswith(("高职", "技师")) else 2008
    return pid(f"{year}03{at:02d}", 10 + 2 * at + 1)


def _head(at: int) -> str:
    return pid(f"197803{at:02d}", 10 + 2 * at + 1, "142299")


def _csv(file: Path, title: str, heading: str, lines: list[str]) -> None:
    text = "\n".join(filter(None, (title, heading, *lines)))
    file.write_text(text + "\n", encoding="utf-8")
