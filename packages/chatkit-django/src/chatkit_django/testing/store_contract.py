"""What a store must do, as tests."""

import pytest
from django.contrib.auth import get_user_model

from chatkit_django.context import RequestContext
from chatkit_django.store import ChatStore
from chatkit_django.testing.contract.attachments import AttachmentContract
from chatkit_django.testing.contract.changes import ChangeContract
from chatkit_django.testing.contract.items import ItemContract
from chatkit_django.testing.contract.owners import OwnerContract
from chatkit_django.testing.contract.paging import PagingContract
from chatkit_django.testing.contract.runs import RunContract
from chatkit_django.testing.contract.threads import ThreadContract
from chatkit_django.testing.contract.together import ConcurrencyContract


class StoreContract(
    ThreadContract,
    ItemContract,
    PagingContract,
    OwnerContract,
    AttachmentContract,
    ChangeContract,
    RunContract,
    ConcurrencyContract,
):
    """Subclass it and give it the fixture ``store``: an empty store. Set ``many`` to page through
    more or fewer items.

    ``ada`` and ``bob`` are contexts of two users of the test's database; override them for users
    who come from elsewhere.
    """

    pytestmark = pytest.mark.asyncio

    @pytest.fixture
    def store(self) -> ChatStore:
        raise NotImplementedError

    @pytest.fixture
    def ada(self, transactional_db: None) -> RequestContext:
        return new_user("ada")

    @pytest.fixture
    def bob(self, transactional_db: None) -> RequestContext:
        return new_user("bob")


def new_user(name: str) -> RequestContext:
    model = get_user_model()
    user = model(**{model.USERNAME_FIELD: f"{name}@example.invalid"})
    user.set_unusable_password()
    user.save()
    return RequestContext(user=user, locale="en", request_id="contract")
