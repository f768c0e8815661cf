"""Who is surely not in a complete file. Absence is not read out of what could not be read."""

from population.models import ImportRun


def removes_nobody(run: ImportRun) -> bool:
    """Whether nothing is read out of absence: a line that names nobody may be anybody, of whatever
    office, as people move.
    """
    return not run.complete or run.rejected_rows.filter(number_key=None).exists()


def missing_from(run: ImportRun, staged: str) -> str:
    """The condition that a row `r` of the register is surely not in the file; a rejected line says
    nothing of the person it names.
    """
    if removes_nobody(run):
        return "false"
    return (  # the names are our own
        "r.status <> 'removed' "
        f"AND NOT EXISTS (SELECT 1 FROM {staged} s WHERE s.number_key = r.number_key) "
        "AND NOT EXISTS (SELECT 1 FROM population_rejectedrow x "
        f"WHERE x.run_id = '{run.pk}' AND x.number_key = r.number_key)"
    )
