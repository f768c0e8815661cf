"""At the door of a registration: who begins, who waits, and what a ticket is worth."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.origin import coming_from
from registration.errors import HasToWait
from registration.models import Channel, Enrollment
from registration.services.enrolling import start_enrollment
from rollout.line import snapshot, tickets
from rollout.line.moving import move_line
from rollout.line.speed import Seen
from rollout.models import LineRule, Phase, Stretch, UsedTicket
from tests.rollout.lines import called_all_at, cookie, drawn_before, keep_line, stands_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("line")]
START, LINE = reverse("registration:start"), "/line/"
ENGLISH = {"Accept-Language": "en"}


def browser(ticket: str = "") -> Client:
    client = Client(headers=ENGLISH)
    if ticket:
        client.cookies[cookie()] = ticket
    return client


def press(client: Client, *, address: str = "203.0.113.1") -> str:
    return client.post(START, REMOTE_ADDR=address).url


def begun() -> int:
    return Enrollment.objects.count()


def test_where_nobody_waits_the_press_begins_and_no_ticket_is_seen():
    stands_at(10)
    client = browser()
    assert press(client) == reverse("registration:terms")
    assert (begun(), client.cookies.get(cookie()).value) == (1, "")


def test_who_comes_to_a_line_gets_a_place_and_begins_when_called():
    client = browser()
    assert (press(client), begun()) == (LINE, 0)
    number = tickets.number_of(client.cookies[cookie()].value)
    assert number == tickets.last_drawn()
    assert press(client) == LINE
    assert tickets.last_drawn() == number  # pressing again moves nobody
    stands_at(0)
    assert (press(client), begun()) == (reverse("registration:terms"), 1)
    assert list(UsedTicket.objects.values_list("number", flat=True)) == [number]


def test_the_cookie_is_this_hosts_alone_and_no_scripts():
    client = browser()
    press(client)
    kept = client.cookies[cookie()]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["domain"]) == (
        True, "Lax", "/", "",
    )  # fmt: skip
    assert int(kept["max-age"]) >= 24 * 3600


def test_another_network_and_a_wiped_redis_take_no_place_away():
    client = browser()
    press(client, address="203.0.113.1")
    ticket = client.cookies[cookie()].value
    cache.clear()
    stands_at(0)
    assert press(client, address="198.51.100.7") == reverse("registration:terms")
    assert tickets.number_of(ticket) == UsedTicket.objects.get().number


def test_a_used_ticket_begins_nothing_more():
    first, copied = browser(), browser()
    press(first)
    copied.cookies[cookie()] = first.cookies[cookie()].value
    stands_at(0)
    assert press(first) == reverse("registration:terms")
    assert (press(copied), begun()) == (LINE, 1)
    assert tickets.number_of(copied.cookies[cookie()].value) == tickets.last_drawn()


@pytest.mark.parametrize(
    "made_up",
    [
        "", "1", "1:", "1:AAAA", "x" * 5000, "-1:x",
        signing.Signer(salt="another").sign("1"),
        signing.Signer(key="another", salt=tickets.SALT).sign("1"),
        signing.Signer(salt=tickets.SALT).sign("one"),
    ],
)  # fmt: skip
def test_what_we_did_not_sign_is_no_ticket(made_up):
    stands_at(0)
    assert tickets.number_of(made_up) is None
    client = browser(made_up)
    assert (press(client), begun()) == (LINE, 0)
    assert browser(made_up).get(LINE).url == reverse("registration:home")


def test_a_number_that_was_changed_is_no_ticket():
    drawn_before(50)
    ticket = tickets.signed(50)
    assert tickets.number_of(ticket) == 50
    assert tickets.number_of(ticket.replace("50", "40", 1)) is None


def test_tickets_of_the_key_before_count_while_it_is_kept(settings):
    ticket = tickets.signed(7)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert tickets.number_of(ticket) == 7
    settings.SECRET_KEY_FALLBACKS = []
    assert tickets.number_of(ticket) is None


def test_whoever_let_the_turn_pass_gets_a_new_place_by_one_press():
    client = browser()
    press(client)
    number = tickets.last_drawn()
    called_all_at(timezone.now() - timedelta(minutes=16))
    page = client.get(LINE)
    assert "Your turn is over" in page.text
    assert (press(client), begun()) == (LINE, 0)
    assert tickets.number_of(client.cookies[cookie()].value) > number


def test_within_the_turn_the_page_says_until_when_and_begins():
    client = browser()
    press(client)
    now = timezone.now()
    called_all_at(now - timedelta(minutes=5))
    until = timezone.localtime(now + timedelta(minutes=10))
    assert f"before {until:%H:%M}" in client.get(LINE).text
    assert press(client) == reverse("registration:terms")


def test_a_ticket_of_another_day_is_over_however_far_the_numbers_went():
    client = browser()
    press(client)
    drawn_before(5000)
    stands_at(-1000, over=tickets.last_drawn() - 2000)
    assert "Your turn is over" in client.get(LINE).text
    assert press(client) == LINE
    assert begun() == 0


def test_the_page_of_who_began_leads_on():
    client = browser()
    press(client)
    ticket = client.cookies[cookie()].value
    stands_at(0)
    press(client)
    assert browser(ticket).get(LINE).url == reverse("registration:home")


@pytest.mark.parametrize(
    "kind", [{"renewal": True}, {"channel": Channel.OFFICE}], ids=["renewal", "counter"]
)
def test_renewals_and_offices_do_not_stand_in_line(kind):
    with coming_from("203.0.113.1"):
        start_enrollment(**kind)
        with pytest.raises(HasToWait):
            start_enrollment()
    assert begun() == 1


def test_nothing_but_the_start_waits(client):
    for page in ("registration:home", "registration:resume", "registration:renew"):
        assert client.get(reverse(page)).status_code == 200
    assert client.post(reverse("registration:renew")).status_code in {302, 422}


def test_a_network_draws_so_many_and_whoever_is_called_begins_all_the_same(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"start": (2, 3600)}
    first, second, third = browser(), browser(), browser()
    assert [press(first), press(second)] == [LINE, LINE]
    assert third.post(START, REMOTE_ADDR="203.0.113.1").status_code == 429
    assert press(third, address="203.0.113.2") == LINE
    stands_at(0)
    assert [press(first), press(second)] == [reverse("registration:terms")] * 2


def test_a_closed_phase_says_so_before_anybody_draws():
    Phase.objects.update(closed=True)
    last = tickets.last_drawn()
    assert browser().post(START).status_code == 403
    assert tickets.last_drawn() == last


def test_looking_at_the_page_writes_nothing():
    client = browser()
    press(client)
    before = Stretch.objects.count()
    for _ in range(3):
        assert "People before you" in client.get(LINE).text
    assert (Stretch.objects.count(), client.post(LINE).status_code) == (before, 405)


def test_without_any_beat_whoever_comes_moves_the_line():
    long_ago = timezone.now() - timedelta(hours=3)
    stands_at(0, per_minute=5, since=long_ago)
    assert press(browser()) == reverse("registration:terms")
    assert Stretch.objects.latest("pk").since > long_ago
    ahead = Stretch.objects.latest("pk").position - tickets.last_drawn()
    assert ahead <= 50  # three hours without anybody would have been 900


def test_whoever_moves_the_line_and_has_to_wait_has_moved_it():
    keep_line("closed")
    Stretch.objects.all().delete()
    snapshot.look_anew()
    assert [press(browser()), press(browser())] == [LINE, LINE]
    assert Stretch.objects.count() == 1


def test_a_line_that_is_closed_calls_nobody_and_keeps_every_place():
    keep_line("closed")
    move_line(seen=Seen(), wait=True)
    snapshot.look_anew()
    client = browser()
    assert press(client) == LINE
    page = client.get(LINE).text
    assert "nobody can say just now" in page
    assert "data-dopa-stands-still>" in page
    number = tickets.last_drawn()
    keep_line("at_most", 600)
    move_line(seen=Seen(best_minute=10_000), wait=True)
    snapshot.look_anew()
    assert press(client) in {LINE, reverse("registration:terms")}
    assert tickets.last_drawn() == number


def test_without_a_line_everybody_begins_and_who_waited_too():
    client = browser()
    press(client)
    keep_line("off")
    assert "Nobody has to wait any more" in client.get(LINE).text
    assert press(client) == press(browser()) == reverse("registration:terms")
    assert LineRule.objects.get().mode == "off"
