"""The three event logs pass the contract, and each does what is its own."""

import pytest
import redis

from chatkit_django.runs.database_log import DatabaseLog
from chatkit_django.runs.process_log import ProcessLog
from chatkit_django.runs.valkey_log import ValkeyLog
from chatkit_django.testing.contract.event_log import EventLogContract
from tests.event_logs import RunRows


class TestProcessLog(EventLogContract):
    @pytest.fixture
    def log(self):
        return ProcessLog()


class TestDatabaseLog(EventLogContract):
    @pytest.fixture
    def log(self, transactional_db):
        return DatabaseLog()

    @pytest.fixture
    def elsewhere(self, log):
        return DatabaseLog()

    @pytest.fixture
    def runs(self, transactional_db):
        return RunRows()


class TestValkeyLog(EventLogContract):
    @pytest.fixture
    async def log(self, valkey_url):
        redis.Redis.from_url(valkey_url).flushall()
        log = ValkeyLog(valkey_url)
        yield log
        await log.close()

    @pytest.fixture
    async def elsewhere(self, log, valkey_url):
        log = ValkeyLog(valkey_url.replace("redis:", "valkey:"))
        yield log
        await log.close()
