"""Change the policy's meaning in one place at a time: each change has to make a fast test fail.

The files are copied into a temporary folder and changed there; the working tree is only read. Exits
with 1 if a change goes unnoticed, with 2 if the tests fail without any, or if one does not apply.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TESTS = [
    f"tests/verification/test_{name}.py" for name in ("policy", "binding", "judging", "no_settings")
]
# No Django, no database, no conftest.py: the tests are of pure functions, and have to stay so.
PYTEST = [
    *("-m", "pytest", "-c", os.devnull, "--rootdir=.", "--noconftest", "-p", "no:cacheprovider"),
    *("-o", "pythonpath=.", "--import-mode=importlib", "-W", "error", "-x", "-q", *TESTS),
]
ALL_PASSED, SOME_FAILED = 0, 1  # pytest's exit codes; others tell that it did not run
POLICY, BINDING, JUDGING, FINDINGS, THRESHOLDS, EXAMINE = (
    f"verification/{name}.py"
    for name in ("policy", "binding", "judging", "findings", "thresholds", "examine")
)
CHECKS = (
    "CARD_READABLE CARD_IS_ORIGINAL CARD_IS_CONSISTENT DATA_AS_READ REGISTER PORTRAIT_FOUND"
    " FACE_FOUND FACE_QUALITY OWN_PICTURE FACE_MATCH SAME_HOLDER LIVENESS CHALLENGE SOLID CAPTURE"
    " DUPLICATE FRESH_PICTURES FORMER_PROVEN WAY_FITS"
).split()
TABLES = {
    "MENDABLE": "FACE_FOUND FACE_QUALITY PORTRAIT_FOUND CHALLENGE LIVENESS",
    "ATTACKED": "CARD_IS_ORIGINAL CARD_IS_CONSISTENT OWN_PICTURE FACE_MATCH SAME_HOLDER LIVENESS"
    " CHALLENGE SOLID DUPLICATE FRESH_PICTURES",
    "CONTRADICTED": "DATA_AS_READ REGISTER",
    "SEEN_BY_AN_OFFICER": "OWN_PICTURE CHALLENGE LIVENESS SOLID CAPTURE",
    "OF_RENEWALS": "SAME_HOLDER FORMER_PROVEN",
    "OF_RETURNS": "FACE_FOUND FACE_QUALITY PORTRAIT_FOUND CHALLENGE LIVENESS SOLID CAPTURE"
    " FRESH_PICTURES FACE_MATCH",
}


class Mutation(NamedTuple):
    """`old` stands once in the file and becomes `new`; without `old`, `new` is added at its end."""

    name: str
    file: str
    old: str
    new: str

    def changed(self, text: str) -> str:
        if not self.old:
            return f"{text}\n\n{self.new}\n"
        if text.count(self.old) != 1:
            raise LookupError(f"{self.name}: `{self.old}` does not stand once in {self.file}")
        return text.replace(self.old, self.new)


BELOW = "self.attempt < self.most_attempts"
SEEN = "SEEN_BY_AN_OFFICER if situation.seen_in_person else set()"
SHADOWED = "situation.shadowed | ("
UNSURE = "failed + unsure"
ASKED = "if situation.renewal or check not in OF_RENEWALS]"
OTHER_WAY = "if missed == [Check.WAY_FITS] and _failed(found, Check.WAY_FITS):"
PASSED = "return check in found and found[check].outcome == Outcome.PASSED"
FAILED = "return check in found and found[check].outcome == Outcome.FAILED"
SAME = "return Tie.SURE if same else Tie.CONTRADICTED"
VOUCHED = "Tie.VOUCHED if same and vouched else Tie.UNREAD"
AGREES = "claim.confirmed == claim.registered"
IMPORT = "\nfrom django.conf import settings"
BY_HAND = {
    POLICY: [
        ("MENDABLE reversed", "", "MENDABLE = MENDABLE[::-1]"),
        ("OF_RETURNS reversed", "", "OF_RETURNS = OF_RETURNS[::-1]"),
        ("OF_RENEWALS emptied", "", "OF_RENEWALS = frozenset()"),
        ("renewals asked of everybody", ASKED, "]"),
        ("may_retake forced true", BELOW, "True"),
        ("may_retake forced false", BELOW, "False"),
        ("most_attempts ignored", BELOW, "self.attempt < 5"),
        ("most_attempts one more", BELOW, BELOW.replace("<", "<=")),
        ("most_attempts one less", BELOW, BELOW.replace("<", "+ 1 <")),
        ("seen_in_person ignored", SEEN, "set()"),
        ("seen_in_person always", SEEN, "SEEN_BY_AN_OFFICER"),
        ("shadow ignored", SHADOWED, "frozenset() | ("),
        ("shadow ignored of returns", "_without(shadowed, ", "_without(frozenset(), "),
        ("what is unsure before what failed", UNSURE, "unsure + failed"),
        ("what is unsure not taken again", UNSURE, "failed"),
        ("OTHER_WAY before all else", OTHER_WAY, "if _failed(found, Check.WAY_FITS):"),
        ("OTHER_WAY never", OTHER_WAY, "if False:"),
        ("OTHER_WAY without a word", OTHER_WAY, "if missed == [Check.WAY_FITS]:"),
        ("review told the last miss", "REVIEW, missed[0]", "REVIEW, missed[-1]"),
        ("what never ran has passed", PASSED, PASSED.replace("in found and", "not in found or")),
        ("doubt passes", PASSED, PASSED.replace("== Outcome.P", "!= Outcome.F")),
        ("what was not done is taken again", FAILED, "return not _passed(found, check)"),
        ("risk of data as of attacks", "return int(bool(", "return 2 * int(bool("),
        ("risk of doubt", "outcome == Outcome.FAILED}", "outcome != Outcome.PASSED}"),
        ("policy reads the settings", "import StrEnum", f"import StrEnum{IMPORT}"),
    ],
    EXAMINE: [("examine reads the settings", "import uuid", f"import uuid{IMPORT}")],
    BINDING: [
        ("tie: >= to >", "confidence >= sure", "confidence > sure"),
        ("sure whatever is read", SAME, "return Tie.SURE"),
        ("CONTRADICTED excused by the register", SAME, SAME.replace("same", f"same or {AGREES}")),
        ("vouched without the register", " and claim.read == claim.registered", ""),
        ("vouched for a binding field", " and not claim.binds", ""),
        ("vouched for an unread field", 'claim.read != "" and ', ""),
        ("vouched though read otherwise", VOUCHED, VOUCHED.replace("same and ", "")),
        ("unread excused by the register", VOUCHED, VOUCHED.replace("same and vouched", AGREES)),
        ("no claims pass", " or not ties:", ":"),
        ("unread fields pass", "if named[Tie.UNREAD] or not ties", "if not ties"),
        ("contradictions are doubts", "outcome = Outcome.FAILED", "outcome = Outcome.DOUBTFUL"),
    ],
    FINDINGS: [
        ("scored: >= to >", "score >= threshold", "score > threshold"),
        ("scored: rounded before", "if score >=", "if round(score, 4) >="),
    ],
    JUDGING: [
        ("duplicate: >= to >", '["similarity"] >= threshold', '["similarity"] > threshold'),
        ("the lesser suspicion decides", "min(held,", "max(held,"),
        ("the higher suspicion decides", ", key=lambda one: one[0] - one[1]", ""),
        ("copies not looked for", '("screen", "copy", ', '("screen", '),
        ("altered cards not looked for", '"copy", "altered")', '"copy")'),
        ("a stopped one is not doubted", "doubted = stopped and", "doubted = False and"),
        ("solid: < to <=", 'score < thresholds["solid_sure"]', 'score <= thresholds["solid_sure"]'),
        (
            "what no turn shows has failed",
            "Check.SOLID, Outcome.DOUBTFUL",
            "Check.SOLID, Outcome.FAILED",
        ),
        (
            "an unlike one is only doubted",
            "stopped and finding.outcome == Outcome.PASSED",
            "stopped",
        ),
    ],
    THRESHOLDS: [
        ("thresholds mutable", "@dataclass(frozen=True)", "@dataclass"),
        ("a change in place", "replace(self, **changes)", "vars(self).update(changes) or self"),
    ],
}


def mutations() -> Iterator[Mutation]:
    for file, rows in BY_HAND.items():
        yield from (Mutation(name, file, old, changed) for name, old, changed in rows)
    for check in CHECKS:
        yield Mutation(
            f"{check} not asked", POLICY, ASKED, f"{ASKED[:-1]} if check != Check.{check}]"
        )
    for table, checks in TABLES.items():
        for check in checks.split():
            less = f"{table} = type({table})(one for one in {table} if one != Check.{check})"
            yield Mutation(f"{table} without {check}", POLICY, "", less)


def copy_to(folder: Path) -> None:
    unneeded = ignore_patterns("__pycache__")
    for name in ("core", "verification", "tests/verification"):
        copytree(ROOT / name, folder / name, ignore=unneeded)


def exit_code(folder: Path) -> int:
    environment = os.environ | {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # a change within the same second would go unread
    }
    ran = subprocess.run(
        [sys.executable, *PYTEST], cwd=folder, env=environment, capture_output=True, check=False
    )
    if ran.returncode not in {ALL_PASSED, SOME_FAILED}:
        sys.stdout.buffer.write(ran.stdout + ran.stderr)
    return ran.returncode


def survives(mutation: Mutation, folder: Path) -> bool:
    """Whether every test passes all the same; the file is put back."""
    file = folder / mutation.file
    before = file.read_text()
    try:
        file.write_text(mutation.changed(before))
        code = exit_code(folder)
    finally:
        file.write_text(before)
    if code not in {ALL_PASSED, SOME_FAILED}:
        raise LookupError(f"{mutation.name}: the tests could not be run")
    return code == ALL_PASSED


def main() -> int:
    survived, tried = [], list(mutations())
    width = max(len(mutation.name) for mutation in tried)
    with tempfile.TemporaryDirectory(prefix="dopa-mutate-") as name:
        folder = Path(name)
        copy_to(folder)
        if exit_code(folder) != ALL_PASSED:
            print("The tests fail without any change.")
            return 2
        for mutation in tried:
            try:
                alive = survives(mutation, folder)
            except LookupError as error:
                print(error)
                return 2
            survived += [mutation.name] if alive else []
            print(f"{mutation.name:{width}}  {'SURVIVED' if alive else 'killed'}", flush=True)
    print(f"{len(tried) - len(survived)} of {len(tried)} changes killed")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())
