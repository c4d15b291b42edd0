"""Each kind of mistake under schemas/ is one plain sentence that names file and line."""

import re
from pathlib import Path

import pytest

from pipeline.catalog import load_catalog
from pipeline.errors import CatalogError

M01, T01, C01 = "forms/M01.yaml", "forms/T01.yaml", "forms/C01.yaml"
PSBC, RCB, COUNTY = "layouts/M01-psbc.yaml", "layouts/M01-rcb.yaml", "layouts/C01.yaml"
AREAS, UNITS, PROFILE = (f"profiles/ankang/{name}.yaml" for name in ("areas", "institutions", "profile"))
CAP, CALENDAR, RATES = (f"policy/ankang/{name}.yaml" for name in ("loan_cap", "calendar", "rates"))
SLIPS, ANSWERS, FIGURES = (f"policy/ankang/{name}.yaml" for name in ("averages", "explanations", "assessment"))
ANNEX = "annexes/banks.yaml"

# why, file, what stands there, what is written instead, the text in whose line the mistake is, part of the sentence
MISTAKES = [
    ("brackets do not close", PROFILE, "city: 安康市", "city: [安康市", "office:", "YAML 写法有误"),
    ("a tab indents", PROFILE, "  rcb: 农", "\trcb: 农", "\trcb", "YAML 写法有误"),
    (
        "a key stands twice",
        PROFILE,
        "city: 安康市",
        "city: 安康市\ncity: 汉中市",
        "city: 汉中市",
        "“city”在同一处写了两次",
    ),
    ("a list is a key", PROFILE, "city: 安康市", "? [安, 康]\n: 市", "? [安", "冒号前应当是一个词"),
    ("a key is unknown", T01, "    unit: 户", "    unti: 户\n    unit: 户", "unti", "不认识“unti”"),
    ("a key is missing", PROFILE, "office: 安康市金融工作办公室\n", "", "id: ankang", "缺少“office”"),
    ("a column has no unit", T01, "    unit: 户\n", "", "code: target_households", "缺少“unit”（计量单位）"),
    ("a unit is unknown", T01, "unit: 户", "unit: 百户", "unit: 百户", "写作“百户”，只能是户、笔、万元"),
    ("a list is a word", AREAS, "aliases: [汉滨, 安康市汉滨区]", "aliases: 汉滨", "aliases: 汉滨", "应当是一组值"),
    ("a list is blank", AREAS, "aliases: [汉滨, 安康市汉滨区]", "aliases:", "aliases:", "现在是空白"),
    ("a text is a number", AREAS, 'code: "610902"', "code: 610902", "610902", "应当是文字（数字请加引号）"),
    ("an order is a word", AREAS, "order: 1\n", "order: 第一\n", "order: 第一", "应当是整数，现在是“第一”"),
    ("a width is a word", ANNEX, "width: 5}", "width: 窄}", "width: 窄", "应当是数"),
    ("yes or no is a word", M01, "required: true", "required: 必填", "required: 必填", "应当是true 或 false"),
    ("headers are a list", PSBC, "headers:\n", "headers: []\nother:\n", "headers: []", "应当是若干“名称: 值”"),
    ("a month is not one", AREAS, "until: 2020-12", "until: 2020-13", "2020-13", "应当是2018-03 这样的年月"),
    ("a month is a year", AREAS, "until: 2020-12", "until: 2020", "until: 2020}", "应当是2018-03 这样的年月"),
    (
        "since is after until",
        CALENDAR,
        "until: 2017-11",
        "since: 2018-05\n      until: 2017-11",
        "until: 2017-11",
        "截止月份早于起始月份",
    ),
    ("values overlap", CALENDAR, "since: 2017-12", "since: 2017-11", "value: 8\n@2", "的有效期与第6行的重叠"),
    ("names overlap", AREAS, "since: 2021-01", "since: 2020-12", "旬阳市, code", "县区 xunyang 的名称的有效期与第"),
    (
        "names of a unit overlap",
        UNITS,
        "汉阴农商银行, since: 2017-07",
        "汉阴农商银行, since: 2017-06",
        "汉阴农商银行, since",
        "填报单位 rcb-hanyin 的名称的有效期",
    ),
    (
        "a duty stands twice",
        UNITS,
        "      - {form: T01, since: 2017-01}",
        "      - {form: T01, since: 2017-01}\n      - {form: T01, since: 2018-01}",
        "2018-01",
        "报送 T01 的义务",
    ),
    (
        "a column stands twice",
        T01,
        "code: target_households",
        "code: target_amount",
        "code: target_amount\n@2",
        "指标 target_amount的有效期",
    ),
    ("a value has no authority", CAP, "      working: 安康", "      #", "- value: 50000", "的取值没有出处"),
    ("a value is blank", CAP, "value: 50000", "value:", "value:", "的取值是空的"),
    ("there is no value", CAP, re.compile(r"  values:.*", re.S), "  values: []\n", "values: []", "没有取值（values）"),
    ("a rate is a word", RATES, '"0.5"', "abc", "value: abc", "取值应当是0至1000的数，小数至多6位，现在是“abc”"),
    ("a rate is no finite number", RATES, '"0.5"', "nan", "value: nan", "现在是“nan”"),
    ("a rate divides by nothing", RATES, '"0.5"', '"1/0"', "1/0", "现在是“1/0”"),
    ("a rate would fill the memory", RATES, '"0.5"', '"1e999999999"', "1e9", "现在是“1e999999999”"),
    ("a rate is yes", RATES, '"0.5"', "true", "value: true", "应当是0至1000的数"),
    ("a rate is a list", RATES, '"0.5"', "[1, 2]", "value: [1", "现在是一组值"),
    ("a rate is below nothing", RATES, '"0.5"', "-1", "value: -1", "现在是“-1”"),
    ("a rate is finer than the program keeps", RATES, '"0.5"', '"0.0000005"', "0.0000005", "小数至多6位"),
    ("a cap has a sign of money", CAP, "50000", "5万元", "value: 5万元", "取值应当是1至100000000的数，小数至多2位"),
    ("a cap is finer than a fen", CAP, "50000", '"50000.005"', "50000.005", "小数至多2位，现在是“50000.005”"),
    ("a cap is nothing", CAP, "50000", "0", "value: 0", "现在是“0”"),
    ("a cap is in another unit", CAP, "unit: 元", "unit: 万元", "unit: 万元", "计量单位写作“万元”，只能是元、%、倍"),
    (
        "a day is a Chinese numeral",
        CALENDAR,
        "value: 8",
        "value: '八'",
        "'八'",
        "取值应当是1至28的整数（不加引号），现在是“八”",
    ),
    ("a day is a text", CALENDAR, "value: 8", 'value: "8"', '"8"', "应当是1至28的整数（不加引号）"),
    ("a day is in parts", CALENDAR, "value: 8", "value: 8.5", "8.5", "现在是“8.5”"),
    ("a day is not in February", CALENDAR, "value: 8", "value: 30", "value: 30", "现在是“30”"),
    ("a day of a later value is wrong", CALENDAR, "8\n      since", "0\n      since", "value: 0", "现在是“0”"),
    ("a month is the thirteenth", CALENDAR, "value: 1\n", "value: 13\n", "value: 13", "应当是1至12的整数"),
    ("yes or no is a number", CALENDAR, "value: true", "value: 1", "value: 1\n", "取值应当是 true 或 false"),
    ("yes or no is in Chinese", CALENDAR, "value: true", "value: 是", "value: 是", "取值应当是 true 或 false"),
    ("a factor is in parts", SLIPS, "value: 50", "value: 1.5", "1.5", "应当是1至10000的整数"),
    ("a count is below nothing", SLIPS, "value: 3", "value: -3", "value: -3", "应当是0至10000的整数"),
    ("a length is a yes", ANSWERS, "value: 8", "value: true", "value: true", "应当是1至500的整数"),
    ("phrases are one word", ANSWERS, re.compile(r"\[.*\]"), "无误", "value: 无误", "取值应当是一组文字"),
    ("a phrase is a number", ANSWERS, "已核实", "1", "value: [", "取值第2项应当是文字（数字请加引号），现在是“1”"),
    ("a phrase is blank", ANSWERS, "已核实", '" "', "value: [", "取值第2项应当是文字"),
    (
        "figures are a word",
        FIGURES,
        re.compile(r"value:\n.*?(?=      working)", re.S),
        "value: 全部\n",
        "value: 全部",
        "应当是若干“指标名称: 口径”",
    ),
    (
        "a figure is a word",
        FIGURES,
        re.compile(r"投放量: .*"),
        "投放量: 全部",
        "投放量",
        "“投放量”应当写有 column 和 numerator",
    ),
    (
        "a figure lacks its numerator",
        FIGURES,
        ", numerator: disbursed_amount_ytd}",
        "}",
        "投放量",
        "“投放量”缺少“numerator”",
    ),
    (
        "a numerator is unknown",
        FIGURES,
        "numerator: disbursed_amount_ytd",
        "numerator: nosuch",
        "nosuch",
        "“投放量”的 numerator 写作“nosuch”，不是任何报表的指标",
    ),
    (
        "a denominator is unknown",
        FIGURES,
        "denominator: registered_households",
        "denominator: nosuch",
        "nosuch",
        "“投放面”的 denominator 写作“nosuch”",
    ),
    (
        "a figure's column is not printed",
        FIGURES,
        "column: disbursed_amount_ytd",
        "column: nosuch",
        "nosuch",
        "不是任何附件的栏目",
    ),
    (
        "a base is unknown",
        FIGURES,
        "year_before",
        "year_start",
        "year_start}",
        "“贷款增速”的 base 写作“year_start”，只能是year_before",
    ),
    ("a figure has an unknown key", FIGURES, "base: year_before", "bass: year_before", "bass", "“贷款增速”写有“bass”"),
    (
        "a figure is ratio and growth at once",
        FIGURES,
        "base: ",
        "denominator: registered_households, base: ",
        "贷款增速",
        "只能写一个",
    ),
    ("a parameter has no unit", CAP, "  unit: 元\n", "", "loan_cap_household:", "缺少“unit”"),
    ("a parameter's unit is blank", CAP, "  unit: 元\n", '  unit: ""\n', 'unit: ""', "没有写计量单位（unit）"),
    (
        "a parameter is a number",
        CAP,
        re.compile(r"household:.*", re.S),
        "household: 50000\n",
        "household: 50000",
        "应当写有 title、unit、values",
    ),
    ("a policy file is a list", CAP, re.compile(".*", re.S), "- 50000\n", "- 50000", "应当是若干“参数名: 内容”"),
    (
        "a parameter is in two files",
        CAP,
        "loan_cap_household:",
        "rate_lower_percent:",
        "title: 加权平均年利率下限@policy/ankang/rates.yaml@-1",
        "政策参数 rate_lower_percent 已在 schemas/policy/ankang/loan_cap.yaml 第2行写过",
    ),
    ("an area's id stands twice", AREAS, "id: baihe", "id: xunyang", "id: xunyang\n@2", "县区编号 xunyang 与第"),
    (
        "a unit's id stands twice",
        UNITS,
        "- id: office",
        "- id: fin-baihe",
        "- id: fin-baihe\n@2",
        "填报单位编号 fin-baihe",
    ),
    (
        "an institution's id stands twice",
        UNITS,
        "- id: psbc\n    order: 2",
        "- id: rcb\n    order: 2",
        "- id: rcb\n@2",
        "机构编号 rcb",
    ),
    (
        "an area's alias is claimed twice",
        AREAS,
        "[白河,",
        "[旬阳,",
        "[旬阳, 安康市白河县]",
        "县区名称或别名“旬阳”已在第",
    ),
    (
        "a unit's alias is claimed twice",
        UNITS,
        "[农业银行安康市分行,",
        "[邮储 安康分行,",
        "[邮储 安康分行,",
        "填报单位名称或别名“邮储安康分行”",
    ),
    (
        "an institution's alias is claimed twice",
        UNITS,
        "[农行,",
        "[邮储,",
        "[邮储, 中国农业银行]",
        "机构名称或别名“邮储”",
    ),
    ("an area has no name", AREAS, "      - {name: 瀛湖}", "      []", "id: yinghu", "县区 yinghu 没有名称"),
    (
        "an area lies in an unknown one",
        AREAS,
        "within: hanbin",
        "within: hanzhong",
        "within: hanzhong",
        "不是登记表中的县区编号",
    ),
    ("a duty is for an unknown form", UNITS, "{form: T01,", "{form: T09,", "T09", "应报的报表“T09”没有定义"),
    (
        "a unit reports on an unknown area",
        UNITS,
        "areas: [baihe]",
        "areas: [chenggu]",
        "areas: [chenggu]",
        "的县区“chenggu”没有登记",
    ),
    (
        "a unit is of an unknown institution",
        UNITS,
        "institution: abc",
        "institution: icbc",
        "institution: icbc",
        "的机构“icbc”没有登记",
    ),
    ("a title is for an unknown institution", PROFILE, "  abc: 农", "  icbc: 农", "icbc", "机构“icbc”没有登记"),
    (
        "an alias is claimed by two columns",
        M01,
        "aliases: [授信户数,",
        "aliases: [评级 户数,",
        "aliases: [评级 户数,",
        "表头“评级户数”已在 schemas/forms/M01.yaml 第",
    ),
    (
        "a layout's header is another column's",
        PSBC,
        "  评级_户数: rated",
        "  授信户数: rated",
        "  授信户数: rated",
        "表头“授信户数”已在 schemas/forms/M01.yaml 第",
    ),
    (
        "a layout's header names no column",
        PSBC,
        "贫困户_户数: registered_households",
        "贫困户_户数: households",
        "贫困户_户数",
        "指标“households”不在报表 M01 中",
    ),
    (
        "a layout's header names an institution in vain",
        PSBC,
        "registered_households",
        "registered_households@rcb",
        "贫困户_户数",
        "是否分机构与指标 registered_households 的定义不符",
    ),
    (
        "a code names an unknown institution",
        COUNTY,
        "outstanding_amount@abc",
        "outstanding_amount@icbc",
        '"29"',
        "机构“icbc”没有登记",
    ),
    (
        "a code is claimed twice",
        COUNTY,
        '"21": mirror',
        '"20": mirror',
        '"20": mirror',
        "代码“20”已在 schemas/forms/C01.yaml 第",
    ),
    (
        "a row label is claimed twice",
        C01,
        "row: [评分户数,",
        "row: [走访户数,",
        "row: [走访户数,@2",
        "指标名称“走访户数”",
    ),
    ("a layout is of an unknown form", PSBC, "form: M01", "form: M09", "form: M09", "报表“M09”没有定义"),
    (
        "an upright layout has no value column",
        COUNTY,
        re.compile(r"value_columns:\n.*?\n"),
        "",
        "id: C01",
        "没有写数值栏目",
    ),
    (
        "a value column's word is claimed twice",
        RCB,
        "[期末余额, 期末数,",
        "[期末余额, 当月,",
        "期末余额: [",
        "栏目“期末余额”的“当月”已用于栏目“本月”",
    ),
    (
        "an indicator stands in an unknown column",
        M01,
        "columns: [本月]",
        "columns: [本旬]",
        "columns: [本旬]",
        "所在的栏目“本旬”在该报表的各种版式中都没有",
    ),
    (
        "an institution's header has no place for it",
        T01,
        '"{institution}/任务户数"',
        "任务户数",
        re.compile(r".*任务户数,"),
        "请加上 {institution}",
    ),
    (
        "a plain header asks for an institution",
        M01,
        "label: 备注",
        'label: "{institution}备注"',
        "{institution}备注",
        "请删去 {institution}",
    ),
    (
        "a header has no words",
        M01,
        "aliases: [备注说明,",
        "aliases: [（元）,",
        "aliases: [（元）,",
        "没有可以比较的文字",
    ),
    ("a form is not called as its file", T01, "code: T01", "code: T02", "code: T02", "应当与文件同名，写作 T01"),
    ("a layout is not called as its file", RCB, "id: M01-rcb", "id: rcb", "id: rcb", "应当与文件同名，写作 M01-rcb"),
    ("an annex's number is taken", ANNEX, "number: 4", "number: 3", "number: 3\n@2", "banks.yaml 第3行重复"),
    (
        "another file has that number",
        ANNEX,
        "number: 3",
        "number: 2",
        "number: 2@annexes/summary.yaml",
        "banks.yaml 第3行重复",
    ),
    (
        "two annexes would be written over each other",
        ANNEX,
        "file_name: 附件4 安康市邮储银行",
        "file_name: 附件3 安康市农商银行",
        "file_name: 附件3@2",
        "file_name 写作“附件3 安康市农商银行小额贷款进展情况统计表”，与 schemas/annexes/banks.yaml 第4行重复",
    ),
    (
        "an annex has no title",
        ANNEX,
        "    title: 安康市农商银行小额贷款进展情况统计表\n",
        "",
        "- number: 3",
        "缺少“title”",
    ),
    (
        "a file of annexes has none",
        ANNEX,
        re.compile(r"annexes:\n.*?(?=columns:)", re.S),
        "annexes: []\n",
        "annexes: []",
        "没有写任何附件（annexes）",
    ),
    ("a profile is not called as its folder", PROFILE, "id: ankang", "id: xian", "id: xian", "写作 ankang"),
    (
        "an annex adds up an unknown indicator",
        ANNEX,
        "+doubtful_amount",
        "+doubtful",
        "doubtful+",
        "用到的指标“doubtful”在各报表中都没有",
    ),
    (
        "an annex ranks by an unknown column",
        ANNEX,
        "of: target_completion_ratio",
        "of: completion",
        "of: completion",
        "用到的“completion”既不是本表的栏目，也不是指标",
    ),
    ("a ratio has no denominator", ANNEX, ", to: target_amount", "", "id: target_completion_ratio", "缺少“to”"),
    ("an annex column stands twice", ANNEX, "id: remark", "id: area", "id: area, header: [备注]", "栏目编号 area 与第"),
    ("an annex column has no header", ANNEX, "header: [备注]", "header: []", "header: []", "的表头（header）是空的"),
    (
        "an annex is about an unknown institution",
        ANNEX,
        "institution: rcb",
        "institution: icbc",
        "institution: icbc",
        "机构“icbc”没有登记",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "sentence"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_is_one_sentence_with_file_and_line(schemas, file, old, new, at, sentence):
    path = schemas / file
    text = path.read_text(encoding="utf-8")
    changed = old.sub(new, text, count=1) if isinstance(old, re.Pattern) else text.replace(old, new, 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(root=schemas)
    message = str(caught.value)
    file, line = _place(schemas, file, at)
    assert message.startswith(f"schemas/{file} 第{line}行：")
    assert sentence in message
    assert message.endswith("。")
    assert message.count("。") == 1


def _place(schemas: Path, file: str, at: str | re.Pattern[str]) -> tuple[str, int]:
    """`text@FILE@-1`: the line before that text in another file; `text@2`: its second occurrence."""
    if isinstance(at, re.Pattern):
        found = at.search((schemas / file).read_text(encoding="utf-8"))
        assert found
        return file, found.string[: found.start()].count("\n") + 1
    text, _, rest = at.partition("@")
    nth = int(rest) if rest.isdecimal() else 1
    offset = 0
    if "yaml" in rest:
        file, _, offset_text = rest.partition("@")
        offset = int(offset_text)
    content = (schemas / file).read_text(encoding="utf-8")
    position = -1
    for _ in range(nth):
        position = content.index(text, position + 1)
    return file, content[:position].count("\n") + 1 + offset
