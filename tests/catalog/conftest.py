import shutil
from pathlib import Path

import pytest

from pipeline.catalog import Catalog, load_catalog, schemas_root


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The real catalogue of the default profile."""
    return load_catalog()


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A copy of schemas/ to break things in."""
    return Path(shutil.copytree(schemas_root(), tmp_path / "schemas"))
