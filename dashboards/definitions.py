"""What each figure counts, in words; docs/statistics.md is written from the same keys."""

from django.utils.translation import gettext_lazy as _

DEFINITIONS = {
    "sign-ups": (
        _("Sign-ups"),
        _(
            "Digital IDs issued, on the Bangkok day on which the citizen gave consent. “In all”"
            " is the sum since the pilot began on 1 October 2020. Renewals are not among them."
        ),
    ),
    "hours": (
        _("Sign-ups by hour"),
        _(
            "Sign-ups by the hour in which consent was given, today and on the same weekday of "
            "last week."
        ),
    ),
    "channels": (
        _("Channels"),
        _(
            "Sign-ups by the way on which the registration was begun: web, app or registration "
            "office. Figures from before this portal do not name it."
        ),
    ),
    "renewals": (
        _("Renewals"),
        _(
            "Digital IDs issued anew in place of a former one, by the way on which the renewal was"
            " begun. They are no sign-ups and no steps of one and take no place; what officers and"
            " the machine do for them counts as their work."
        ),
    ),
    "capacity": (
        _("Capacity"),
        _(
            "Places of the present phase that are taken. Sums carried over from before hold none."
            " The day on which they run out supposes that every day is like the last 28."
        ),
    ),
    "funnel": (
        _("Steps"),
        _(
            "Registrations that reached a step for the first time in the period. “Did not go "
            "on” is the difference to the next step; it includes those still under way. The "
            "median time is from the move before to the step. Step 1 counts browser tabs that "
            "opened the portal, not people; the app opens no page, and shares are of step 2."
        ),
    ),
    "endings": (
        _("How the checks ended"),
        _(
            "Checks passed by the machine alone, approvals by officers and rejections in the "
            "period. A decision that was taken back and made again counts twice."
        ),
    ),
    "retakes": (
        _("New photos"),
        _(
            "Requests for a new photo by the machine or an officer, by their reason. The share "
            "is of registrations: those first asked in the period, of those that first handed in "
            "a selfie in it."
        ),
    ),
    "devices": (
        _("Devices"),
        _("Registrations begun, by four classes of devices. Nothing finer is kept."),
    ),
    "browsers": (
        _("Browsers"),
        _("Registrations begun, by seven classes of browsers. Nothing finer is kept."),
    ),
    "where": (
        _("Provinces and offices"),
        _(
            "Sign-ups by the registration office in the population register, also per 1,000 "
            "living people of the register who turn at least 7 this year. A number from 1 to 4 "
            "of an office is hidden from those outside it; if it followed from its province's "
            "sum, further numbers are hidden as well, the smallest first."
        ),
    ),
    "review": (
        _("Officers' work"),
        _(
            "Waiting: cases with officers or waiting for one, now. Decided: approvals, "
            "rejections, requests for a new photo and cases passed on. Times are from handing "
            "over to an officer to the decision, off by 4.5% at most. Taken back: decisions "
            "withdrawn, in percent of those made. Small numbers of an office are hidden as "
            "for sign-ups."
        ),
    ),
    "groups": (
        _("Groups"),
        _(
            "Checks of selfies by the machine and how they ended, by age (who turns so old this"
            " year), sex (as the title says it), region of the registration office, device and who"
            " vouches for the pictures. Counted without a person; since this portal's version that"
            " first did so. A group that does worse than others may have worse light, cards or"
            " phones, or a machine that sees it worse: look at its cases."
        ),
    ),
    "costs": (
        _("What looking at more costs"),
        _(
            "Cases a day for officers if every check of the period ended as it did, at the expected"
            " sign-ups a day, and this share of what browsers' cameras took and nothing spoke"
            " against were drawn for an officer."
        ),
    ),
    "plan": (
        _("Plan of the rollout"),
        _(
            "Every day the same share of those who have no digital ID signs up where registration"
            " is open, as in the last four whole weeks, and as large a share of them goes to"
            " officers. Officers decide from Monday to Friday, as many cases each as in those"
            " weeks: where the queue was short, they could have done more. A province opens on"
            " the first day of the first phase in force that names it. The places of a phase are"
            " not counted: one with fewer places than people who come is full earlier. Public"
            " holidays, campaigns and outages are not foreseen."
        ),
    ),
    "waits": (
        _("Waiting for a decision"),
        _(
            "Approvals, rejections and requests for a new photo, on the day on which they were"
            " made: hours from handing over to an officer, off by 4.5% at most. A day without"
            " decisions has no figure, and today counts neither way for the target."
        ),
    ),
    "machine": (
        _("Passed by the machine alone"),
        _(
            "Of the checks that ended on a day (passed by the machine, approved or rejected by an"
            " officer), the share that the machine passed alone. Renewals are among them."
        ),
    ),
    "jobs": (
        _("The machine's jobs"),
        _(
            "Jobs that wait and run now; the time from the selfie to the result of the checks "
            "in the period; jobs given up after three tries and handed to an officer."
        ),
    ),
    "scores": (
        _("Scores"),
        _(
            "The scores below which 10%, 50% and 90% of a week's checks lie. A shift from week "
            "to week means that pictures, people or the model have changed."
        ),
    ),
}
