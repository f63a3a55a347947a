"""Says records in quads: what other rooms use, gathered from the modules of this one."""

from kg.rdf.articles import article_quads
from kg.rdf.description import dataset_quads
from kg.rdf.entities import Entities
from kg.rdf.files import (
    TrigFile,
    dataset,
    nquads,
    read_quads,
    trig,
    trig_blocks,
    write_nquads_gz,
)
from kg.rdf.identities import Identities, identity_quads
from kg.rdf.provenance import Run, provenance_quads

__all__ = [
    "Entities",
    "Identities",
    "Run",
    "TrigFile",
    "article_quads",
    "dataset",
    "dataset_quads",
    "identity_quads",
    "nquads",
    "provenance_quads",
    "read_quads",
    "trig",
    "trig_blocks",
    "write_nquads_gz",
]
