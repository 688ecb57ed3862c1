"""``python -m examples.serve echo``: make the tables and serve the example on this machine."""

import os
import sys

CHATS = {
    "echo": "examples.echo.chat.EchoServer",
    "direct_call": "examples.direct_call.DirectCallServer",
    "workflow": "examples.workflow.WorkflowServer",
    "services": "examples.services.ServicesServer",
}


def main(name: str) -> None:
    import uvicorn
    from django.core.asgi import get_asgi_application
    from django.core.management import call_command

    os.environ["DJANGO_SETTINGS_MODULE"] = "examples.echo.settings"
    os.environ["EXAMPLE_CHAT"] = CHATS[name]
    application = get_asgi_application()
    call_command("migrate", verbosity=0)
    uvicorn.run(application, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "echo"
    if chosen not in CHATS:
        sys.exit(f"There is no example {chosen}. Choose one of: {', '.join(CHATS)}.")
    main(chosen)
