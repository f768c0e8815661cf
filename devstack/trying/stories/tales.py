"""The stories, in the order of the page."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models import Entry
from core.typing import StrOrPromise
from devstack.trying.stories.scene import Scene
from devstack.trying.stories.steps import (
    Door,
    Step,
    as_officer,
    as_person,
    by_anybody,
    by_officer,
    by_person,
    look,
)


@dataclass(frozen=True)
class Story:
    slug: str
    title: StrOrPromise
    ends: StrOrPromise
    steps: tuple[Step, ...]

    def done(self, scene: Scene) -> list[bool]:
        """Which steps are done; an earlier one is done with a later one, whatever the way was."""
        found = [step.done(scene, place) for place, step in enumerate(self.steps)]
        return [any(found[place:]) for place in range(len(found))]


ALONE = Story(
    "alone",
    _("A registration that passes alone"),
    _("No officer was needed: card, register, face and movements tie to each other."),
    (
        as_person("alone", _("Be {name}. You land on the portal's first page, as anybody.")),
        Step(
            _("Start registering and accept the terms."),
            by_person("alone", Action.ACCEPT_TERMS),
        ),
        Step(
            _("Photograph front and back of the card: open the camera and press the round button."),
            by_person("alone", Action.CAPTURE_CARD),
        ),
        Step(
            _("Compare what was read with the card, and confirm it."),
            by_person("alone", Action.CONFIRM_DATA),
        ),
        Step(
            _("Open the camera for the selfie. It follows the hints and takes the picture itself. The answer comes within seconds."),  # noqa: E501
            by_person("alone", Action.PASS_CHECKS),
        ),
        Step(
            _("Set a password, twice the same, and consent with it once more."),
            by_person("alone", Action.ACTIVATE),
        ),
        look(
            _("Show the digital ID: its code changes every half minute."),
            "identity:card", _("Show the digital ID"),
        ),
    ),
)  # fmt: skip
STRANGER = Story(
    "stranger",
    _("A face that does not match"),
    _("The machine decides nothing that it is not sure of; an officer did, with a reason."),
    (
        as_person("stranger", _("Be {name}: the card is his, the face in the camera is not.")),
        Step(
            _("Register as far as the selfie: terms, card, data."),
            by_person("stranger", Action.CONFIRM_DATA),
        ),
        Step(
            _("Take the selfie. The portal says that an officer has to look."),
            by_person("stranger", Action.SEND_TO_REVIEW),
        ),
        as_officer("officer", _("Sign in as the officer of Pak Kret: press “Sign in” twice.")),
        Step(
            _("Take the case: search for its number, or press “Take next case” until it comes."),
            by_person("stranger", Action.TAKE),
        ),
        Step(
            _("Compare the two faces, press “Reject”, and choose the reason."),
            by_person("stranger", Action.REJECT),
        ),
        look(
            _("Be the citizen again and read what the officer answered."),
            "registration:rejected", _("The citizen's page"),
        ),
    ),
)  # fmt: skip
MORNING = Story(
    "morning",
    _("The morning of an administrator"),
    _("Every figure says what it counts, and every look at the log is in the log."),
    (
        as_officer("administrator", _("Sign in as the administrator.")),
        look(_("How many registered yesterday, and are we on the way to 60 million?"),
             "dashboards:overview", _("The dashboard")),
        look(_("Where do people give up?"), "dashboards:funnel", _("Step by step")),
        look(_("Which provinces are behind?"), "dashboards:where", _("Where")),
        look(_("Do the officers keep up?"), "dashboards:work", _("Work")),
        look(_("Who may sign in here?"), "people:list", _("Officers")),
        Step(
            _("Open an entry of the log: it proves its place under the signed head."),
            by_officer("administrator", Action.AUDIT_VIEWED, about=Entry),
            Door("audit:list", _("The log")),
        ),
    ),
)  # fmt: skip
IMPORT = Story(
    "import",
    _("An import with mistakes, and the way back"),
    _("The mistakes were named line by line, and the register is as it was before."),
    (
        as_officer("administrator", _("Sign in as the administrator.")),
        Step(
            _("Put a file of 2,000 made-up people into the import folder. Every hundredth line has a mistake."),  # noqa: E501
            lambda scene, _place: scene.has_file(),
            Door("trying:make_register", _("Make the file"), posts=True),
        ),
        Step(
            _("Choose the file register-with-mistakes.csv and start the import."),
            by_anybody(Action.REGISTER_IMPORTED),
            Door("admin:population_importrun_add", _("Import the register")),
        ),
        look(
            _("Open the import: how many lines were rejected, and why? The file of rejected lines says it."),  # noqa: E501
            "admin:population_importrun_changelist", _("The imports"),
        ),
        Step(
            _("On its page, ask for it to be rolled back. That takes two, and a reason."),
            by_officer("administrator", Action.LEVER_ASKED),
            Door("admin:population_importrun_changelist", _("The imports")),
        ),
        as_officer("deputy", _("Sign in as the second administrator.")),
        Step(
            _("Read what is asked for, type the number of people, and agree."),
            by_officer("deputy", Action.REGISTER_ROLLED_BACK),
            Door("levers:list", _("The changes")),
        ),
    ),
)  # fmt: skip
TAMPERED = Story(
    "tampered",
    _("Somebody changed the log"),
    _("The changed entry does not fit the signed head any more, and everybody can check that."),
    (
        as_officer("auditor", _("Sign in as the auditor.")),
        Step(
            _("Open the log, and an entry in it. Read that it stands unchanged."),
            by_officer("auditor", Action.AUDIT_VIEWED, about=Entry),
            Door("audit:list", _("The log")),
        ),
        look(_("Open a copy of the newest entries, in which you may change things."),
             "trying:copy", _("The copy")),
        Step(
            _("Change an entry of the copy, as somebody with the rights of a database might."),
            lambda scene, _place: scene.changed,
            Door("trying:copy", _("The copy")),
        ),
        Step(
            _("Check the copy: the changed entry is named, and no other."),
            lambda scene, _place: scene.checked,
            Door("trying:copy", _("The copy")),
        ),
    ),
)  # fmt: skip
LOST = Story(
    "lost",
    _("A lost phone"),
    _("The lost device shows nothing any more, and this one shows the digital ID."),
    (
        as_person("lost", _("Be {name}. You land where a lost phone is reported.")),
        Step(
            _("Stop the digital ID with number and password; both stand on her page."),
            by_person("lost", Action.DIGITAL_ID_SUSPENDED),
            Door("trying:person", _("Number and password"), ("lost",)),
        ),
        Step(
            _("Have the digital ID issued anew, with number and password, and accept the terms."),
            by_person("lost", Action.ACCEPT_TERMS),
            Door("registration:renew", _("Issue it anew")),
        ),
        Step(
            _("Photograph the card and confirm the data."),
            by_person("lost", Action.CONFIRM_DATA),
        ),
        Step(
            _("Take the selfie. The machine finds the same person as before."),
            by_person("lost", Action.PASS_CHECKS),
        ),
        Step(
            _("Set a new password and consent with it."),
            by_person("lost", Action.ACTIVATE),
        ),
        look(_("Show the digital ID on this device."),
             "identity:card", _("Show the digital ID")),
    ),
)  # fmt: skip
STORIES = {one.slug: one for one in (ALONE, STRANGER, MORNING, IMPORT, TAMPERED, LOST)}
