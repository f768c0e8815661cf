"""What is done with each command of the documents: run, in this order, or left out for a reason."""

from typing import NamedTuple


class Step(NamedTuple):
    """`prints`: a pattern of the output, whose named groups stand for themselves in later steps.
    `keep`: the file that a reader would send the output to. `instead`: what a word stands for here
    only.
    """

    command: str
    prints: str = ""
    keep: str = ""
    instead: tuple[str, str] = ("", "")


RUN: dict[str, tuple[Step, ...]] = {
    "README.md": (
        Step("make help", r"run +Start the whole portal(.|\n)*check +All that must hold"),
        Step("manage.py read_card FRONT.jpg BACK.jpg", r'"number": \{\s*"value": "\d{13}"'),
        Step("manage.py match_faces A.jpg B.jpg", r'"decision": "same"'),
        Step("manage.py redecide face_match=0.5 --days 30", "0 attempts in 30 days"),
        Step("manage.py import_population FILE.csv.gz", "done: 2,000 rows read, 2,000 new"),
        Step("manage.py audit verify", "The audit log is whole"),
    ),
    "docs/operations.md": (
        Step("manage.py check --deploy --fail-level WARNING", "no issues"),
        Step("manage.py migrate", r"Applying registration\.0001_\w+\.\.\. OK"),
        Step("manage.py audit grant dopa_serving", "can run the portal, and to the log only add"),
        Step("manage.py load_offices", r"\d{3,} "),
        Step("manage.py compile_messages"),  # nothing to say where they are compiled already
        Step("manage.py collectstatic --noinput", r"[1-9]\d+ static files copied"),
        Step("manage.py embed_faces", "0 embedded"),
    ),
    "docs/imports.md": (
        Step("manage.py make_population 1000000 FILE --broken 1", "2,000 rows"),
        Step("manage.py import_population FILE --dry-run", r"1,9\d\d rows can be loaded"),
        Step(
            "manage.py import_population FILE --workers 2", r"done: 1,9\d\d rows read, 1,9\d\d new"
        ),
        Step(
            "manage.py import_population FILE --complete --rows 60000000",
            r"1,9\d\d already there, 0 no longer",
        ),
        Step("manage.py import_pilot FILE", "1 rows read, 1 matched", instead=("FILE", "PILOT")),
    ),
    "docs/audit.md": (
        Step("manage.py audit verify", "The audit log is whole: 307 entries"),
        Step("manage.py audit head", "public key: (?P<HEX>[0-9a-f]{64})", keep="heads.ndjson"),
        Step("manage.py audit verify --resume", "Beginning anew"),
        Step("manage.py audit verify --head heads.ndjson", "The audit log is whole"),
        Step("manage.py audit verify --from 5000000", "The audit log is whole"),
        Step("manage.py audit prove 4711", '"leaf_index"', keep="proof.json"),
        Step(
            "check_audit_proof.py proof.json --public-key HEX --head heads.ndjson",
            "The proof holds.",
        ),
        Step("manage.py audit prove --since 5000000", '"old_head"'),
        Step("manage.py audit archive 2026-08 --to /archive", "Sealed 301 entries"),
        Step("manage.py audit check /archive/audit-2026-08.ndjson.gz", "holds the 301 entries"),
        Step("manage.py audit grant ROLE", "can run the portal"),
    ),
}

# Everything that is not run. A reason that names a test names one that is there.
NOT_RUN = {
    "podman build -f deploy/Containerfile -t dopa-portal .": "needs an engine; hadolint reads it",
    "systemctl start dopa-release": "needs a machine under systemd; systemd-analyze reads it",
    "systemctl enable --now dopa.target": "needs a machine under systemd; systemd-analyze reads it",
    "python3 scripts/install.py venv requirements.txt": (
        "fetches for half a minute; `make venv` runs it with both lists before any test"
    ),
    "make run": "does not end by itself; tests/devstack/test_portal.py starts it and stops it",
    "PORT=8080 make run": "the same with a port; tests/devstack/test_portal.py gives it one",
    "make test": "runs this test",
    "make drill": "takes minutes; tests/devstack/test_drill.py does one of them whole",
    "make drill ONLY=backup": "the same, one of them",
    "make reset": "needs a portal with samples; tests/devstack/trying/test_as_made.py does it",
    "make codes": "needs the sample officers; tests/devstack/trying/test_pages.py has them",
    "make calibrate": "takes minutes; tests/devstack/test_measuring.py tries its parts",
    "make bench ONLY=Flooded": "takes minutes; tests/devstack/storm/test_flood.py floods for less",
    "make storm FAULTS=100 CITIZENS=6": (
        "takes a quarter of an hour; tests/devstack/storm/test_storm.py has four faults"
    ),
    "make fuzz REQUESTS=2000": "takes minutes; tests/e2e/test_by_the_schema.py sends some",
    "manage.py import_population s3://BUCKET/KEY": (
        "needs an object store; tests/population/test_import_from_objects.py has one"
    ),
    "manage.py createsuperuser": "asks for a password at the keyboard",
    "manage.py changepassword E-MAIL": "asks for a password at the keyboard",
    "manage.py reap_files --sure": "needs an object store; tests/core/test_reaping.py has one",
    "manage.py audit adopt --head heads.ndjson --by E-MAIL": (
        "needs a second cluster; tests/audit/tree/test_adopting.py restores a dump into one"
    ),
    "manage.py audit adopt --head heads.ndjson --by E-MAIL --lost 3": (
        "the same, with a dump that came short; tests/audit/tree/test_adopting.py has one"
    ),
    "manage.py import_population FILE --resume": (
        "needs a kill in the middle; tests/population/test_import_killed.py does that"
    ),
}
