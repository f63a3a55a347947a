"""Small invented articles with what is found in them: the ontology's examples, and test input."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.write import Entities, article_quads, identity_quads, trig
from kg.records import (
    Actor,
    Agreement,
    AgreementStatus,
    Article,
    DateExpression,
    Event,
    EventMention,
    Extraction,
    Interval,
    Mention,
    Obligation,
    Participation,
    Provision,
    Role,
    Statement,
    TextSpan,
)

TUESDAY = Interval("2031-05-06", "2031-05-06", "day")


class Text:
    """A text in which words are found by writing them out."""

    def __init__(self, text: str):
        self.text = text

    def __getitem__(self, words: str) -> TextSpan:
        """The first place of some words; `words|more` takes the words before the bar."""
        whole = words.replace("|", "")
        start = self.text.index(whole)
        return TextSpan(start, start + len(words.split("|")[0]))

    def name(self, words: str) -> Mention:
        return Mention(self[words], "name", "gazetteer", 1.0)


def _article(name: str, text: Text) -> Article:
    return Article(
        id=name,
        path=f"{name}.txt",
        text=text.text,
        publisher="Coast Wire",
        published="2031-05-07",
        published_basis="metadata",
        language="en",
    )


def _state(name: str, *mentions: Mention) -> Actor:
    return Actor(name.lower(), name, "state", known=True, mentions=mentions)


def direct_quote() -> list[Extraction]:
    """Words in quotation marks, with speaker, cue and content as spans of the text."""
    text = Text(
        "“We will not sign the port accord,” Velmara’s foreign ministry told Kethia on Tuesday."
    )
    ministry = Actor(
        "velmara-foreign-ministry",
        "Foreign Ministry of Velmara",
        "government_body",
        part_of="velmara",
        known=True,
        mentions=(Mention(text["Velmara’s foreign ministry"], "nominal", "demonym+head", 0.95),),
    )
    said = Statement(
        id=_id(text["“We will not sign the port accord,”"]),
        type="direct",
        content=(text["“We will not sign the port accord,”"],),
        cue=(text["told"],),
        source=(text["Velmara’s foreign ministry"],),
        cue_lemma="tell",
        speaker=ministry.id,
        addressees=("kethia",),
        mentions=("port-accord",),
        force="reject",
        polarity="negative",
        modality="future",
        confidence=0.97,
        said_on=TUESDAY,
    )
    accord = Agreement(
        "port-accord",
        "port accord",
        "arrangement",
        mentions=(Mention(text["port accord"], "nominal", "noun", 0.9),),
    )
    return [
        Extraction(
            _article("direct-quote", text),
            actors=(
                ministry,
                _state("Velmara", text.name("Velmara")),
                _state("Kethia", text.name("Kethia")),
            ),
            statements=(said,),
            agreements=(accord,),
            dates=(DateExpression(text["Tuesday"], *_days(TUESDAY), rule="weekday"),),
        )
    ]


def nested_statement() -> list[Extraction]:
    """A statement inside the content of another one."""
    text = Text("Kethia said Velmara had promised to open the strait.")
    outer = Statement(
        id=_id(text["Velmara had promised to open the strait"]),
        type="indirect",
        content=(text["Velmara had promised to open the strait"],),
        cue=(text["said"],),
        source=(text["Kethia"],),
        cue_lemma="say",
        speaker="kethia",
        mentions=("velmara",),
    )
    inner = Statement(
        id=_id(text["to open the strait"]),
        type="indirect",
        content=(text["to open the strait"],),
        cue=(text["had promised"],),
        source=(text["Velmara"],),
        cue_lemma="promise",
        speaker="velmara",
        force="promise",
        modality="future",
        nested_in=outer.id,
    )
    return [
        Extraction(
            _article("nested-statement", text),
            actors=(_state("Kethia", text.name("Kethia")), _state("Velmara", text.name("Velmara"))),
            statements=(outer, inner),
        )
    ]


def contradicting_parts() -> list[Extraction]:
    """One actor's part in an agreement, put differently by two voices; both stand."""
    text = Text(
        "Velmara called Sarn a party to the strait truce. Kethia said Sarn only mediated it. "
        "The truce bars warships from the strait."
    )
    one = Statement(
        id=_id(text["Sarn a party to the strait truce"]),
        type="indirect",
        content=(text["Sarn a party to the strait truce"],),
        cue=(text["called"],),
        source=(text["Velmara"],),
        cue_lemma="call",
        speaker="velmara",
        mentions=("sarn", "strait-truce"),
        force="characterize",
    )
    other = Statement(
        id=_id(text["Sarn only mediated it"]),
        type="indirect",
        content=(text["Sarn only mediated it"],),
        cue=(text["said| Sarn only"],),
        source=(text["Kethia"],),
        cue_lemma="say",
        speaker="kethia",
        mentions=("sarn", "strait-truce"),
    )
    truce = Agreement(
        "strait-truce",
        "strait truce",
        "ceasefire",
        parties=("sarn",),
        mediators=("sarn",),
        participations=(
            Participation("sarn", "party", "velmara", text["a party to"], one.id),
            Participation("sarn", "mediator", "kethia", text["mediated"], other.id),
        ),
        provisions=(
            Provision("bars warships from the strait", text["bars warships from the strait"]),
        ),
        mentions=(
            Mention(text["strait truce"], "nominal", "noun", 0.9),
            Mention(text["it|. The"], "pronoun", "nearest", 0.7),
        ),
    )
    return [
        Extraction(
            _article("contradicting-parts", text),
            actors=(
                _state("Velmara", text.name("Velmara")),
                _state("Kethia", text.name("Kethia")),
                _state("Sarn", text.name("Sarn")),
            ),
            statements=(one, other),
            agreements=(truce,),
        )
    ]


