"""What the annotations of all apps share: words of any language, JSON, template contexts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText
else:
    LazyText = Promise  # Django gives the lazy string no name of its own

if TYPE_CHECKING:
    ModelForm: TypeAlias = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm  # it has a type parameter for those who check, and none at work

StrOrPromise: TypeAlias = str | LazyText  # a sentence, translated now or when it is shown

Json: TypeAlias = dict[str, Any]  # an object of JSON: what it holds is known to who checks it
Context: TypeAlias = dict[str, Any]  # what a template is given
Cleaned: TypeAlias = dict[str, Any]  # what a form or a serializer has found valid
Page: TypeAlias = Callable[..., HttpResponseBase]  # a view, as addresses and decorators know it
