"""Papers for customers: contracts with the table of costs, statements and payoff quotes as PDF, in both languages."""

from tandem.act.papers.account_papers import payoff_paper, statement_paper
from tandem.act.papers.contract import Signed, contract_paper
from tandem.act.papers.desk import PaperDesk
from tandem.act.papers.lender import Lender, lender_of
from tandem.act.papers.speaking import LANGUAGES, words_of
from tandem.act.papers.types import Block, Heading, Items, Pairs, Paper, Paragraph, Person, Table
from tandem.act.papers.typesetting import covered, digest_of, typeset

__all__ = [
    "LANGUAGES",
    "Block",
    "Heading",
    "Items",
    "Lender",
    "Pairs",
    "Paper",
    "PaperDesk",
    "Paragraph",
    "Person",
    "Signed",
    "Table",
    "contract_paper",
    "covered",
    "digest_of",
    "lender_of",
    "payoff_paper",
    "statement_paper",
    "typeset",
    "words_of",
]
