"""How far searches in the audit log go."""

AUDIT_SEARCH = {
    "days": 30,  # when nobody says otherwise
    "longest": 366,  # of one search
    "file": 2000,  # entries of one file with its proofs
    "seconds": 5,  # a statement may take
    "saved": 50,  # searches of one person
}
