"""Everything that `kg` raises on purpose.

KGError
├─ ReadError             the file is not what its reader expects
├─ MissingAnnotation     the pipeline lacks a component that we need
├─ GazetteerError        a gazetteer or registry file is wrong
├─ OntologyError         a term or shape is wrong
├─ EvidenceError         words at their offsets are not the words quoted
├─ QueryError            a question that cannot be asked
├─ StoreError            the triplestore refused or is away
├─ OutputError           a result cannot be written where it should be
└─ SettingsError         options that are unknown or contradict each other
"""


class KGError(Exception):
    """Base of all errors that `kg` raises on purpose; its text is fit for a user."""


class ReadError(KGError):
    """The file is not what its reader expects; the text names file, place and reason."""


class MissingAnnotation(KGError):
    """The language pipeline lacks a component that extraction needs."""


class GazetteerError(KGError):
    """A gazetteer or registry file is wrong; the text names file, subject and reason."""


class OntologyError(KGError):
    """A term or shape of the ontology is wrong."""


class EvidenceError(KGError):
    """The words at some offsets are not the words that the graph quotes."""


class QueryError(KGError):
    """A question that cannot be asked: unknown name, bad parameter, syntax."""


class StoreError(KGError):
    """The triplestore refused, is away or is in use."""


class OutputError(KGError):
    """A result cannot be written where it should be."""


class SettingsError(KGError):
    """Settings that are unknown, malformed or contradict each other."""
