"""PostgreSQL and Valkey are stopped and started as the tests of outages need it."""

import psycopg
import pytest
import redis

from services import postgres_server, valkey_server


def test_postgresql_keeps_its_data_and_its_address_over_a_restart() -> None:
    with postgres_server() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        server.restart()
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_valkey_comes_back_empty_at_its_address() -> None:
    with valkey_server() as server, redis.Redis.from_url(server.url) as client:
        client.set("kept", "no")
        server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("kept")
        server.start()
        assert client.get("kept") is None
