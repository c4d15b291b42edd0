"""What is defined: forms, registers, policy and annexes under schemas/ as typed objects; knows no data."""

from pipeline.catalog.accepted import AcceptedHeader, with_accepted
from pipeline.catalog.annexes import AnnexColumn, AnnexLayout
from pipeline.catalog.catalog import Catalog, Profile
from pipeline.catalog.forms import Column, Form, Layout
from pipeline.catalog.headers import Meaning, code_index, header_index, normalise_header, row_index, squeezed
from pipeline.catalog.loading import common_sayings, load_catalog, profiles, register_mistakes, schemas_root
from pipeline.catalog.overlay import Register, register_of
from pipeline.catalog.policy import Parameter, Policy, PolicyValue
from pipeline.catalog.registers import AreaEntry, AreaRegister, Institution, ReportingUnit, UnitRegister

__all__ = [
    "AcceptedHeader",
    "AnnexColumn",
    "AnnexLayout",
    "AreaEntry",
    "AreaRegister",
    "Catalog",
    "Column",
    "Form",
    "Institution",
    "Layout",
    "Meaning",
    "Parameter",
    "Policy",
    "PolicyValue",
    "Profile",
    "Register",
    "ReportingUnit",
    "UnitRegister",
    "code_index",
    "common_sayings",
    "header_index",
    "load_catalog",
    "normalise_header",
    "profiles",
    "register_mistakes",
    "register_of",
    "row_index",
    "schemas_root",
    "squeezed",
    "with_accepted",
]
