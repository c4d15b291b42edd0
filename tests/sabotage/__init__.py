"""Errors planted in clean months, kind by kind, and what the checks make of them: `python -m tests.sabotage`."""
