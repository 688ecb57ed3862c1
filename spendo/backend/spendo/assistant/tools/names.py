"""Names in the user's words, matched with the names of their own ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, TypeVar

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import NamedThing, NamesEnvelope, bank_text
from spendo.assistant.turn import Turn
from spendo.ledger import selectors
from spendo.users.fields import fold

if TYPE_CHECKING:
    from spendo.users.models import User

T = TypeVar("T")

MOST_NAMES = 10
NEAR_NAMES = 5
UNCATEGORISED = frozenset({"uncategorised", "uncategorized", "no category", "without category"})


@dataclass(frozen=True)
class ChosenNames:
    """Exactly one thing of the ledger for each name that was asked for."""

    category_ids: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    uncategorised: bool = False
    merchants: tuple[str, ...] = ()
    account_ids: tuple[int, ...] = ()
    accounts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def choose_names(
    user: User,
    categories: Sequence[str] | None,
    merchants: Sequence[str] | None,
    accounts: Sequence[str] | None,
    tags: Sequence[str] | None = None,
) -> ChosenNames:
    """Look every name up, as it is written first. ToolProblemError for one that means nothing or
    more than one thing."""
    wanted = [name for name in categories or () if name.strip().casefold() not in UNCATEGORISED]
    found_categories = [
        selectors.category_called(user, name)
        or _one(
            user,
            "category",
            name,
            selectors.match_names(user, text=name).categories,
            lambda found: found.name,
        )
        for name in wanted
    ]
    found_merchants = [
        selectors.merchant_called(user, name)
        or _one(user, "merchant", name, selectors.match_names(user, text=name).merchants, str)
        for name in merchants or ()
    ]
    found_accounts = [each for name in accounts or () for each in _accounts(user, name)]
    return ChosenNames(
        category_ids=tuple(found.id for found in found_categories),
        categories=tuple(found.name for found in found_categories),
        uncategorised=len(wanted) < len(categories or ()),
        merchants=tuple(found_merchants),
        account_ids=tuple(found.id for found in found_accounts),
        accounts=tuple(dict.fromkeys(found.name for found in found_accounts)),
        tags=_tags(user, tags) if tags else (),
    )


def _accounts(user: User, name: str) -> Sequence[selectors.AccountRef]:
    """Those of exactly this name, else the one that it may mean."""
    if named := selectors.accounts_called(user, name):
        return named
    near = selectors.match_names(user, text=name).accounts
    return [_one(user, "account", name, near, lambda found: found.name)]


def _tags(user: User, wanted: Sequence[str]) -> tuple[str, ...]:
    """The user's tags of these names, in any case; the one tag that says more, when only one does:
    "Japan" for "Japan 2026"."""
    known = selectors.tag_names(user)
    by_fold = {fold(name): name for name in known}
    for tag in wanted:
        longer = [name for name in known if set(fold(tag).split()) <= set(fold(name).split())]
        if len(longer) == 1:
            by_fold.setdefault(fold(tag), longer[0])
    for tag in wanted:
        if fold(tag) not in by_fold:
            close = get_close_matches(fold(tag), by_fold, n=NEAR_NAMES, cutoff=0.6)
            near = [by_fold[name] for name in close] or known[:NEAR_NAMES]
            raise ToolProblemError(
                "unknown_tag",
                "The ledger has no tag of that name. Choose one of choices, or ask the user.",
                tuple(bank_text(name) for name in near),
            )
    return tuple(by_fold[fold(tag)] for tag in wanted)


def _one(user: User, kind: str, wanted: str, found: Sequence[T], name_of: Callable[[T], str]) -> T:
    for candidate in found:
        if name_of(candidate).casefold() == wanted.strip().casefold():
            return candidate
    if len(found) == 1:
        return found[0]
    if not found:
        raise ToolProblemError(
            f"unknown_{kind}",
            f"The ledger has no {kind} of that name. Choose one of choices, or ask the user.",
            near_names(user, wanted),
        )
    raise ToolProblemError(
        f"ambiguous_{kind}",
        f"More than one {kind} fits. Give one of choices exactly, or several of them.",
        tuple(bank_text(name_of(candidate)) for candidate in found[:MOST_NAMES]),
    )


def near_names(user: User, text: str) -> tuple[str, ...]:
    """Names that money was really spent under and that look like `text`, else the largest ones."""
    everything = selectors.TransactionFilter(period=None)
    names: list[str] = []
    for group_by in ("category", "merchant"):
        spent = selectors.sum_transactions(
            user,
            where=everything,
            measure="spending",
            group_by="category" if group_by == "category" else "merchant",
            sample=0,
        )
        names.extend(group.label for group in spent.groups)
    by_fold = {name.casefold(): name for name in reversed(names)}
    close = get_close_matches(text.casefold(), by_fold, n=NEAR_NAMES, cutoff=0.6)
    chosen = [by_fold[name] for name in close] or names[:NEAR_NAMES]
    return tuple(bank_text(name) for name in chosen)


@function_tool(failure_error_function=refuse_arguments)
async def match_names(
    context: RunContextWrapper[Turn],
    text: Annotated[
        str,
        Field(description="The name as the user wrote it, e.g. 'food shopping', 'starbucks'."),
    ],
) -> str:
    """Find the user's own categories, merchants and accounts that a name may mean, best first.
    Call it before filtering by a name that you have not seen in a tool result. When all three
    lists are empty, nothing has that name: `near` has names that do exist."""
    turn = context.context

    def work() -> NamesEnvelope:
        found = selectors.match_names(turn.user, text=text)
        nothing = not (found.categories or found.merchants or found.accounts)
        return NamesEnvelope(
            text=bank_text(text),
            categories=tuple(
                NamedThing(name=each.name, kind=each.kind) for each in found.categories[:MOST_NAMES]
            ),
            merchants=tuple(found.merchants[:MOST_NAMES]),
            accounts=tuple(
                NamedThing(name=each.name, kind=each.kind) for each in found.accounts[:MOST_NAMES]
            ),
            near=near_names(turn.user, text) if nothing else (),
            records=selectors.data_range(turn.user).count if nothing else None,
        )

    return await answer_call(turn, "match_names", f"Looking up {bank_text(text)}", work)
