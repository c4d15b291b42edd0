"""The first sheet of a register workbook: how to edit it, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalog.register_sheets import (
    CONTACTS,
    DEADLINES,
    DUTIES,
    EXTENSIONS,
    MAY,
    OTHER_BANK,
    OWED,
    TARGETS,
    UNITS,
)

STEPS = (
    "直接在各工作表里改，改好保存。",
    "运行 make register FILE=文件 BY=姓名，导入改好的登记表。程序先全部核对：有一处不对，就一处也不采用，并逐处说明。",
    "核对无误后，程序说明改了什么，从导入时起按新的登记表办理；已正式发布的成果不变。导错了，用 undo 加记录号撤销。",
)
RULES = (
    "月份写成 2018-03。“自”留空表示从一开始就是这样，“至”留空表示一直这样；起止两个月都算在内。",
    "一格里写几样的，用“、”隔开。有下拉箭头的，从列表中选。",
    "可以加行、删行、调整行的次序。不要改工作表的名称和表头，不要加栏目，不要合并单元格、隐藏行列，不要写公式。",
    "表中有联系人的姓名和电话，只供本办使用，请勿外发。",
)
MEANINGS: Mapping[str, Mapping[str, str]] = {
    UNITS.name: {
        "id": "单位的代号，定了就不再改；灰底表示不要动。新单位请另编一个，用小写字母、数字和连字符，如 rcb-hanbin。",
        "name": "规范名称。更名时不改原来的一行：在原来的行写“至”，另加一行，编号相同，写新名称和“自”。",
        "since": "这个名称从哪个月起用。",
        "until": "这个名称用到哪个月为止。",
        "institution": f"所属机构，附件按它分组；列表中没有的银行写“{OTHER_BANK}示例银行”，算其他机构；不放贷的留空。",
        "areas": "要报哪些县区的数。",
        "order": "整数，附件和名单按它排列。",
        "aliases": "来文中的其他写法，程序凭名称和别名认定是谁报来的；要能与别的单位区分开。",
    },
    DUTIES.name: {
        "id": "哪个单位。一行一张报表；同一张报表前后要求不同的，分行写。",
        "unit_name": "供核对，以编号为准。",
        "form": "要报的报表。",
        "kind": f"“{OWED}”：缺了就催，缺着不能正式发布。“{MAY}”：报了就用，不报不催。",
        "since": "从哪一期起。",
        "until": "报到哪一期为止。停报、撤并的在这里写最后一期；已经报过数的，不要删行。",
    },
    DEADLINES.name: {
        "parameter": "哪一项期限。改期限时不改原来的一行：在原来的行写“至”，另加一行写新取值和“自”。",
        "value": "几日、几月，或者“是”“否”。",
        "since": "从哪一期的报表起（按报告期，不按报送的月份）；最早的一行留空。",
        "until": "到哪一期为止；最后的一行留空。各行要前后相接。",
        "reference": "依据的文件和条款。",
        "working": "文件没有规定、由本办约定的，写明理由；与“文号和条款”至少写一个。",
    },
    CONTACTS.name: {
        "id": "哪个单位。一行一人。",
        "unit_name": "供核对，以编号为准。",
        "name": "只存在 store 文件夹里，不进任何成果。",
        "post": "部门和职务。",
        "telephone": "固定电话带区号，几个号码用“、”隔开。",
        "email": "可以留空。",
        "note": "可以留空。",
    },
}
OTHERS: Mapping[str, str] = {
    TARGETS: "本年度的任务，就是报表 T01 的样子，核对办法相同；改了的，导入后作为本办的报送入库。合计自动计算。",
    EXTENSIONS: "已批准的延期，只供查看，改了也不采用。要延期，请用 extend 命令。",
}

HINTS: Mapping[tuple[str, str], str] = {
    (UNITS.name, "id"): "定了就不再改。新单位另编一个，如 rcb-hanbin。",
    (UNITS.name, "name"): "更名：本行写“至”，另加一行写新名称和“自”。",
    (UNITS.name, "since"): "写成 2018-03；留空表示从一开始。",
    (UNITS.name, "until"): "写成 2018-03；留空表示一直用。",
    (UNITS.name, "institution"): f"列表中没有的银行写成“{OTHER_BANK}示例银行”；不放贷的留空。",
    (DUTIES.name, "since"): "写成 2018-03；留空表示从一开始。",
    (DUTIES.name, "until"): "停报的写最后一期，如 2018-03；留空表示一直报。",
    (DEADLINES.name, "since"): "写成 2018-03，按报告期；最早的一行留空。",
    (DEADLINES.name, "until"): "写成 2018-03，按报告期；最后的一行留空。",
}
"""What Excel shows beside a cell of a column while it is edited."""
