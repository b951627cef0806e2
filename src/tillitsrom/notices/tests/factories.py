"""Notices for tests."""

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from tillitsrom.notices.models import Notice
from tillitsrom.people.tests.factories import UserFactory


class NoticeFactory(DjangoModelFactory[Notice]):
    class Meta:
        model = Notice

    recipient = SubFactory(UserFactory)
    kind = "test.happened"
    subject_type = "people.organisation"
    subject_id = "1"
    url = "/virksomheter/1/"
    data = {"name": "Fjordvik"}
