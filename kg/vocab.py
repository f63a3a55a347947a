"""The terms of ontology/kg.ttl. Made by `kg ontology vocab`; not to be edited."""

from typing import Final

from rdflib import URIRef

NAMESPACE: Final = "https://w3id.org/newskg/ontology#"
"""What `kg:` stands for."""

PREFIXES: Final[dict[str, str]] = {
    "kg": "https://w3id.org/newskg/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes of the vocabularies that the graph uses."""

Actor: Final = URIRef("https://w3id.org/newskg/ontology#Actor")
"""Somebody who can act or speak: a state, a body, a force, an organisation, a person, a population or a group of such."""

Agreement: Final = URIRef("https://w3id.org/newskg/ontology#Agreement")
"""An instrument or understanding between actors, whatever its stage: of a treaty that is only sought, all that is claimed is that it is sought. Consent to a deed is no agreement."""

AgreementSet: Final = URIRef("https://w3id.org/newskg/ontology#AgreementSet")
"""Several instruments named together ("the trilateral documents"); dcterms:hasPart or kg:mayBe where the members are known."""

ArmedGroup: Final = URIRef("https://w3id.org/newskg/ontology#ArmedGroup")
"""An armed force that belongs to no recognised state."""

Armistice: Final = URIRef("https://w3id.org/newskg/ontology#Armistice")
"""A lasting, formal end of fighting without a peace treaty."""

Arrangement: Final = URIRef("https://w3id.org/newskg/ontology#Arrangement")
"""An understanding of any other form: a deal, an accord, a practical arrangement."""

Article: Final = URIRef("https://w3id.org/newskg/ontology#Article")
"""One text as its reader gave it. All offsets count Unicode code points of exactly this text, whose SHA-256 is kg:textHash."""

Ceasefire: Final = URIRef("https://w3id.org/newskg/ontology#Ceasefire")
"""An agreement to stop fighting, also called truce or cessation of hostilities."""

Charter: Final = URIRef("https://w3id.org/newskg/ontology#Charter")
"""A treaty that founds an organisation."""

Claim: Final = URIRef("https://w3id.org/newskg/ontology#Claim")
"""That somebody, in one article, presents a participation, a status, a provision, an event or an obligation as so, or as not so. Whether it is so is nowhere in the graph: a fact is a query over claims."""

Convention: Final = URIRef("https://w3id.org/newskg/ontology#Convention")
"""A treaty among many parties that sets general rules."""

DateExpression: Final = URIRef("https://w3id.org/newskg/ontology#DateExpression")
"""Words that name a time, and the days that they stand for, reckoned from the article's date of publication."""

DeFactoState: Final = URIRef("https://w3id.org/newskg/ontology#DeFactoState")
"""A polity that acts as a state and whose statehood is not generally recognised."""

Declaration: Final = URIRef("https://w3id.org/newskg/ontology#Declaration")
"""A document of principle to which actors subscribe."""

Event: Final = URIRef("https://w3id.org/newskg/ontology#Event")
"""A situation that somebody describes; that it took place is said by claims only, and by some denied."""

GovernmentBody: Final = URIRef("https://w3id.org/newskg/ontology#GovernmentBody")
"""A ministry, parliament, court, presidency, embassy or other organ of a state."""

Group: Final = URIRef("https://w3id.org/newskg/ontology#Group")
"""Several actors named at once ("both sides", "the leaders of …"); kg:member where they are known."""

IdentityDecision: Final = URIRef("https://w3id.org/newskg/ontology#IdentityDecision")
"""That some mentions of one article were taken for an actor that no gazetteer lists, by which rules and how surely."""

InternationalOrganization: Final = URIRef(
    "https://w3id.org/newskg/ontology#InternationalOrganization"
)
"""An organisation whose members are states, and its organs."""

JointStatement: Final = URIRef("https://w3id.org/newskg/ontology#JointStatement")
"""A declaration that several actors make together and treat as binding."""

Media: Final = URIRef("https://w3id.org/newskg/ontology#Media")
"""A news agency, newspaper, broadcaster or news site."""

Memorandum: Final = URIRef("https://w3id.org/newskg/ontology#Memorandum")
"""A memorandum of understanding or intent."""

Mention: Final = URIRef("https://w3id.org/newskg/ontology#Mention")
"""Words that stand for an actor, a place or an agreement. Its oa:hasTarget is its evidence."""

Military: Final = URIRef("https://w3id.org/newskg/ontology#Military")
"""The armed forces of a state, or a part of them."""

Obligation: Final = URIRef("https://w3id.org/newskg/ontology#Obligation")
"""What somebody calls on others to do or to leave undone, as described; that they ought to is said by nothing but the claims of those who demand it (kg:claimant)."""

Organization: Final = URIRef("https://w3id.org/newskg/ontology#Organization")
"""Any other organisation: a party, company, union, non-governmental organisation."""

Pact: Final = URIRef("https://w3id.org/newskg/ontology#Pact")
"""A treaty of alliance, friendship or non-aggression."""

Participation: Final = URIRef("https://w3id.org/newskg/ontology#Participation")
"""An actor's part in an agreement, as described. Contradicting parts stand side by side: what counts is who claims which (kg:Claim)."""

PeaceTreaty: Final = URIRef("https://w3id.org/newskg/ontology#PeaceTreaty")
"""A treaty that ends, or is to end, a war or conflict."""

Peacekeepers: Final = URIRef("https://w3id.org/newskg/ontology#Peacekeepers")
"""A force or mission that keeps or watches over a peace, whoever sends it."""

Person: Final = URIRef("https://w3id.org/newskg/ontology#Person")
"""A human being, named or known by an office."""

Place: Final = URIRef("https://w3id.org/newskg/ontology#Place")
"""Where something happens; never an actor."""

Population: Final = URIRef("https://w3id.org/newskg/ontology#Population")
"""People as a body: the civilians of a place, a community, an audience."""

Protocol: Final = URIRef("https://w3id.org/newskg/ontology#Protocol")
"""An agreement that adds to another or records what was settled."""

Provision: Final = URIRef("https://w3id.org/newskg/ontology#Provision")
"""Something that an agreement lays down, as described."""

Resolution: Final = URIRef("https://w3id.org/newskg/ontology#Resolution")
"""A decision that a body such as the United Nations Security Council adopts and that binds its addressees."""

Roadmap: Final = URIRef("https://w3id.org/newskg/ontology#Roadmap")
"""Agreed steps towards a settlement, also called plan or framework."""

Run: Final = URIRef("https://w3id.org/newskg/ontology#Run")
"""Software, model and settings that shaped a graph. Two runs that differ in none of these are one; when and where they ran is not told."""

State: Final = URIRef("https://w3id.org/newskg/ontology#State")
"""A generally recognised state, as an actor; its territory is a kg:Place."""

Statement: Final = URIRef("https://w3id.org/newskg/ontology#Statement")
"""Somebody's words or thought as one article reports them: who said what, to whom, about whom."""

StatusAssertion: Final = URIRef("https://w3id.org/newskg/ontology#StatusAssertion")
"""A status of an agreement, as described. "In force" and "violated" are contested: what counts is who claims it (kg:Claim)."""

Treaty: Final = URIRef("https://w3id.org/newskg/ontology#Treaty")
"""An agreement between states that binds them under international law."""

UnnamedSource: Final = URIRef("https://w3id.org/newskg/ontology#UnnamedSource")
"""Somebody who claims something in a statement and is no actor that we know: "a senior official", protesters, or nobody that the article tells. Its label is the article's words. Two of them may be one and the same: they count as no independent voices."""

Utterance: Final = URIRef("https://w3id.org/newskg/ontology#Utterance")
"""What somebody said once and several statements report, within an article or across articles. Written in the identity graph, so that the judgement can change while the evidence stays."""

about: Final = URIRef("https://w3id.org/newskg/ontology#about")
"""An actor, agreement or place that the content mentions."""

action: Final = URIRef("https://w3id.org/newskg/ontology#action")
"""The words for what is to be done, or not."""

addressee: Final = URIRef("https://w3id.org/newskg/ontology#addressee")
"""To whom the words were said."""

agent: Final = URIRef("https://w3id.org/newskg/ontology#agent")
"""Who does it."""

bearer: Final = URIRef("https://w3id.org/newskg/ontology#bearer")
"""Who is to do it; none where nobody is named."""

by: Final = URIRef("https://w3id.org/newskg/ontology#by")
"""Whose deed the status is: who signed, violated, suspended. Not who says so, which is kg:claimant."""

claimant: Final = URIRef("https://w3id.org/newskg/ontology#claimant")
"""Who claims it: an actor, the article itself where it asserts in its own voice, or the unnamed source of a statement."""

claimedBy: Final = URIRef("https://w3id.org/newskg/ontology#claimedBy")
"""A state that claims the territory of a de facto state as its own."""

claims: Final = URIRef("https://w3id.org/newskg/ontology#claims")
"""What is claimed."""

coSpeaker: Final = URIRef("https://w3id.org/newskg/ontology#coSpeaker")
"""A further actor to whom the same words are attributed."""

condition: Final = URIRef("https://w3id.org/newskg/ontology#condition")
"""The words for what must be so first: "if all captives are freed"."""

contentSpan: Final = URIRef("https://w3id.org/newskg/ontology#contentSpan")
"""The words that are reported; several where the article interrupts them."""

cueSpan: Final = URIRef("https://w3id.org/newskg/ontology#cueSpan")
"""The words that tell that somebody speaks: "said", "according to"; of an obligation, those that make it one: "must", "urged"."""

deadline: Final = URIRef("https://w3id.org/newskg/ontology#deadline")
"""By when it is to come about: the last day of that date still counts."""

deonticForce: Final = URIRef("https://w3id.org/newskg/ontology#deonticForce")
"""How strongly it is demanded, and whether it is to be done or not: a concept of kg:DeonticForces."""

eventType: Final = URIRef("https://w3id.org/newskg/ontology#eventType")
"""A concept of kg:EventTypes."""

evidence: Final = URIRef("https://w3id.org/newskg/ontology#evidence")
"""The words that prove it: a span of an article, which oa:hasSelector cuts out of oa:hasSource."""

force: Final = URIRef("https://w3id.org/newskg/ontology#force")
"""What the speaker does in saying it: a concept of kg:Forces."""

inAgreement: Final = URIRef("https://w3id.org/newskg/ontology#inAgreement")
"""What is taken part in."""

inArticle: Final = URIRef("https://w3id.org/newskg/ontology#inArticle")
"""The article that says it."""

inStatement: Final = URIRef("https://w3id.org/newskg/ontology#inStatement")
"""The statement that makes the claim."""

mayBe: Final = URIRef("https://w3id.org/newskg/ontology#mayBe")
"""A known instrument that the described agreement may be; weaker than identity, and several may hold."""

mediator: Final = URIRef("https://w3id.org/newskg/ontology#mediator")
"""Who brings the others together. Of an agreement only in registers: articles claim it by kg:Participation."""

member: Final = URIRef("https://w3id.org/newskg/ontology#member")
"""One of the actors that a group or organisation consists of."""

mentionKind: Final = URIRef("https://w3id.org/newskg/ontology#mentionKind")
"""Name, metonym, nominal or pronoun: a concept of kg:MentionKinds."""

modality: Final = URIRef("https://w3id.org/newskg/ontology#modality")
"""Whether the content is put as actual, possible, called for …: a concept of kg:Modalities. On a claim, absent where it was not determined."""

nestedIn: Final = URIRef("https://w3id.org/newskg/ontology#nestedIn")
"""The statement inside whose content this one stands."""

ofAgreement: Final = URIRef("https://w3id.org/newskg/ontology#ofAgreement")
"""The agreement that it is about."""

ofMention: Final = URIRef("https://w3id.org/newskg/ontology#ofMention")
"""A mention that was decided on."""

partOf: Final = URIRef("https://w3id.org/newskg/ontology#partOf")
"""The actor that this one is an organ or force of: a ministry of its state. Follow kg:partOf* to ask what a state said through any of its bodies."""

participant: Final = URIRef("https://w3id.org/newskg/ontology#participant")
"""Who takes part."""

participationRole: Final = URIRef("https://w3id.org/newskg/ontology#participationRole")
"""Party, mediator, guarantor, signatory or witness: a concept of kg:ParticipationRoles."""

party: Final = URIRef("https://w3id.org/newskg/ontology#party")
"""A party of a known instrument, in registers only: articles claim it by kg:Participation."""

place: Final = URIRef("https://w3id.org/newskg/ontology#place")
"""Where it happens."""

polarity: Final = URIRef("https://w3id.org/newskg/ontology#polarity")
"""Whether the content is put positively or negated: a concept of kg:Polarities. On a claim, absent where it was not determined."""

publisherActor: Final = URIRef("https://w3id.org/newskg/ontology#publisherActor")
"""The actor whose name the article gives as its publisher."""

refersTo: Final = URIRef("https://w3id.org/newskg/ontology#refersTo")
"""Who or what the words stand for: for a metonym the actor that is meant, not the city that is named."""

secondaryForce: Final = URIRef("https://w3id.org/newskg/ontology#secondaryForce")
"""What the speaker does beside that: a concept of kg:Forces."""

sourceSpan: Final = URIRef("https://w3id.org/newskg/ontology#sourceSpan")
"""The words that name the speaker."""

speaker: Final = URIRef("https://w3id.org/newskg/ontology#speaker")
"""To whom the article attributes the words; absent where it names nobody."""

statementType: Final = URIRef("https://w3id.org/newskg/ontology#statementType")
"""Direct, mixed or indirect: a concept of kg:StatementTypes."""

statusValue: Final = URIRef("https://w3id.org/newskg/ontology#statusValue")
"""A concept of kg:Statuses."""

takenFor: Final = URIRef("https://w3id.org/newskg/ontology#takenFor")
"""The actor that the mentions were taken for."""

target: Final = URIRef("https://w3id.org/newskg/ontology#target")
"""Of a statement, the actor that is called upon, accused, thanked …; of an event, the actor that it is done to."""

towards: Final = URIRef("https://w3id.org/newskg/ontology#towards")
"""Whom it is to be done to, or directed at."""

under: Final = URIRef("https://w3id.org/newskg/ontology#under")
"""The agreement by which it is owed, or that is to be kept."""

utteredIn: Final = URIRef("https://w3id.org/newskg/ontology#utteredIn")
"""A statement that reports the utterance."""

via: Final = URIRef("https://w3id.org/newskg/ontology#via")
"""Who relays the words: the agency or newspaper that is quoted for them."""

voicedBy: Final = URIRef("https://w3id.org/newskg/ontology#voicedBy")
"""The person who spoke for the speaker, where the speaker is a body: its spokesperson."""

addresseeText: Final = URIRef("https://w3id.org/newskg/ontology#addresseeText")
"""To whom the words were said, where that is no actor: "reporters"."""

attestedOn: Final = URIRef("https://w3id.org/newskg/ontology#attestedOn")
"""A day on which the role is shown to be held. News hardly ever tells when a role began or ended."""

basis: Final = URIRef("https://w3id.org/newskg/ontology#basis")
""""text" where an article shows the role (then there is kg:evidence), "gazetteer" where it was known before."""

capital: Final = URIRef("https://w3id.org/newskg/ontology#capital")
"""Name of the capital, which stands for the state where the grammar shows somebody acting, and else is a place."""

confidence: Final = URIRef("https://w3id.org/newskg/ontology#confidence")
"""How surely, from 0 to 1."""

contentText: Final = URIRef("https://w3id.org/newskg/ontology#contentText")
"""The reported words, pieces joined by " … "; absent where the graph is published without text."""

country: Final = URIRef("https://w3id.org/newskg/ontology#country")
"""ISO 3166-1 alpha-3 code of the country that the actor or place belongs to."""

cueLemma: Final = URIRef("https://w3id.org/newskg/ontology#cueLemma")
"""Base form of the reporting verb or noun."""

demonym: Final = URIRef("https://w3id.org/newskg/ontology#demonym")
"""Adjective or noun for what or who belongs to it. May mean the state, its nationals or an ethnicity, so it decides nothing by itself."""

from_: Final = URIRef("https://w3id.org/newskg/ontology#from")
"""First day, itself included; absent where the beginning is open or unknown."""

gender: Final = URIRef("https://w3id.org/newskg/ontology#gender")
""""m" or "f": by which pronoun news refers to the person."""

granularity: Final = URIRef("https://w3id.org/newskg/ontology#granularity")
"""How exactly the time is told: "day", "month", "year", "period". A year is not a day: compare dates only with their granularity in sight."""

hash: Final = URIRef("https://w3id.org/newskg/ontology#hash")
"""Digest of the files of a model or of the lexicons and gazetteers, in hexadecimal digits."""

headline: Final = URIRef("https://w3id.org/newskg/ontology#headline")
"""True for a statement of the headline, which as a rule sums up one of the text."""

inForceFrom: Final = URIRef("https://w3id.org/newskg/ontology#inForceFrom")
"""First day on which a known instrument applied, where a register tells it."""

inForceUntil: Final = URIRef("https://w3id.org/newskg/ontology#inForceUntil")
"""Last day on which a known instrument applied, where a register tells it."""

knownActor: Final = URIRef("https://w3id.org/newskg/ontology#knownActor")
"""True where a gazetteer lists the actor; false where articles alone speak of it (kg:IdentityDecision says how its mentions were put together)."""

madeFrom: Final = URIRef("https://w3id.org/newskg/ontology#madeFrom")
"""First of the days on which it was made; absent while it does not exist."""

madeUntil: Final = URIRef("https://w3id.org/newskg/ontology#madeUntil")
"""Last of the days on which it was made; absent while it does not exist."""

metonym: Final = URIRef("https://w3id.org/newskg/ontology#metonym")
"""Name of a building or quarter that stands for the actor that sits there."""

notNamed: Final = URIRef("https://w3id.org/newskg/ontology#notNamed")
"""In a user's file: takes a name back that a file before gave."""

note: Final = URIRef("https://w3id.org/newskg/ontology#note")
"""What a register's editor found worth saying."""

people: Final = URIRef("https://w3id.org/newskg/ontology#people")
"""Plural noun for its inhabitants."""

placeKind: Final = URIRef("https://w3id.org/newskg/ontology#placeKind")
"""What sort of place it is, in one word."""

placeText: Final = URIRef("https://w3id.org/newskg/ontology#placeText")
"""Where it happens, where that is none of the places that the article's graph knows."""

provisionText: Final = URIRef("https://w3id.org/newskg/ontology#provisionText")
"""The provision in the article's words; absent where the graph is published without text. Of an agreement only in registers, in their words."""

publishedBasis: Final = URIRef("https://w3id.org/newskg/ontology#publishedBasis")
"""Where schema:datePublished comes from: "metadata", "text" or "option"."""

quoteHash: Final = URIRef("https://w3id.org/newskg/ontology#quoteHash")
"""SHA-256, in hexadecimal digits, of the UTF-8 bytes of the selected words; stands where oa:exact would quote what may not or cannot be written out."""

role: Final = URIRef("https://w3id.org/newskg/ontology#role")
"""The office or function in one word: "spokesperson", "leader", "minister" …"""

roleTitle: Final = URIRef("https://w3id.org/newskg/ontology#roleTitle")
"""The office in the article's or the gazetteer's words."""

rule: Final = URIRef("https://w3id.org/newskg/ontology#rule")
"""Name of the rule that decided."""

saidFrom: Final = URIRef("https://w3id.org/newskg/ontology#saidFrom")
"""First of the days on which it may have been said."""

saidUntil: Final = URIRef("https://w3id.org/newskg/ontology#saidUntil")
"""Last of the days on which it may have been said."""

setting: Final = URIRef("https://w3id.org/newskg/ontology#setting")
"""A setting that shaped the output, as name=value."""

textHash: Final = URIRef("https://w3id.org/newskg/ontology#textHash")
"""SHA-256, in hexadecimal digits, of the UTF-8 bytes of the article's text: whoever has the same text can check every offset."""

textLength: Final = URIRef("https://w3id.org/newskg/ontology#textLength")
"""Unicode code points of the article's text."""

topicOnly: Final = URIRef("https://w3id.org/newskg/ontology#topicOnly")
"""True where the content only tells what a question or comment was about and asserts nothing."""

until: Final = URIRef("https://w3id.org/newskg/ontology#until")
"""Last day, itself included; absent where the end is open or unknown."""

validFrom: Final = URIRef("https://w3id.org/newskg/ontology#validFrom")
"""First day of an office, where a register tells it."""

validUntil: Final = URIRef("https://w3id.org/newskg/ontology#validUntil")
"""Last day of an office, where a register tells it."""

venue: Final = URIRef("https://w3id.org/newskg/ontology#venue")
"""Where or on what occasion the words were said, in the article's words."""

cameo: Final = URIRef("https://w3id.org/newskg/ontology#cameo")
"""Datatype of skos:notation: the categories of CAMEO that an event type takes in, separated by spaces."""

DeonticForces: Final = URIRef("https://w3id.org/newskg/ontology#DeonticForces")
"""How strongly something is demanded of somebody."""

EventTypes: Final = URIRef("https://w3id.org/newskg/ontology#EventTypes")
"""The sixteen event types of PLOVER and, above them, its four quadrants, described in own words. skos:notation gives the PLOVER name and, typed kg:cameo, the CAMEO categories."""

Forces: Final = URIRef("https://w3id.org/newskg/ontology#Forces")
"""What a speaker does in saying something. PLOVER names events, not speech; where a force is also one of its event types, skos:closeMatch or skos:relatedMatch points there."""

MentionKinds: Final = URIRef("https://w3id.org/newskg/ontology#MentionKinds")
"""By what means words stand for somebody or something."""

Modalities: Final = URIRef("https://w3id.org/newskg/ontology#Modalities")
"""As what kind of thing a content is put forward."""

ParticipationRoles: Final = URIRef("https://w3id.org/newskg/ontology#ParticipationRoles")
"""What an actor is to an agreement."""

Polarities: Final = URIRef("https://w3id.org/newskg/ontology#Polarities")
"""Whether something is put as so or as not so."""

StatementTypes: Final = URIRef("https://w3id.org/newskg/ontology#StatementTypes")
"""How the words of somebody else stand in an article."""

Statuses: Final = URIRef("https://w3id.org/newskg/ontology#Statuses")
"""What is said of where an agreement stands; always somebody's claim."""

deontic_hoped: Final = URIRef("https://w3id.org/newskg/ontology#deontic-hoped")
"""Is only hoped for."""

deontic_must: Final = URIRef("https://w3id.org/newskg/ontology#deontic-must")
"""Is demanded, ordered or put as a duty."""

deontic_must_not: Final = URIRef("https://w3id.org/newskg/ontology#deontic-must_not")
"""Is forbidden."""

deontic_should: Final = URIRef("https://w3id.org/newskg/ontology#deontic-should")
"""Is asked for, urged or advised."""

deontic_should_not: Final = URIRef("https://w3id.org/newskg/ontology#deontic-should_not")
"""Is advised or warned against."""

event_ACCUSE: Final = URIRef("https://w3id.org/newskg/ontology#event-ACCUSE")
"""Blames, criticizes, alleges, sues or investigates."""

event_AGREE: Final = URIRef("https://w3id.org/newskg/ontology#event-AGREE")
"""Commits itself, or says it is ready, to cooperate, sign or meet later."""

event_AID: Final = URIRef("https://w3id.org/newskg/ontology#event-AID")
"""Gives help that mainly benefits the receiver: relief, money, arms, protection, rescue."""

event_ASSAULT: Final = URIRef("https://w3id.org/newskg/ontology#event-ASSAULT")
"""Uses force that can kill or injure, by any side and weapon, the breaking of a ceasefire included."""

event_COERCE: Final = URIRef("https://w3id.org/newskg/ontology#event-COERCE")
"""Uses power short of violence: arrests, blockade, curfew, seizure, expulsion."""

event_CONCEDE: Final = URIRef("https://w3id.org/newskg/ontology#event-CONCEDE")
"""Gives way in words: eases a rule, announces a truce or withdrawal, expresses regret."""

event_CONSULT: Final = URIRef("https://w3id.org/newskg/ontology#event-CONSULT")
"""Talks, meetings, calls, letters, negotiation, mediation."""

event_COOPERATE: Final = URIRef("https://w3id.org/newskg/ontology#event-COOPERATE")
"""Works together in deeds, to the benefit of both."""

event_MOBILIZE: Final = URIRef("https://w3id.org/newskg/ontology#event-MOBILIZE")
"""Readies or moves armed force without using it."""

event_MaterialConflict: Final = URIRef("https://w3id.org/newskg/ontology#event-MaterialConflict")
"""Hostile deeds, violent or not."""

event_MaterialCooperation: Final = URIRef(
    "https://w3id.org/newskg/ontology#event-MaterialCooperation"
)
"""Friendly deeds."""

event_PROTEST: Final = URIRef("https://w3id.org/newskg/ontology#event-PROTEST")
"""Collective public dissent by civilians."""

event_REJECT: Final = URIRef("https://w3id.org/newskg/ontology#event-REJECT")
"""Refuses a request, plan, meeting or proposal."""

event_REQUEST: Final = URIRef("https://w3id.org/newskg/ontology#event-REQUEST")
"""Asks, urges, demands or orders that somebody else act."""

event_RETREAT: Final = URIRef("https://w3id.org/newskg/ontology#event-RETREAT")
"""Gives way in deeds: withdraws, frees captives, hands over territory, keeps a ceasefire, lets helpers in, resigns."""

event_SANCTION: Final = URIRef("https://w3id.org/newskg/ontology#event-SANCTION")
"""Cuts back or ends normal relations, aid or membership; convicts."""

event_SUPPORT: Final = URIRef("https://w3id.org/newskg/ontology#event-SUPPORT")
"""Backs or praises; signs or ratifies; grants recognition."""

event_THREATEN: Final = URIRef("https://w3id.org/newskg/ontology#event-THREATEN")
"""Warns of harm or penalties to come by its own hand."""

event_VerbalConflict: Final = URIRef("https://w3id.org/newskg/ontology#event-VerbalConflict")
"""Hostile or pressing words."""

event_VerbalCooperation: Final = URIRef("https://w3id.org/newskg/ontology#event-VerbalCooperation")
"""Friendly words, talks and signatures."""

force_accuse: Final = URIRef("https://w3id.org/newskg/ontology#force-accuse")
"""Says that somebody has done wrong."""

force_announce: Final = URIRef("https://w3id.org/newskg/ontology#force-announce")
"""Makes known what the speaker has done or is about to do."""

force_ask: Final = URIRef("https://w3id.org/newskg/ontology#force-ask")
"""Puts a question."""

force_assert: Final = URIRef("https://w3id.org/newskg/ontology#force-assert")
"""Says that something is the case."""

force_call_on: Final = URIRef("https://w3id.org/newskg/ontology#force-call_on")
"""Wants somebody to act, and says so without pressing: calls, urges, appeals."""

force_cannot_confirm: Final = URIRef("https://w3id.org/newskg/ontology#force-cannot_confirm")
"""Says that the speaker can neither confirm nor deny."""

force_characterize: Final = URIRef("https://w3id.org/newskg/ontology#force-characterize")
"""Says as what something or somebody is to be seen: calls or describes it so."""

force_comment: Final = URIRef("https://w3id.org/newskg/ontology#force-comment")
"""Speaks on something, and the article does not tell in which sense."""

force_concede: Final = URIRef("https://w3id.org/newskg/ontology#force-concede")
"""Admits what speaks against the speaker, or gives way in words."""

force_condemn: Final = URIRef("https://w3id.org/newskg/ontology#force-condemn")
"""Declares a deed to be wholly unacceptable."""

force_confirm: Final = URIRef("https://w3id.org/newskg/ontology#force-confirm")
"""Says that what others say is the case."""

force_criticize: Final = URIRef("https://w3id.org/newskg/ontology#force-criticize")
"""Finds fault with a deed, a stance or somebody."""

force_demand: Final = URIRef("https://w3id.org/newskg/ontology#force-demand")
"""Wants somebody to act, and claims a right to it."""

force_deny: Final = URIRef("https://w3id.org/newskg/ontology#force-deny")
"""Says that what others say is not the case."""

force_deny_knowledge: Final = URIRef("https://w3id.org/newskg/ontology#force-deny_knowledge")
"""Says that the speaker does not know of it; not that it is untrue."""

force_express_concern: Final = URIRef("https://w3id.org/newskg/ontology#force-express_concern")
"""Says that something worries or alarms the speaker."""

force_hope: Final = URIRef("https://w3id.org/newskg/ontology#force-hope")
"""Says that the speaker wishes or expects something good."""

force_offer: Final = URIRef("https://w3id.org/newskg/ontology#force-offer")
"""Says that the speaker would do something if others want it."""

force_praise: Final = URIRef("https://w3id.org/newskg/ontology#force-praise")
"""Speaks well of somebody or of a deed."""

force_predict: Final = URIRef("https://w3id.org/newskg/ontology#force-predict")
"""Says that something will be the case."""

force_promise: Final = URIRef("https://w3id.org/newskg/ontology#force-promise")
"""Binds the speaker to do something, or says that it is ready to."""

force_propose: Final = URIRef("https://w3id.org/newskg/ontology#force-propose")
"""Puts a course of action forward for others to take up."""

force_regret: Final = URIRef("https://w3id.org/newskg/ontology#force-regret")
"""Says that the speaker is sorry for or about something."""

force_reject: Final = URIRef("https://w3id.org/newskg/ontology#force-reject")
"""Refuses a demand, proposal, plan or view."""

force_support: Final = URIRef("https://w3id.org/newskg/ontology#force-support")
"""Takes the side of somebody or of a cause."""

force_thank: Final = URIRef("https://w3id.org/newskg/ontology#force-thank")
"""Expresses gratitude."""

force_threaten: Final = URIRef("https://w3id.org/newskg/ontology#force-threaten")
"""Says that the speaker will do harm unless its will is done."""

force_warn: Final = URIRef("https://w3id.org/newskg/ontology#force-warn")
"""Says that something bad may come, not by the speaker's hand."""

force_welcome: Final = URIRef("https://w3id.org/newskg/ontology#force-welcome")
"""Says that a deed or turn of events pleases the speaker."""

mention_metonym: Final = URIRef("https://w3id.org/newskg/ontology#mention-metonym")
"""The name of a capital or seat that stands for those who govern from there."""

mention_name: Final = URIRef("https://w3id.org/newskg/ontology#mention-name")
"""A proper name, a part of one, or a demonym."""

mention_nominal: Final = URIRef("https://w3id.org/newskg/ontology#mention-nominal")
"""A description: "the spokesman", "the ministry", "these documents"."""

mention_pronoun: Final = URIRef("https://w3id.org/newskg/ontology#mention-pronoun")
"""A personal or possessive pronoun."""

modality_actual: Final = URIRef("https://w3id.org/newskg/ontology#modality-actual")
"""Presented as the case, now or in the past."""

modality_called_for: Final = URIRef("https://w3id.org/newskg/ontology#modality-called_for")
"""Presented as something that should or must be."""

modality_conditional: Final = URIRef("https://w3id.org/newskg/ontology#modality-conditional")
"""Presented as the case if something else is."""

modality_future: Final = URIRef("https://w3id.org/newskg/ontology#modality-future")
"""Presented as still to come, planned or intended."""

modality_possible: Final = URIRef("https://w3id.org/newskg/ontology#modality-possible")
"""Presented as something that may be."""

modality_unconfirmed: Final = URIRef("https://w3id.org/newskg/ontology#modality-unconfirmed")
"""Presented as neither confirmed nor denied."""

participation_guarantor: Final = URIRef("https://w3id.org/newskg/ontology#participation-guarantor")
"""Answers for its being kept."""

participation_mediator: Final = URIRef("https://w3id.org/newskg/ontology#participation-mediator")
"""Brings or brought the parties together."""

participation_party: Final = URIRef("https://w3id.org/newskg/ontology#participation-party")
"""Is, or is to be, bound by it."""

participation_signatory: Final = URIRef("https://w3id.org/newskg/ontology#participation-signatory")
"""Put its name to it, in whatever quality."""

participation_witness: Final = URIRef("https://w3id.org/newskg/ontology#participation-witness")
"""Was present and attests it."""

polarity_negative: Final = URIRef("https://w3id.org/newskg/ontology#polarity-negative")
"""Put as not so: negated or denied."""

polarity_positive: Final = URIRef("https://w3id.org/newskg/ontology#polarity-positive")
"""Put as so."""

statement_direct: Final = URIRef("https://w3id.org/newskg/ontology#statement-direct")
"""The words stand in quotation marks, and nothing else is content."""

statement_indirect: Final = URIRef("https://w3id.org/newskg/ontology#statement-indirect")
"""The article phrases what was said."""

statement_mixed: Final = URIRef("https://w3id.org/newskg/ontology#statement-mixed")
"""Words in quotation marks inside a sentence that the article phrases."""

status_adopted: Final = URIRef("https://w3id.org/newskg/ontology#status-adopted")
"""A body has passed it or the parties have issued it."""

status_agreed: Final = URIRef("https://w3id.org/newskg/ontology#status-agreed")
"""The parties have reached it."""

status_compliance_called_for: Final = URIRef(
    "https://w3id.org/newskg/ontology#status-compliance_called_for"
)
"""Somebody wants it to be kept or carried out."""

status_denied: Final = URIRef("https://w3id.org/newskg/ontology#status-denied")
"""Somebody says that there is no such agreement, or refuses it."""

status_ended: Final = URIRef("https://w3id.org/newskg/ontology#status-ended")
"""It was terminated, denounced or replaced."""

status_in_force: Final = URIRef("https://w3id.org/newskg/ontology#status-in_force")
"""It applies."""

status_invoked: Final = URIRef("https://w3id.org/newskg/ontology#status-invoked")
"""Somebody relies on it; whether it still applies is left open."""

status_lapsed: Final = URIRef("https://w3id.org/newskg/ontology#status-lapsed")
"""It is no longer carried out, though nobody ended it."""

status_possible: Final = URIRef("https://w3id.org/newskg/ontology#status-possible")
"""It may come about."""

status_proposed: Final = URIRef("https://w3id.org/newskg/ontology#status-proposed")
"""Somebody has put it forward."""

status_signed: Final = URIRef("https://w3id.org/newskg/ontology#status-signed")
"""It bears signatures."""

status_sought: Final = URIRef("https://w3id.org/newskg/ontology#status-sought")
"""Somebody wants it or works for it; there is no text yet."""

status_suspended: Final = URIRef("https://w3id.org/newskg/ontology#status-suspended")
"""A party, or all, have stopped applying it for the time being."""

status_under_negotiation: Final = URIRef(
    "https://w3id.org/newskg/ontology#status-under_negotiation"
)
"""The parties talk about it."""

status_violated: Final = URIRef("https://w3id.org/newskg/ontology#status-violated")
"""Somebody has broken it."""
