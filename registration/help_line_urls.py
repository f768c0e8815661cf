from django.urls import path

from registration.views import help_line

app_name = "help_line"
urlpatterns = [
    path("", help_line.home, name="home"),
    path("search/", help_line.search, name="search"),
    path("code/", help_line.enter_code, name="code"),
    path("looks/<uuid:pk>/", help_line.look, name="look"),
    path("looks/<uuid:pk>/suspend/", help_line.suspend, name="suspend"),
    path("steps/<uuid:pk>/", help_line.step, name="step"),
]
