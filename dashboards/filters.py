"""What an address chooses: days, province, order; and the tables that come of it."""

from dataclasses import dataclass

from django.http import Http404, QueryDict

from dashboards.comparing import completed
from dashboards.notes.marking import with_notes
from dashboards.pages.funnel import funnel_tables
from dashboards.pages.groups import group_tables
from dashboards.pages.overview import Overview, overview, overview_tables
from dashboards.pages.since import with_since
from dashboards.pages.where import where_tables
from dashboards.pages.work import work_tables
from dashboards.periods import Period, period_of
from dashboards.tables import Table
from offices.models import Office, Officer

PAGES = ("overview", "funnel", "where", "work", "groups")


@dataclass(frozen=True)
class Choice:
    """`query` keeps it in a link."""

    period: Period
    province: str
    sort: str

    @property
    def query(self) -> str:
        return "&".join(
            [self.period.query]
            + ([f"province={self.province}"] if self.province else [])
            + ([f"sort={self.sort}"] if self.sort else [])
        )


def choice_of(query: QueryDict) -> Choice:
    """Raises Http404 for a province that is none, and WrongDays."""
    province = query.get("province", "")
    if province and not Office.objects.filter(province_code=province).exists():
        raise Http404
    sort = query.get("sort", "")
    return Choice(period_of(query), province, sort if sort.isidentifier() else "")


def tables_of(
    page: str, choice: Choice, *, officer: Officer, figures: Overview | None = None
) -> list[Table]:
    """The tables of one of PAGES as this officer may see them."""
    makers = {
        "overview": lambda: overview_tables(choice.period, figures or overview()),
        "funnel": lambda: funnel_tables(choice.period),
        "where": lambda: where_tables(choice.period, officer, choice.province, choice.sort),
        "groups": lambda: group_tables(choice.period),
        "work": lambda: work_tables(choice.period, officer, choice.province),
    }
    tables = with_since(makers[page](), choice.period)
    return with_notes([completed(table, choice.period) for table in tables], choice.period)
