"""From findings to causes: which figures, put right, would make the rest of the statement true again.

A statement is a set of figures and of equations between them. A hypothesis changes some figures; it is believed where
it makes broken equations true and breaks none. Findings that go with it are folded under one (Fellegi and Holt's
principle: the fewest changes that satisfy all edits).
"""
