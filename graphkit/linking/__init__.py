"""Which things in the world the articles speak of: within one article, and across articles."""

from graphkit.linking.component import EntityLinker, create_linker
from graphkit.linking.fusion import Clusters, Fusion
from graphkit.linking.organizations import ACRONYM, Organizations, join_organizations
from graphkit.linking.people import join_namesakes, telling_items
from graphkit.linking.resolve import Form, choose, resolve, with_entities

__all__ = [
    "ACRONYM",
    "Clusters",
    "EntityLinker",
    "Form",
    "Fusion",
    "Organizations",
    "choose",
    "create_linker",
    "join_namesakes",
    "join_organizations",
    "resolve",
    "telling_items",
    "with_entities",
]
