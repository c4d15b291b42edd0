"""The one exception family. Its messages are plain Chinese and end with the next step.

An error is about us or the machine; what is wrong with reported data is a `model.Finding`.
"""

from __future__ import annotations


class PipelineError(Exception):
    """Something keeps the program from going on; `str(error)` is what the clerk reads."""

    exit_code = 3


class UsageError(PipelineError):
    """The command was called with something that cannot be meant."""

    exit_code = 2


class CatalogError(PipelineError):
    """A file under schemas/ is wrong; the message names file and line."""


class PolicyUndefined(CatalogError):
    """A policy value is asked for a date at which none is in force."""


class NothingToPublish(PipelineError):
    """No figure is in force for the period that is asked for."""


class InboxError(PipelineError):
    """The inbox cannot be read as a folder."""


class StoreError(PipelineError):
    """The store cannot be read, written or locked."""


class ProductError(PipelineError):
    """A product cannot be written under its final name."""


class RuleCrashed(PipelineError):
    """An edit rule failed on its own account; never a finding about the reporting unit."""
