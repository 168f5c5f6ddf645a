"""The tables of best practice."""

from pages.practice.models.page import Kind, PracticeIndexPage, PracticePage
from pages.practice.models.parts import PracticeEffect, PracticeOrganisation, PracticePerson
from pages.practice.models.readers import Adoption, Article, Status, Useful

__all__ = [
    "Adoption",
    "Article",
    "Kind",
    "PracticeEffect",
    "PracticeIndexPage",
    "PracticeOrganisation",
    "PracticePage",
    "PracticePerson",
    "Status",
    "Useful",
]
