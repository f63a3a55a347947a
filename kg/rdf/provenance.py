"""What ran: the software, model and settings that shaped a graph, and nothing of when or where."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import PROV, RDFS

from kg import vocab
from kg.rdf.iris import DEFAULT_BASE, Minter
from kg.rdf.nodes import Quads, string, strings
from kg.rdf.terms import SCHEMA


@dataclass(frozen=True, slots=True)
class Run:
    """What shaped a graph's bytes. `settings` are (name, value) in words; hashes are hexadecimal.

    `model_hash` and `data_hash` are digests of the model's files and of lexicons and gazetteers.
    """

    version: str
    model: str
    model_version: str
    software: str = "kg"
    model_hash: str | None = None
    data_hash: str | None = None
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Hash of all of it: two runs that differ in nothing are one."""
        parts = [
            [self.software, self.version],
            [self.model, self.model_version, self.model_hash],
            [self.data_hash],
            *sorted(self.settings),
        ]
        return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:24]


def provenance_quads(run: Run, *, base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The provenance graph: the run as a `prov:Activity`; no times."""
    minter = Minter(base)
    graph = Quads(minter.provenance_graph)
    node = minter.run(run.key)
    software = minter.software(run.software, run.version)
    model = minter.software(run.model, "-".join(filter(None, [run.model_version, run.model_hash])))
    graph.add_types(node, PROV.Activity, vocab.Run)
    graph.add(node, PROV.wasAssociatedWith, software)
    graph.add(node, PROV.used, model)
    graph.add(node, vocab.setting, *strings(f"{name}={value}" for name, value in run.settings))
    graph.add_types(software, PROV.SoftwareAgent)
    graph.add(software, RDFS.label, string(run.software))
    graph.add(software, SCHEMA.softwareVersion, string(run.version))
    graph.add_types(model, PROV.Entity)
    graph.add(model, RDFS.label, string(run.model))
    graph.add(model, SCHEMA.softwareVersion, string(run.model_version))
    graph.add(model, vocab.hash, string(run.model_hash))
    if run.data_hash is not None:
        data = minter.software("data", run.data_hash)
        graph.add(node, PROV.used, data)
        graph.add_types(data, PROV.Entity)
        graph.add(data, RDFS.label, string("lexicons and gazetteers"))
        graph.add(data, vocab.hash, string(run.data_hash))
    return graph.quads()