def contested_status() -> list[Extraction]:
    """An agreement's status as a claim of one voice, and the denial of another."""
    text = Text("Velmara accused Kethia of violating the truce on Tuesday, which Kethia denied.")
    accusation = Statement(
        id=_id(text["violating the truce on Tuesday"]),
        type="indirect",
        content=(text["violating the truce on Tuesday"],),
        cue=(text["accused"],),
        source=(text["Velmara"],),
        cue_lemma="accuse",
        speaker="velmara",
        targets=("kethia",),
        mentions=("kethia", "truce"),
        force="accuse",
    )
    denial = Statement(
        id=_id(text["which"]),
        type="indirect",
        content=(text["which"],),
        cue=(text["denied"],),
        source=(text["Kethia| denied"],),
        cue_lemma="deny",
        speaker="kethia",
        force="deny",
        polarity="negative",
    )
    violated = AgreementStatus(
        "violated",
        "velmara",
        text["violating the truce"],
        statement=accusation.id,
        by=("kethia",),
        date=TUESDAY,
    )
    not_violated = AgreementStatus(
        "violated", "kethia", text["violating the truce"], denial.id, "negative", by=("kethia",)
    )
    truce = Agreement(
        "truce",
        "truce",
        "ceasefire",
        status=(violated, not_violated),
        mentions=(Mention(text["truce"], "nominal", "noun", 0.9),),
    )
    return [
        Extraction(
            _article("contested-status", text),
            actors=(
                _state("Velmara", text.name("Velmara")),
                _state("Kethia", text.name("Kethia"), text.name("Kethia| denied")),
            ),
            statements=(accusation, denial),
            agreements=(truce,),
            dates=(DateExpression(text["on Tuesday"], *_days(TUESDAY), rule="weekday"),),
        )
    ]


def attested_role() -> list[Extraction]:
    """A role that the text shows, of a person whom no gazetteer lists."""
    text = Text("“The strait is open,” Kethian navy spokesman Ilan Voss said.")
    navy = Actor(
        "kethia-navy",
        "Navy of Kethia",
        "military",
        part_of="kethia",
        known=True,
        mentions=(Mention(text["Kethian navy"], "nominal", "demonym+head", 0.95),),
    )
    voss = Actor(
        "ilan-voss",
        "Ilan Voss",
        "person",
        roles=(
            Role(
                "spokesperson",
                navy.id,
                on="2031-05-07",
                title="Kethian navy spokesman",
                span=text["Kethian navy spokesman Ilan Voss"],
            ),
        ),
        mentions=(Mention(text["Ilan Voss"], "name", "title+name", 0.9),),
    )
    said = Statement(
        id=_id(text["“The strait is open,”"]),
        type="direct",
        content=(text["“The strait is open,”"],),
        cue=(text["said"],),
        source=(text["Kethian navy spokesman Ilan Voss"],),
        cue_lemma="say",
        speaker=navy.id,
        voiced_by=voss.id,
    )
    return [
        Extraction(
            _article("attested-role", text),
            actors=(navy, voss, _state("Kethia", text.name("Kethia|n"))),
            statements=(said,),
        )
    ]


