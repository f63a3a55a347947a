"""Who is meant by a title without a name: the person last mentioned who has the office."""

from __future__ import annotations

from kg.extraction.actor_lexicon import kinds_of_role
from kg.extraction.cast import Draft
from kg.extraction.context import Context
from kg.extraction.gazetteer import View
from kg.records import Role

INDEFINITE = frozenset({"a", "an", "another"})
SENDABLE = frozenset({"envoy", "diplomat", "official", "representative"})
SENT = frozenset({"leader", "head", "commander", "chair"})
"""Roles in a mission by which its organisation's envoy or official is known as well."""
STATELESS_REACH = 3
"""Sentences; a phrase that adds a nationality stands close behind the name."""


def by_title(
    context: Context,
    token: int,
    role: str,
    owner: str | None,
    gender: str | None,
    country: str | None = None,
) -> str | None:
    """The person last mentioned who has a role, of an owner or country where one is named."""
    general = kinds_of_role().get(role, frozenset({role}))
    of_owner = general | (SENT if role in SENDABLE else frozenset())

    def fits(draft: Draft) -> bool:
        if draft.type != "person" or (gender and draft.gender and draft.gender != gender):
            return False
        held = any(
            r.role == role or r.role in general or _for_diplomats(role, r) for r in draft.roles
        )
        called = not general.isdisjoint(draft.called)
        if owner is None and country is None:
            return held or called
        if any(_belongs(context, r.of, owner) and r.role in of_owner for r in draft.roles):
            return True
        wanted = country or (context.cast.country_of(owner) if owner else None)
        same_state = draft.country == wanted is not None
        fitting = role in kinds_of_role() or country is not None
        return same_state and (held or called) and fitting

    found = context.latest(token, fits)
    if found is None or owner is not None or country is not None:
        return found
    told = (s for s in context.before(token) if s.actor == found)
    outside = (s.token for s in told if not _only_quoted(context.view, s.token, token))
    last = next(outside, 0)
    return None if _unnamed_since(context.view, role, last, token) else found


def _only_quoted(view: View, seen: int, token: int) -> bool:
    """Told of in a quotation, when a word outside of any is to be understood."""
    return view.quoted[seen] and not view.quoted[token]


def _for_diplomats(role: str, held: Role) -> bool:
    """A foreign ministry's spokeswoman is "the diplomat"."""
    return role == "diplomat" and held.role == "spokesperson" and held.of.endswith("-MFA")


def _unnamed_since(view: View, role: str, last: int, token: int) -> bool:
    """Somebody else of the role has come in without a name: "*a diplomat* said … The diplomat"."""
    noun = role.split()[-1]
    return any(
        view.lower[k] == noun
        and (
            not INDEFINITE.isdisjoint(view.lower[max(0, k - 3) : k])
            or view.doc[k].left_edge.lower_ in INDEFINITE
        )
        for k in range(last + 1, token)
    )


def _belongs(context: Context, body: str, owner: str | None) -> bool:
    draft = context.cast.actors.get(body)
    return body == owner or (draft is not None and draft.part_of == owner is not None)


def stateless(context: Context, token: int, role: str, gender: str | None) -> str | None:
    """The one person of the last sentences of whom no country is told: "the Italian general".

    A title that only ranks takes up who was called so; a general one ("diplomat") anybody.
    """
    general = kinds_of_role().get(role)
    if general is None:
        return None
    found = set()
    for seen in context.before(token, sentences=STATELESS_REACH):
        draft = context.draft(seen.actor)
        if context.view.quoted[seen.token] and not context.view.quoted[token]:
            continue
        if draft.type != "person" or draft.country is not None or draft.known:
            continue
        if gender and draft.gender and draft.gender != gender:
            continue
        if not general.isdisjoint(draft.called) or (role in SENDABLE and seen.subject):
            found.add(seen.actor)
    return found.pop() if len(found) == 1 else None
