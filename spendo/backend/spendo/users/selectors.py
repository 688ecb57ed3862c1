"""Reading users."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from spendo.users.fields import fold, is_storable
from spendo.users.models import User


def today(user: User) -> date:
    """The current date in the user's time zone."""
    return timezone.localdate(timezone=ZoneInfo(user.time_zone))


def find_user(username: str) -> User | None:
    """The user of that name in any case, or None. Any text may be asked for."""
    if not is_storable(username):
        return None
    return User.objects.filter(username_key=fold(username)).first()


def list_users(*, after: int | None = None) -> QuerySet[User]:
    """All users by id, those above `after`."""
    users = User.objects.order_by("id")
    return users if after is None else users.filter(id__gt=after)


def find_user_by_id(user_id: int) -> User | None:
    """The user of that id, or None. Any number may be asked for."""
    return User.objects.filter(pk=user_id).first()
