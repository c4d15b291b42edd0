"""Commands run in this process: faster than a whole process each, and seen by the coverage measurement."""

import json

import jsonschema
import pytest

from pipeline.cli import main
from tests.jobs.sample import ROOT


def run(capsys, *words):
    """Run a command; exit code, what it said, what it complained about."""
    with pytest.raises(SystemExit) as stopped:
        main.main([str(word) for word in words], prog_name="pipeline")
    said = capsys.readouterr()
    return stopped.value.code, said.out, said.err


def asked(capsys, *words):
    """Run a command with --json and hold the answer against the contract."""
    code, out, err = run(capsys, *words, "--json")
    assert err == ""
    told = json.loads(out)
    schema = json.loads((ROOT / "schemas" / "contract" / f"{words[0]}.schema.json").read_text("utf-8"))
    jsonschema.validate(told, schema)
    assert told["exit"] == code
    return told


def duty(told, unit, form="M01"):
    duties = told["data"]["duties"] if "duties" in told["data"] else told["data"]["releases"][0]["duties"]
    return next(d for d in duties if (d["reporting_unit"], d["form"]) == (unit, form))
