"""Whom the county's return bears out: a guess at a figure that it gives too, or the figure as it is reported.

A county is a witness. It is asked where equations are broken and several guesses explain as many of them; a figure that
agrees with all others of its statement it does not accuse.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.validate.diagnosis.hypothesis import Hypothesis
from pipeline.validate.diagnosis.system import Place, System
from pipeline.validate.masked import Integers


def heard(system: System, values: Integers, guess: Hypothesis) -> int:
    """How many figures the county says as they are guessed to be meant, less those that it says as they are."""
    changes = zip(guess.at.tolist(), guess.meant.tolist(), strict=True)
    asked = [(said, int(values[at]), meant) for at, meant in changes if (said := system.said.get(system.places[at]))]
    return sum(said.agrees(meant) - said.agrees(reported) for said, reported, meant in asked)


def best_heard(system: System, values: Integers, guesses: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Those of the guesses for which counties say most; all, where they say nothing of any."""
    votes = [heard(system, values, guess) for guess in guesses] if system.said else [0] * len(guesses)
    return [guess for guess, vote in zip(guesses, votes, strict=True) if vote == max(votes)]


def is_borne_out(system: System, values: Integers, guess: Hypothesis) -> bool:
    """Whether the county says the figure that the guess needs it to say, and denies nothing of it."""
    said = system.said.get(guess.witness) if guess.witness else None
    if said is None or guess.witness is None:
        return False
    meant = int(guess.applied(values)[system.position[guess.witness]])
    return said.agrees(meant) and heard(system, values, guess) >= 0


def evidence(system: System, values: Integers, guess: Hypothesis, rivals: Sequence[Hypothesis]) -> tuple[Place, ...]:
    """The figures that the county gives as the guess has them, where some rival would have them otherwise."""
    after = guess.applied(values)
    return tuple(
        place
        for place, said in system.said.items()
        if said.agrees(int(after[system.position[place]]))
        and any(not said.agrees(int(rival.applied(values)[system.position[place]])) for rival in rivals)
    )
