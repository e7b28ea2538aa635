"""The pipeline step ``graphkit_linker``: gives each referent of a Doc its entity."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.knowledge import EntityRecord, KnowledgeBase, entity_id, slug
from graphkit.language import article_data
from graphkit.mentions.component import REFERENTS
from graphkit.model import Entity, plain
from graphkit.statements.component import ENTITIES

# Between a name and the article that alone may use it.
SCOPE = "~"
_ORGANIZATION_FORMS = frozenset({"pt", "cv", "tbk", "persero", "ltd", "inc", "corp"})
_ACRONYM_IN_BRACKETS = re.compile(r"(?<=\w)\s*\([A-Z][\w&-]{1,9}\)")
_SEATS = frozenset({"capital", "government", "demonym"})


@Language.factory("graphkit_linker", default_config={"entities": []})
def create_linker(nlp: Language, name: str, entities: list[str]) -> EntityLinker:
    """Make the step; it needs ``graphkit_mentions`` before it.

    Args:
        entities: Paths of JSONL files with entity records of the user's own.
    """
    return EntityLinker(nlp.lang, [Path(path) for path in entities])


class EntityLinker:
    """Links referents to the knowledge base, and gives the others ids.

    What is only described, and people whom the knowledge base does not have, get ids that hold in their
    article alone: two people of one name must not fuse on the name. `graphkit.linking.resolve` joins them
    where more speaks for it. Entities that are linked have labels, others have none.

    Args:
        language: Language code of the knowledge base.
        entities: Files with further entity records.
    """

    def __init__(self, language: str, entities: Sequence[Path] = ()) -> None:
        self._knowledge = KnowledgeBase.load(language, tuple(entities))

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.link(doc))
        return doc

    def link(self, doc: Doc) -> list[Entity]:
        """The entity of each referent, in order."""
        referents = doc.user_data.get(REFERENTS, ())
        records = [self._record(referent, referents) for referent in referents]
        scope = article_scope(doc)
        return [self._entity(item, record, scope) for item, record in zip(referents, records, strict=True)]

    def set_annotations(self, doc: Doc, entities: list[Entity]) -> None:
        """Write the entities into ``doc.user_data``."""
        doc.user_data[ENTITIES] = [{**plain(entity), "labels": dict(entity.labels)} for entity in entities]

    def _entity(self, referent: Mapping[str, Any], record: EntityRecord | None, scope: str) -> Entity:
        mentions = tuple(sorted({*referent["names"], *referent.get("descriptions", ())}))
        if record is not None:
            labels = {"en": record.name, **record.labels}
            return Entity(record.id, record.name, record.type, mentions, record.wikidata, labels)
        kind, name = referent["type"], referent["name"]
        plain = entity_id(kind, plain_name(name) if kind == "Organization" else name)
        scoped = kind == "Person" or (referent.get("described", False) and kind != "Concept")
        return Entity(f"{plain}{SCOPE}{scope}" if scoped else plain, name, kind, mentions)

    def _record(self, referent: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> EntityRecord | None:
        if referent.get("described", False):
            return None
        known = self._knowledge.get(referent["record"]) if referent["record"] is not None else None
        candidates = [known] if known is not None else self._candidates(referent)
        if referent["type"] == "Organization":
            candidates = [found for found in candidates if not self._has_another_full_name(referent, found)]
        if referent["type"] == "Person":
            candidates = [found for found in candidates if not _named_after_another(referent, found, others)]
        return next(iter(candidates), None)

    def _has_another_full_name(self, referent: Mapping[str, Any], record: EntityRecord) -> bool:
        """Whether the article spells out a known acronym as something else: "Badan Tim Nasional (BTN)"."""
        full = max(map(plain_name, referent["names"]), key=lambda name: (name.count(" "), name), default="")
        matches = [match for name in referent["names"] for match in self._knowledge.find(name)]
        kinds = {match.kind for match in matches if match.record.id == record.id}
        if " " not in full or kinds - {"short"}:
            return False
        names = [record.name, *record.labels.values(), *(alias.text for alias in record.aliases)]
        return not any(_shares_words(full, name) for name in names)

    def _candidates(self, referent: Mapping[str, Any]) -> list[EntityRecord]:
        """Records by the longest of its names that has any: "JAKARTA" where the detector knows "Jakarta"."""
        for name in sorted(referent["names"], key=lambda name: (-len(name), name)):
            matches = [match for match in self._knowledge.find(name) if match.record.type == referent["type"]]
            found = [match.record for match in matches if match.kind not in _SEATS]
            if found:
                # Two people may bear a short name; of other things the more prominent one is meant.
                return found if referent["type"] != "Person" or len(found) == 1 else []
        return []


def plain_name(name: str) -> str:
    """An organization's name without its legal form and without an acronym in brackets after it."""
    name = _ACRONYM_IN_BRACKETS.sub("", name)
    words = [word for word in name.split() if word.strip(".,()").casefold() not in _ORGANIZATION_FORMS]
    return " ".join(words) if words else name


def article_scope(doc: Doc) -> str:
    """A short mark of the Doc's article, the same in every run."""
    article = article_data(doc)
    identity = article["id"] if article else doc.text
    return hashlib.sha256(identity.encode("utf-8", errors="replace")).hexdigest()[:6]


def _shares_words(first: str, second: str) -> bool:
    """Whether most words of the shorter name are in the other."""
    ours, theirs = set(slug(first).split("-")), set(slug(second).split("-"))
    return len(ours & theirs) > min(len(ours), len(theirs)) / 2


def _named_after_another(
    referent: Mapping[str, Any], record: EntityRecord, others: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether an unknown person of the article bears the name too: "Putin" after "Rizky Putin"."""
    words = [name.casefold().split() for name in referent["names"]]
    if any(len(name) > 1 for name in words):
        return False
    short = {name[0] for name in words if name}
    return any(short & set(full.casefold().split()) for full in _unknown_full_names(referent, record, others))


def _unknown_full_names(
    referent: Mapping[str, Any], record: EntityRecord, others: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    for other in others:
        if other is not referent and other["type"] == "Person" and other["record"] is None:
            yield from (name for name in other["names"] if len(name.split()) > 1 and name != record.name)
