"""English lines: names as Thais romanise them, invented so that none needs to exist."""

import random
import string

TITLES = ("Mr.", "Mr.", "Mrs.", "Miss", "Miss", "Mr", "Master", "Pol.Lt.", "M.L.")
ONSETS = (
    "b c ch d f h j k kh kl kr kw l m n ng p ph phr pl pr r s t th thr tr w y bh dh g v z sr"
).split()
NUCLEI = "a aa ae ai ao au e ea ee ei eo i ia ie ir o oa oe oi oo or u ua ue ui uea ar y".split()
CODAS = ["", "", "", *"n n m ng ng k k t t p r l b d s ch tr rn st th j ya".split()]
OTHERS = (
    "Smith Johnson Wong Tanaka Garcia Muller Ahmad Bin Abdul Rahman Khan Singh Lee Chen Nguyen "
    "Williams Brown Jones Kim Park Ivanov Schmidt Rossi Dubois Fischer O'Neil Anne-Marie"
).split()
ALIKE = {"I": "l", "l": "I", "rn": "m", "m": "rn", "cl": "d", "u": "ii", "h": "b", "e": "c"}


def romanised(chance: random.Random) -> str:
    """One invented word of one to five syllables, capitalised."""
    count = chance.choice((1, 2, 2, 3, 3, 3, 4, 5))
    parts = (chance.choice(ONSETS) + chance.choice(NUCLEI) + chance.choice(CODAS)
             for _ in range(count))  # fmt: skip
    word = "".join(parts)[:22]
    if chance.random() < 0.05:
        old, new = chance.choice(list(ALIKE.items()))
        word = word.replace(old, new, 1)
    return word[:1].upper() + word[1:]


def word(chance: random.Random) -> str:
    return chance.choice(OTHERS) if chance.random() < 0.06 else romanised(chance)


def english_name(chance: random.Random) -> str:
    """Title and first name, or a last name; now and then in capitals."""
    name = word(chance)
    if chance.random() < 0.06:
        name = f"{name} {word(chance)}"
    if chance.random() < 0.04:
        name = f"{name}-{word(chance)}"
    if chance.random() < 0.45:
        name = f"{chance.choice(TITLES)} {name}"
    return name.upper() if chance.random() < 0.05 else name


def scrambled_latin(chance: random.Random) -> str:
    """Letters and digits in no order."""
    letters = chance.choice((string.ascii_uppercase, string.ascii_letters,
                             string.ascii_letters + string.digits,
                             string.digits + "-/.,()&'"))  # fmt: skip
    return "".join(chance.choice(letters) for _ in range(chance.randint(3, 14)))