def same_utterance() -> list[Extraction]:
    """The same words in two articles: two statements, one utterance in the identity graph."""
    texts = {
        "same-utterance-1": Text("“The strait stays closed,” Velmara said."),
        "same-utterance-2": Text("Velmara declared: “The strait stays closed.”"),
    }
    cues = {"same-utterance-1": ("said", "say"), "same-utterance-2": ("declared", "declare")}
    found = []
    for name, text in texts.items():
        start, end = text["“The strait stays closed"]
        content = TextSpan(start, end + 2)
        words, lemma = cues[name]
        said = Statement(
            id=_id(content),
            type="direct",
            content=(content,),
            cue=(text[words],),
            source=(text["Velmara"],),
            cue_lemma=lemma,
            speaker="velmara",
            force="announce",
            same_as="strait-stays-closed",
        )
        velmara = _state("Velmara", text.name("Velmara"))
        found.append(Extraction(_article(name, text), actors=(velmara,), statements=(said,)))
    return found


def event_voices() -> list[Extraction]:
    """An event that one voice claims and another denies; the graph asserts nothing."""
    text = Text(
        "Kethian forces shelled Port Maren, Velmara said. Kethia called the shelling a lie."
    )
    said = Statement(
        id=_id(text["Kethian forces shelled Port Maren"]),
        type="indirect",
        content=(text["Kethian forces shelled Port Maren"],),
        cue=(text["said"],),
        source=(text["Velmara"],),
        cue_lemma="say",
        speaker="velmara",
        mentions=("kethia", "kethia-forces"),
    )
    called = Statement(
        id=_id(text["the shelling a lie"]),
        type="indirect",
        content=(text["the shelling a lie"],),
        cue=(text["called"],),
        source=(text["Kethia| called"],),
        cue_lemma="call",
        speaker="kethia",
        force="deny",
        polarity="negative",
    )
    forces = Actor(
        "kethia-forces",
        "Forces of Kethia",
        "military",
        part_of="kethia",
        known=True,
        mentions=(Mention(text["Kethian forces"], "nominal", "demonym+head", 0.95),),
    )
    shelling = Event(
        id=_id(text["shelled"]),
        type="ASSAULT",
        trigger=text["shelled"],
        asserted_by="velmara",
        agents=(forces.id,),
        place="Port Maren",
        statement=said.id,
        confidence=0.8,
        mentions=(EventMention(text["shelling"], "kethia", called.id, polarity="negative"),),
    )
    return [
        Extraction(
            _article("event-voices", text),
            actors=(
                forces,
                _state("Kethia", text.name("Kethia|n forces"), text.name("Kethia| called")),
                _state("Velmara", text.name("Velmara")),
            ),
            statements=(said, called),
            events=(shelling,),
        )
    ]


def unnamed_source() -> list[Extraction]:
    """What somebody claims whom the article does not name: no actor, and not the article."""
    text = Text("Kethian forces shelled Port Maren, a senior official in Velmara said.")
    said = Statement(
        id=_id(text["Kethian forces shelled Port Maren"]),
        type="indirect",
        content=(text["Kethian forces shelled Port Maren"],),
        cue=(text["said"],),
        source=(text["a senior official in Velmara"],),
        cue_lemma="say",
        mentions=("kethia",),
    )
    shelling = Event(
        id=_id(text["shelled"]),
        type="ASSAULT",
        trigger=text["shelled"],
        asserted_by=None,
        agents=("kethia",),
        place="Port Maren",
        statement=said.id,
        confidence=0.8,
    )
    return [
        Extraction(
            _article("unnamed-source", text),
            actors=(
                _state("Kethia", text.name("Kethia|n forces")),
                _state("Velmara", text.name("Velmara")),
            ),
            statements=(said,),
            events=(shelling,),
        )
    ]


def called_for() -> list[Extraction]:
    """What somebody calls on another to do, by when; and what is possible on a condition."""
    text = Text(
        "Sarn urged Kethia to leave the strait to Velmara before June 1 under the truce. "
        "A treaty is possible if Kethia leaves, Sarn said."
    )
    urged = Statement(
        id=_id(text["Kethia to leave the strait to Velmara before June 1 under the truce"]),
        type="indirect",
        content=(text["Kethia to leave the strait to Velmara before June 1 under the truce"],),
        cue=(text["urged"],),
        source=(text["Sarn"],),
        cue_lemma="urge",
        speaker="sarn",
        targets=("kethia",),
        mentions=("kethia", "velmara", "truce"),
        force="call_on",
        modality="called_for",
    )
    said = Statement(
        id=_id(text["A treaty is possible if Kethia leaves"]),
        type="indirect",
        content=(text["A treaty is possible if Kethia leaves"],),
        cue=(text["said"],),
        source=(text["Sarn| said"],),
        cue_lemma="say",
        speaker="sarn",
        mentions=("treaty", "kethia"),
        modality="conditional",
    )
    june = DateExpression(text["before June 1"], "2031-05-07", "2031-05-31", "period", "before")
    action = text["leave the strait to Velmara before June 1 under the truce"]
    leaving = Obligation(
        id=f"o{action.start}",
        force="should",
        action=action,
        cue=text["urged"],
        asserted_by="sarn",
        statement=urged.id,
        bearers=("kethia",),
        towards=("velmara",),
        under=("truce",),
        deadline=june,
    )
    possible = AgreementStatus(
        "possible",
        "sarn",
        text["possible"],
        said.id,
        modality="conditional",
        condition=text["if Kethia leaves"],
        deadline=june,
    )
    return [
        Extraction(
            _article("called-for", text),
            actors=(
                _state("Sarn", text.name("Sarn"), text.name("Sarn| said")),
                _state("Kethia", text.name("Kethia"), text.name("Kethia| leaves")),
                _state("Velmara", text.name("Velmara")),
            ),
            statements=(urged, said),
            agreements=(
                Agreement(
                    "truce",
                    "truce",
                    "ceasefire",
                    mentions=(Mention(text["truce"], "nominal", "noun", 0.9),),
                ),
                Agreement(
                    "treaty",
                    "treaty",
                    "treaty",
                    status=(possible,),
                    mentions=(Mention(text["treaty"], "nominal", "noun", 0.9),),
                ),
            ),
            dates=(june,),
            obligations=(leaving,),
        )
    ]


