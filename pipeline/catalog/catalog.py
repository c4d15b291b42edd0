"""The catalogue as one object: everything under schemas/ that a profile uses."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalog.annexes import AnnexLayout
from pipeline.catalog.dated import DayField, Entry, MonthField
from pipeline.catalog.forms import Form, Layout
from pipeline.catalog.imports import ImportForm
from pipeline.catalog.policy import Policy
from pipeline.catalog.registers import AreaRegister, UnitRegister
from pipeline.catalog.sayings import Sayings
from pipeline.catalog.tables import DataTable


class Scheme(Entry):
    """The document that introduced the reports 「月报制度」, and the first period about which they are due by it."""

    document: str
    """Its number: 「安政办函〔2017〕284号」."""
    title: str
    issued: DayField
    since: MonthField


class Profile(Entry):
    """One city's settings 「地区配置」."""

    id: str
    city: str
    """「安康市」."""
    province: str = ""
    """「陕西省」, in which the city lies: it may stand before the names of areas."""
    office: str
    """Who compiles: printed as 制表单位."""
    letter_code: str = ""
    """What the numbers of its letters begin with: 「安金扶办函」 (机关代字, GB/T 9704-2012 7.2.5)."""
    institution_titles: Mapping[str, str]
    """How an institution is called in titles and rows of annexes, by id."""
    departments_title: str = "市直部门"
    """Under which words annex 1 groups the reporting units that lend nothing."""
    scheme: Scheme | None = None
    """None where no document is known."""
    totals: tuple[str, ...] = ()
    """How senders call the row of totals by the city's name, beside 合计 and the like: 「安康市合计」."""


class AcceptedHeader(Entry):
    """A person's word that in one unit's tables a header means an indicator, from a month on."""

    unit: str
    form: str
    header: str
    """As it is compared (`normalise_header`): the whole path of a column, or the label of a row."""
    indicator: str
    institution: str = ""
    """Where the form asks by institution: which one."""
    since: MonthField
    """The first month whose tables are read so."""


class Catalog(Entry):
    """Registers, forms, layouts, policy, annexes, data tables of a profile; `fingerprint` changes with any of them."""

    profile: Profile
    areas: AreaRegister
    units: UnitRegister
    forms: Mapping[str, Form]
    layouts: tuple[Layout, ...]
    policy: Policy
    annexes: Mapping[int, AnnexLayout]
    tables: tuple[DataTable, ...]
    fingerprint: str
    imports: Mapping[str, ImportForm] = {}
    """Long tables in which figures from before the program are taken in, by code."""
    sayings: Sayings = Sayings()
    """Words by which what stands around a table speaks of other figures."""
    accepted: tuple[AcceptedHeader, ...] = ()
    """What people have decided about headers of single units, as the journal has it; never from schemas/."""
