"""Links the words of one article to actors: names, nominals and titles, what refers back."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extraction.board import Board
from kg.extraction.naming import Names
from kg.extraction.nominals import Nominals
from kg.extraction.offices import Offices
from kg.extraction.reference import References
from kg.records import Actor, Place
from kg.resolve.gazetteer import Gazetteer


def linked(doc: Doc, gazetteer: Gazetteer) -> tuple[list[Actor], list[Place]]:
    """The actors and places of a tagged and parsed Doc, with their mentions."""
    board = Board(doc, gazetteer)
    names, offices = Names(board), Offices(board)
    names.read()
    Nominals(board).read()
    names.unlisted.abbreviations()
    offices.read()
    names.mention()
    References(board, offices).resolve()
    return board.cast.finished()
