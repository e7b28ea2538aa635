"""The pipeline step ``graphkit_linker``: gives each referent of a Doc its entity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.knowledge import KnowledgeBase
from graphkit.language import article_data
from graphkit.mentions.component import REFERENTS
from graphkit.model import Entity
from graphkit.statements.component import ENTITIES
from graphkit.text import slug

# Between a name and the article that alone may use it.
SCOPE = "~"
_ORGANIZATION_FORMS = frozenset({"pt", "cv", "tbk", "persero", "ltd", "inc", "corp"})


@Language.factory("graphkit_linker", default_config={"entities": []})
def create_linker(nlp: Language, name: str, entities: list[str]) -> EntityLinker:
    """Make the step; it needs ``graphkit_mentions`` before it.

    Args:
        entities: Paths of JSONL files with entity records of the user's own.
    """
    return EntityLinker(nlp.lang, [Path(path) for path in entities])


class EntityLinker:
    """Links referents to the knowledge base, and gives the others ids.

    What is only described, and people whom the knowledge base does not have, get ids that hold in their article
    alone: two people of one name must not fuse on the name. `graphkit.linking.resolve` joins them where more speaks
    for it.

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
        return [self._entity(referent, article_scope(doc)) for referent in doc.user_data.get(REFERENTS, ())]

    def set_annotations(self, doc: Doc, entities: list[Entity]) -> None:
        """Write the entities into ``doc.user_data``."""
        doc.user_data[ENTITIES] = [asdict(entity) for entity in entities]

    def _entity(self, referent: Mapping[str, Any], scope: str) -> Entity:
        mentions = tuple(sorted(referent["names"]))
        if referent["record"] is not None:
            record = self._knowledge.get(referent["record"])
            return Entity(record.id, record.name, record.type, mentions, record.wikidata, dict(record.labels))
        kind, name = referent["type"], referent["name"]
        plain = f"{kind.lower()}/{slug(_plain_name(name))}"
        scoped = kind == "Person" or (referent["described"] and kind != "Concept")
        return Entity(f"{plain}{SCOPE}{scope}" if scoped else plain, name, kind, mentions)


def article_scope(doc: Doc) -> str:
    """A short mark of the Doc's article, the same in every run."""
    identity = article_data(doc).get("id", doc.text)
    return hashlib.sha256(identity.encode("utf-8", errors="replace")).hexdigest()[:6]


def _plain_name(name: str) -> str:
    words = [word for word in name.split() if word.strip(".()").casefold() not in _ORGANIZATION_FORMS]
    return " ".join(words) if words else name
