"""Who is in the sample data, and what becomes of each: one row, one enrollment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scenario:
    """How one sample citizen fares.

    `until` is the last step taken; `differs` makes the register or the pictures disagree;
    `officer` is the decision the sample officer takes at the end. `renewal` has the digital ID
    issued anew afterwards, with a selfie of the "same" or of another "face".
    """

    name: str
    until: str = "consent"
    differs: str = ""
    officer: str = ""
    renewal: str = ""


SCENARIOS = (
    *(Scenario("a registration that passes by itself") for _ in range(8)),
    Scenario("a forgotten password: issued anew", renewal="same"),
    Scenario("somebody else tries to have it issued anew", renewal="face"),
    Scenario("verified, no password yet", until="selfie"),
    Scenario("verified, no password yet", until="selfie"),
    Scenario("password set, consent to be given", until="password"),
    Scenario("stopped after the terms", until="start"),
    Scenario("stopped before the data were confirmed", until="card"),
    Scenario("stopped before the selfie", until="confirm"),
    Scenario("withdrawn", until="withdraw"),
    Scenario("a blurred photo of the card", until="card", differs="blurred card"),
    Scenario("a dark selfie", until="selfie", differs="dark selfie"),
    Scenario("two people in the selfie", until="selfie", differs="two faces"),
    Scenario("another person's selfie", until="selfie", differs="face"),
    Scenario("another person's selfie, rejected", until="selfie", differs="face", officer="reject"),
    Scenario("a name that the register spells otherwise", until="selfie", differs="register"),
    Scenario(
        "a name that the register spells otherwise, approved",
        differs="register",
        officer="approve",
    ),
    Scenario("not in the register", until="selfie", differs="unknown"),
    Scenario("no head turns: a browser without camera", until="selfie", differs="no turns"),
    Scenario(
        "no head turns, asked to take the selfie again",
        until="selfie",
        differs="no turns",
        officer="ask_retake",
    ),
    Scenario("a face that is registered under another number", until="selfie", differs="twin"),
    Scenario("a paper copy of the card", until="selfie", differs="copy"),
)
