"""Mutants of the rule modules, each against its module's tests: `python -m tests.mutation`.

Not with a library, as of 2026. mutmut 3 mutates the insides of undecorated functions only, and every rule here is
decorated and most bounds are module constants; it always mutates strings too, which here are Chinese sentences. What
cosmic-ray mutates can be chosen, but it starts Python, pandas and pytest anew for each mutant, six seconds each, which
makes an hour and a half of what takes minutes here; neither knows of a list of equivalent mutants that is checked.
"""
