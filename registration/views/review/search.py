"""Searching cases. What is searched for travels in the body: an ID number is in no address."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.services.exercises.listing import search_exercises
from registration.services.review_search import search_cases


class SearchForm(forms.Form):
    text = forms.CharField(
        label=_("Reference or national ID number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("text")
@officer_who("reads_cases")
def search(request: OfficerRequest) -> HttpResponse:
    form = SearchForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    try:
        text, officer = form.cleaned_data["text"], request.user
        cases = [*search_cases(text, officer=officer), *search_exercises(text, officer=officer)]
    except ValidationError as error:
        form.add_error("text", error)
        return _page(request, form)
    if len(cases) == 1:
        return redirect("review:case", pk=cases[0].pk)
    return render(request, "review/search.html", {"form": form, "cases": cases, "searched": True})


def _page(request: HttpRequest, form: SearchForm) -> HttpResponse:
    context = {"form": form, "cases": [], "searched": False}
    return render(request, "review/search.html", context, status=422 if form.is_bound else 200)
