"""Words by which titles, sentences around a table and sheets' names say that its figures are others than the form's."""

from __future__ import annotations

from pipeline.catalog.dated import Entry


class Sayings(Entry):
    """The words that are the same for all forms; what only one form takes for others stands in its own file."""

    others: tuple[str, ...] = ()
    """Another time, other loans, a part: over columns too."""
    other_figures: tuple[str, ...] = ()
    """Drafts, templates, figures that are not settled."""
    alone: tuple[str, ...] = ()
    """Short words that count only where a whole piece of a title says nothing else: （旧）."""
    parts: tuple[str, ...] = ()
    """Parts of what a form asks: a title that names nothing else is not about the whole."""
    outside: tuple[str, ...] = ()
    """What no form asks for: to leave it out changes nothing."""
    places_within: tuple[str, ...] = ()
    """Places that are not registered, and only part of a county."""
