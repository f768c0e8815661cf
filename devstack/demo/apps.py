from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "devstack.demo"
    verbose_name = "Sample data"
