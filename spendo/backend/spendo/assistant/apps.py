from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "spendo.assistant"
    label = "assistant"
