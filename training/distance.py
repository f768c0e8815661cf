"""How far one text is from another."""

import numpy as np


def distance(one: str, other: str) -> int:
    """Levenshtein's: insertions, deletions and replacements."""
    row = np.arange(len(other) + 1)
    for place, letter in enumerate(one, 1):
        costs = row[:-1] + np.array([letter != each for each in other], int)
        best = np.minimum(costs, row[1:] + 1)
        new = [place]
        for value in best:
            new.append(min(int(value), new[-1] + 1))
        row = np.array(new)
    return int(row[-1])
