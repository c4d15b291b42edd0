"""Which characters the bytes of a text file are: the possible readings are scored, never tried in turn.

A file in Big5 decodes as GB18030 without an error, and so do Korean and Russian ones; all of it is garbage. So a
reading counts only where it is made of characters that tables of offices are made of.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.ingest.refusal import SEND_EXCEL, Refused, damaged

BINARY = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Of two that begin alike the longer one first."""
_BIG5 = "cp950"
_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": _BIG5,
    "utf8": "utf-8",
}

COMMON_SHARE = 0.8
"""Of office text in simplified Chinese 97 % and more of the characters are of GB 2312 level 1; a Big5 file decoded
as GB18030 has less than half."""

FREQUENT_SHARE = 0.25
"""Of office text half the characters and more are among `FREQUENT`; of a wrong reading about one in ten by chance."""

_DECLARED_BONUS = 0.2
"""What a file says of its own encoding counts, but less than what its characters say."""

FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打四神总何电数安少报才结反受目太量再感建务做接"
    "必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白界达光放强即像难且权思象完设式色路记南品住告类"
    "求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运六七八九零百千亿元角分户笔额款贷授信余逾欠息率收付还放累"
    "计末初本上年季度日县镇乡村街省州农商邮储银行支分贫困扶帮补贴保险担风补偿金项目投已未完序号备注填制负责电话审核单联系办局厅"
    "财政税合汇小总均其他以及占增减降升环较去净额值产消费居住口城教育医疗卫低五保建档立卡脱贫致富甲乙丙丁戊己编码地址姓性别称"
    "汉滨阴石泉宁陕紫岚皋平利镇坪旬阳白河安康高新恒口瀛湖北京天津河山西内蒙古辽吉林黑龙江上海苏浙徽福建南广东川贵云藏甘肃青夏疆重庆"
    "這個們來為國說時會對過發後裡種經麼學現當沒動還進樣從實軍無與長機開關點業將兩間問戰頭體見產話給門應東聲員論處義幾認條氣題"
    "別電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬術領確傳師觀讓識帶導爭運億戶筆額貸餘縣鎮鄉農郵儲銀貧貼險擔"
    "風償項備註負責審單聯繫辦財稅匯總減較淨值費醫療衛檔編號稱臺灣園廟館號營站線橋樓廠歷亞歐澳舊縱橫檢驗顯現圖標準週雙資訊廣"
)
"""The most frequent characters of modern Chinese and statements, with the traditional shapes of those that differ."""


@dataclass(frozen=True, slots=True)
class Text:
    """What the bytes of a file say, and by which encoding."""

    text: str
    encoding: str

    @property
    def notes(self) -> list[str]:
        """What is told of an encoding that nobody here writes."""
        return ["文字是繁体中文（Big5 编码），已按 Big5 读取。"] if self.encoding == _BIG5 else []


def decode(data: bytes, declared: str = "") -> Text:
    """The text of the bytes: by mark, else the reading that is surely Chinese; else Refused.

    `declared` is what the file says of itself (`gb2312`), where its kind has a place for that.
    """
    found = _decoded(data, _NAMES.get(declared.lower().replace("-", "").replace("_", ""), declared.lower()))
    told = found.text.rstrip("\0")
    if told != found.text and told and not BINARY.search(told):
        nuls = len(found.text) - len(told)
        raise damaged(f"文字后面有{nuls}个空字节，可能没有传完或没有存好")
    if BINARY.search(found.text):
        raise Refused(
            "F02", f"文件不是表格，也不是文字（内容是二进制数据）。请核对是否发错文件；如是报表，{SEND_EXCEL}"
        )
    return found


def _decoded(data: bytes, declared: str) -> Text:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return Text(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise _unsure(data) from error
    if b"\0" in data:
        return _best(data, ("utf-16-le", "utf-16-be"), declared) or _followed_by_nuls(data, declared)
    text = _reading(data, "utf-8")
    if text is not None and not _may_be_chinese_in_two_bytes(text, data):
        return Text(text, "utf-8")
    found = _best(data, ("gb18030", _BIG5), declared)
    if found is None:
        raise _unsure(data)
    return found


def _followed_by_nuls(data: bytes, declared: str) -> Text:
    """A text behind which there is room for what never came; other bytes with NULs are none."""
    text = data.rstrip(b"\0")
    if not text or b"\0" in text:
        return Text("\0", "")
    found = _decoded(text, declared)
    return Text(found.text + "\0" * (len(data) - len(text)), found.encoding)


def _reading(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _best(data: bytes, encodings: tuple[str, ...], declared: str) -> Text | None:
    """The reading with the best score, where that is high enough to be sure."""
    scored: list[tuple[float, int, Text]] = []
    for place, encoding in enumerate(encodings):
        text = _reading(data, encoding)
        if text is None or (encoding == "gb18030" and not reads_as_chinese(text)):
            continue
        if encoding.startswith("utf-16") and BINARY.search(text):
            continue
        scored.append((frequent_share(text) + _DECLARED_BONUS * (encoding == declared), -place, Text(text, encoding)))
    if not scored:
        return None
    best, _, found = max(scored, key=lambda reading: reading[:2])
    return found if best >= FREQUENT_SHARE else None


def _may_be_chinese_in_two_bytes(text: str, data: bytes) -> bool:
    """Whether what reads as UTF-8 is made of two-byte characters only, and of such as no language puts together.

    A few Chinese characters in GB18030 are Arabic, Greek or Latin letters when they are read as UTF-8.
    """
    foreign = [sign for sign in text if sign > "\x7f"]
    if not foreign or any(sign >= "\u0800" for sign in foreign) or re.search("[A-Za-z][\x80-\u07ff]", text):
        return False
    chinese = _reading(data, "gb18030")
    return chinese is not None and reads_as_chinese(chinese) and frequent_share(chinese) >= FREQUENT_SHARE


def reads_as_chinese(text: str) -> bool:
    """Whether nearly all that is not ASCII is common simplified Chinese, or full-width punctuation."""
    foreign = Counter(sign for sign in text if sign > "\x7f")
    common = sum(count for sign, count in foreign.items() if _is_common(sign))
    return common >= COMMON_SHARE * foreign.total()


def frequent_share(text: str) -> float:
    """How many of the letters beyond ASCII are among the most frequent Chinese ones; 1 where there are none."""
    foreign = Counter(sign for sign in text if sign > "\x7f" and sign.isalpha())
    if not foreign:
        return 1.0
    return sum(count for sign, count in foreign.items() if sign in FREQUENT) / foreign.total()


def _is_common(sign: str) -> bool:
    """Of GB 2312: the symbols of rows 1 to 3, and level 1, the 3,755 characters of daily use."""
    code = sign.encode("gb18030")
    if len(code) != 2 or code[1] < 0xA1:
        return False
    return 0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7


def _unsure(data: bytes) -> Refused:
    if not re.search(rb"[\x80-\xff]{2}", data):
        what = "像是西文的 Windows-1252"
    else:
        what = "也不像繁体的 Big5，可能是别国文字或文件已损坏"
    return Refused(
        "F01", f"文字编码无法确定（不是 UTF-8，也不像简体中文的 GB18030，{what}），没有读取，以免成为乱码。{SEND_EXCEL}"
    )
