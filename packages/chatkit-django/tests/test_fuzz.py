from tests.conftest import PATH
from tests.fuzz import UNLIMITED, Fuzz


async def test_mutated_requests_break_nothing_and_lose_nothing(server, ada, caplog, settings):
    settings.CHATKIT_LIMITS = UNLIMITED
    statuses = await Fuzz(ada, PATH).run(400)
    assert statuses[200] > 20, "the mutations hardly leave a good request"
    assert statuses[400] > 100
    assert not [record for record in caplog.records if record.exc_info]
