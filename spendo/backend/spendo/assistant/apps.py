from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "spendo.assistant"
    label = "assistant"

    def ready(self) -> None:
        from spendo.assistant import checks  # noqa: F401 (it registers itself)
