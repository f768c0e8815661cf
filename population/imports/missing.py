"""Who is surely not in a complete file. Absence is not read out of what could not be read."""

from population.models import ImportRun


def missing_from(run: ImportRun, staged: str) -> str:
    """The condition that a row `r` of the register is surely not in the file.

    A rejected line says nothing of the person it names. One that names nobody may be anybody of
    its office, and where it names no office either, anybody at all.
    """
    lines = run.rejected_rows.filter(number_key=None).order_by().values_list("office_code")
    uncertain = sorted({office for (office,) in lines.distinct()})
    if "" in uncertain:
        return "false"
    offices = ", ".join(f"'{office}'" for office in uncertain)
    elsewhere = f" AND r.office_code NOT IN ({offices})" if offices else ""
    return (  # the names are our own
        f"r.status <> 'removed'{elsewhere} "
        f"AND NOT EXISTS (SELECT 1 FROM {staged} s WHERE s.number_key = r.number_key) "
        "AND NOT EXISTS (SELECT 1 FROM population_rejectedrow x "
        f"WHERE x.run_id = '{run.pk}' AND x.number_key = r.number_key)"
    )
