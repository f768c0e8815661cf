"""The pages of `/try/`. What they begin goes on at the portal's own doors."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST

from devstack.trying import choice
from devstack.trying.accounts import account_of, accounts
from devstack.trying.people import SamplePerson, holders, sample_people
from devstack.trying.pictures import FACES, FILMED, NAMES, SIDES, filmed, picture_of, take_now
from devstack.trying.progress import progress_of
from devstack.trying.stories.tales import STORIES
from identity.person import FIELDS
from registration.texts import CHALLENGE_STEPS


@login_not_required
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    samples = list(sample_people().values())
    reached = progress_of(samples)
    context = {
        "people": [(one, reached.get(one.slug)) for one in samples],
        "accounts": list(accounts()),
        "holders": holders(),
        "stories": list(STORIES.values()),
    }
    return render(request, "trying/index.html", context)


@login_not_required
@never_cache
@require_GET
def person(request: HttpRequest, slug: str) -> HttpResponse:
    sample = _sample(slug)
    fields = [(field.label, getattr(sample.person, name)) for name, field in FIELDS.items()]
    context = {
        "sample": sample,
        "reached": progress_of([sample]).get(slug),
        "fields": [(label, value) for label, value in fields if value],
        "names": NAMES,
    }
    return render(request, "trying/person.html", context)


@login_not_required
@cache_control(max_age=3600)
@require_GET
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404
    content = picture_of(_sample(slug), name).read_bytes()
    return HttpResponse(content, content_type="image/jpeg")


@login_not_required
@cache_control(max_age=3600)
@require_GET
def film(request: HttpRequest, slug: str, take: int, name: str) -> HttpResponse:
    path = filmed(_sample(slug), take, name) if name in FILMED else None
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/jpeg")


@login_not_required
@require_POST
def be(request: HttpRequest, slug: str) -> HttpResponse:
    """Sit before the screen as this person, and begin where the story begins."""
    sample = _sample(slug)
    choice.forget_citizen(request)
    return choice.choose(redirect(sample.story.begins), choice.PERSON, slug)


@login_not_required
@require_POST
def nobody(request: HttpRequest) -> HttpResponse:
    """The camera is the device's own again."""
    response = redirect("trying:index")
    response.delete_cookie(choice.PERSON)
    return response


@login_not_required
@never_cache
@require_GET
def camera(request: HttpRequest) -> JsonResponse:
    """What the sample camera of this browser films; the movements by the sentence that asks."""
    sample = choice.person_of(request)
    if sample is None:
        return JsonResponse({"card": {}, "face": "", "moves": {}})
    take = take_now()
    films = {name: reverse("trying:film", args=[sample.slug, take, name]) for name in FILMED}
    moves = {
        str(CHALLENGE_STEPS[step]): [films[step], films.get(f"{step}_further", films[step])]
        for step in FACES[1:]
    }
    return JsonResponse(
        {
            "card": {side: reverse("trying:picture", args=[sample.slug, side]) for side in SIDES},
            "face": films["straight"],
            "moves": moves,
        }
    )


@login_not_required
@require_POST
def sign_in(request: HttpRequest, name: str) -> HttpResponse:
    """To the officers' own door, where the sample account's password and code are filled in."""
    if account_of(name) is None:
        raise Http404
    choice.sign_out(request)
    return choice.choose(redirect(settings.LOGIN_URL), choice.ACCOUNT, name)


@login_not_required
@never_cache
@require_GET
def code(request: HttpRequest) -> JsonResponse:
    account = account_of(request.COOKIES.get(choice.ACCOUNT, ""))
    if account is None:
        raise Http404
    return JsonResponse(
        {
            "email": account.officer.email,
            "password": account.password,
            "code": "" if account.used else account.code,
            "seconds": account.seconds,
        }
    )


def _sample(slug: str) -> SamplePerson:
    if slug not in sample_people():
        raise Http404
    return sample_people()[slug]
