"""Documents, candidates and requirements for tests."""

import hashlib

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from tillitsrom.people.models import Level
from tillitsrom.people.tests.factories import OrganisationFactory
from tillitsrom.register.models import Candidate, Document, Requirement

SENTENCE = "Direktoratet skal rapportere om bruken av midlene."
TEXT = f"# Tildelingsbrev\n\nDirektoratet skal levere en plan. {SENTENCE}\n"


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    title = Sequence(lambda n: f"Tildelingsbrev {n}")
    year = 2026
    imposing_body = SubFactory(
        OrganisationFactory, name=Sequence(lambda n: f"Departement {n}"), level=Level.MINISTRY
    )
    addressee = SubFactory(OrganisationFactory)
    status = Document.Status.IN_REVIEW
    file_name = "brev.md"
    file_digest = Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    file_size = 100
    source_kind = "md"
    text = TEXT


class CandidateFactory(DjangoModelFactory[Candidate]):
    class Meta:
        model = Candidate

    document = SubFactory(DocumentFactory)
    start = TEXT.index("Direktoratet skal levere")
    end = TEXT.index(" Direktoratet skal rapportere")
    quote = LazyAttribute(lambda c: c.document.text[c.start : c.end])
    requirement_class = "assignment"
    rule = "modal"
    confidence = 0.96


class RequirementFactory(DjangoModelFactory[Requirement]):
    class Meta:
        model = Requirement

    document = SubFactory(DocumentFactory, status=Document.Status.PUBLISHED)
    imposing_body = SelfAttribute("document.imposing_body")
    addressee = SelfAttribute("document.addressee")
    level = SelfAttribute("document.imposing_body.level")
    year = SelfAttribute("document.year")
    start = 18
    end = 51
    quote = "Direktoratet skal levere en plan."
    text = SelfAttribute("quote")
    requirement_class = "assignment"
    is_public = True
