"""``python -m examples.serve echo``: make the tables and serve the example on this machine."""

import os
import sys
from contextlib import closing

import django
from django.core.management import call_command

PROJECTS = ("echo", "showcase")
CHATS = {  # other answers in the page of echo
    "direct_call": "examples.direct_call.DirectCallServer",
    "workflow": "examples.workflow.WorkflowServer",
    "services": "examples.services.ServicesServer",
}


def main(name: str) -> None:
    project = name if name in PROJECTS else "echo"
    os.environ["DJANGO_SETTINGS_MODULE"] = f"examples.{project}.settings"
    if name in CHATS:
        os.environ["EXAMPLE_CHAT"] = CHATS[name]
    django.setup()
    from chatkit_django.serving import bound, serve  # it asks for the settings

    call_command("migrate", verbosity=0)
    port = int(os.environ.get("PORT", "8000"))
    with closing(bound("127.0.0.1", port)) as listening:
        serve(f"examples.{project}.asgi:application", listening=listening)


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "echo"
    if chosen not in (*PROJECTS, *CHATS):
        names = ", ".join((*PROJECTS, *CHATS))
        sys.exit(f"There is no example {chosen}. Choose one of: {names}.")
    main(chosen)
