"""The pages of the stories."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from devstack.trying.choice import COPY
from devstack.trying.files import make_register
from devstack.trying.stories.scene import Scene, begin, scene_of
from devstack.trying.stories.tales import STORIES, Story


@login_not_required
@never_cache
@require_GET
def story(request: HttpRequest, slug: str) -> HttpResponse:
    told, scene = _story(slug), _scene(request, slug)
    done = told.done(scene) if scene else [False] * len(told.steps)
    context = {
        "story": told,
        "begun": scene is not None,
        "steps": list(zip(told.steps, done, strict=True)),
        "now": done.index(False) if False in done else -1,
    }
    return render(request, "trying/story.html", context)


@login_not_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, or begin anew: what happened before does not count."""
    _story(slug)
    response = begin(request, slug).keep(redirect("trying:story", slug))
    response.delete_cookie(COPY)
    return response


@login_not_required
@never_cache
@require_GET
def look(request: HttpRequest, slug: str, place: int) -> HttpResponse:
    """Open the page of a step by the story's own link, which remembers that."""
    steps = _story(slug).steps
    if place >= len(steps) or steps[place].door is None or steps[place].door.posts:
        raise Http404
    response = redirect(steps[place].door.address)
    scene = _scene(request, slug)
    if scene is not None:
        scene.opened.add(place)
        scene.keep(response)
    return response


@login_not_required
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Make the register with mistakes."""
    make_register()
    return redirect("trying:story", "import")


def _story(slug: str) -> Story:
    if slug not in STORIES:
        raise Http404
    return STORIES[slug]


def _scene(request: HttpRequest, slug: str) -> Scene | None:
    scene = scene_of(request)
    return scene if scene is not None and scene.slug == slug else None
