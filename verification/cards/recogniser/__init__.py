"""The portal's own line recogniser: from a gray strip with one line to letters, each with how sure.

Trained in this project (`training/`, `make train-reader`); `data_card.json` says on what.
"""

from verification.cards.recogniser.alphabets import LETTERS_OF, letters_of
from verification.cards.recogniser.crops import Line, line_crops
from verification.cards.recogniser.recogniser import Reading, read, read_many
from verification.cards.recogniser.voting import Vote, vote

__all__ = [
    "LETTERS_OF",
    "Line",
    "Reading",
    "Vote",
    "letters_of",
    "line_crops",
    "read",
    "read_many",
    "vote",
]
