-- One row per township and kind of doubtful entry: register quality of everybody in the
-- current snapshot (singly asked only for people in scope), and what reading noticed.
with registered as (
    select
        coalesce(place.township, '（乡镇未填）') as township,
        register.id_number_form as form,
        register.id_number_pid as pid,
        register.household_no,
        register.village,
        register.sex,
        register.birth_on,
        register.name,
        coalesce(register.phone, register.household_phone) as phone,
        register.school_state,
        register.education,
        register.labour,
        scope.person_key is not null as is_in_scope
    from stg_monitored_person as register
    left join out_township as place on register.township = place.township_read
    left join lnk_register as linked on register.row_id = linked.row_id
    left join (select distinct person_key from lnk_scope) as scope
        on linked.person_key = scope.person_key
    where register.is_current
),

problems as (
    select township, is_in_scope, 1 as problem_no, '证件号码缺失' as problem
    from registered
    where form = 'missing'
    union all
    select township, is_in_scope, 2, '证件号码存成数字，末位失真'
    from registered
    where form = 'cut'
    union all
    select township, is_in_scope, 3, '证件号码位数或字符异常'
    from registered
    where form = 'bad'
    union all
    select township, is_in_scope, 4, '证件号码校验码错误'
    from registered
    where form in ('id18', 'disability', 'student_no') and not has_good_check(pid)
    union all
    select township, is_in_scope, 5, '证件号码中的出生日期无效'
    from registered
    where form in ('id18', 'disability', 'student_no') and id_birth(pid) is null
    union all
    select township, is_in_scope, 6, '仍为15位旧证号码'
    from registered
    where form = 'id15'
    union all
    select township, is_in_scope, 7, '户编号缺失'
    from registered
    where household_no is null
    union all
    select township, is_in_scope, 8, '行政村未填'
    from registered
    where village is null
    union all
    select township, is_in_scope, 9, '性别与证件号码不符'
    from registered
    where
        has_good_check(pid)
        and sex <> case when ascii(substr(pid, 17, 1)) % 2 = 1 then '男' else '女' end
    union all
    select township, is_in_scope, 10, '出生年份与证件号码不符'
    from registered
    where has_good_check(pid) and year(birth_on) <> year(id_birth(pid))
    union all
    select township, is_in_scope, 11, '联系电话不是11位手机号码'
    from registered
    where phone is not null and not regexp_full_match(phone, '1[3-9][0-9]{9}')
    union all
    select township, is_in_scope, 12, '文化程度与在校生状况同时填写'
    from registered
    where school_state is not null and education is not null
    union all
    select township, is_in_scope, 13, '在校生劳动技能不是无劳动力'
    from registered
    where school_state is not null and labour is not null and labour <> '无劳动力'
    union all
    select township, is_in_scope, 14, '姓名只有一个字或含数字'
    from registered
    where length(name) < 2 or regexp_matches(name, '[0-9]')
),

counted as (
    select
        township,
        1 as part,
        '监测系统登记' as kind,
        problem_no,
        problem,
        '人' as unit,
        count(*) as amount,
        count(*) filter (where is_in_scope) as in_scope
    from problems
    group by township, problem_no, problem
    union all
    select
        coalesce(place.township, '（文件或工作表）') as township,
        2 as part,
        '读入提示' as kind,
        100 as problem_no,
        coalesce(issue_type.text, issue.issue_code) as problem,
        '处' as unit,
        count(*) as amount,
        null as in_scope
    from ing_issue as issue
    left join out_row
        on
            issue.file = out_row.file
            and issue.sheet = out_row.sheet
            and issue.row_no = out_row.row_no
    left join out_township as place on out_row.township_read = place.township_read
    left join out_issue_type as issue_type on issue.issue_code = issue_type.issue_code
    group by all
)

select township, kind, problem, amount, unit, in_scope
from counted
order by township, part, problem_no, problem;