def set_of_documents() -> list[Extraction]:
    """Instruments named together, and the known ones that they are."""
    text = Text("Sarn urged both sides to return to the two documents of last year.")
    called = Statement(
        id=_id(text["both sides to return to the two documents of last year"]),
        type="indirect",
        content=(text["both sides to return to the two documents of last year"],),
        cue=(text["urged"],),
        source=(text["Sarn"],),
        cue_lemma="urge",
        speaker="sarn",
        targets=("group-kethia-velmara",),
        mentions=("group-kethia-velmara", "documents-2030"),
        force="call_on",
        modality="called_for",
    )
    sides = Actor(
        "group-kethia-velmara",
        "Kethia and Velmara",
        "group",
        members=("kethia", "velmara"),
        mentions=(Mention(text["both sides"], "nominal", "sides", 0.6),),
    )
    year = Interval("2030-01-01", "2030-12-31", "year")
    documents = Agreement(
        "documents-2030",
        "two documents of 2030",
        "joint_statement",
        is_set=True,
        date=year,
        status=(
            AgreementStatus(
                "compliance_called_for",
                "sarn",
                text["return to"],
                called.id,
                modality="called_for",
            ),
        ),
        resolves_to=("statement-2030-03-01", "statement-2030-10-12"),
        mentions=(Mention(text["two documents of last year"], "nominal", "noun", 0.9),),
    )
    return [
        Extraction(
            _article("set-of-documents", text),
            actors=(
                _state("Sarn", text.name("Sarn")),
                sides,
                _state("Kethia"),
                _state("Velmara"),
            ),
            statements=(called,),
            agreements=(
                documents,
                _known("statement-2030-03-01", "Statement of 1 March 2030", "2030-03-01"),
                _known("statement-2030-10-12", "Statement of 12 October 2030", "2030-10-12"),
            ),
            dates=(DateExpression(text["last year"], *_days(year), rule="last+unit"),),
        )
    ]


def _known(name: str, label: str, day: str) -> Agreement:
    return Agreement(name, label, "joint_statement", date=Interval(day, day, "day"))


def _id(span: TextSpan) -> str:
    return f"{span.start}-{span.end}"


def _days(interval: Interval) -> tuple[str | None, str | None, str]:
    return interval.start, interval.end, interval.granularity


EXAMPLES = {
    "direct-quote": direct_quote,
    "nested-statement": nested_statement,
    "contradicting-parts": contradicting_parts,
    "contested-status": contested_status,
    "attested-role": attested_role,
    "same-utterance": same_utterance,
    "event-voices": event_voices,
    "set-of-documents": set_of_documents,
    "called-for": called_for,
    "unnamed-source": unnamed_source,
}
"""What the files in `ontology/examples` are made of, by their names."""


def example_quads(name: str) -> list[ox.Quad]:
    """The graphs of an example: articles, entities and, where something was judged, identity."""
    extractions = EXAMPLES[name]()
    entities = Entities()
    quads = identity_quads(extractions)
    for extraction in extractions:
        quads += article_quads(extraction)
        entities.add(extraction)
    return quads + entities.quads()


def example_trig(name: str) -> bytes:
    """The file of an example."""
    title = " ".join((EXAMPLES[name].__doc__ or "").split())
    return (
        f"# {title}\n# Made of tests/rdf/worked.py; `pytest tests/rdf` compares.\n\n".encode()
        + (trig(example_quads(name)))
    )
