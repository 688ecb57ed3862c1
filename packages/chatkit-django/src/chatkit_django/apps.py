from django.apps import AppConfig


class ChatKitDjangoConfig(AppConfig):
    name = "chatkit_django"
    label = "chatkit_django"
    verbose_name = "ChatKit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chatkit_django import checks, signals  # noqa: F401
        from chatkit_django.files import deletion  # noqa: F401
