"""What a person fills in on the form of a document, and the text of the page that answers."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def posted(bodies, *files, **changed):
    values = {
        "kind": "allocation_letter",
        "year": "2026",
        "imposing_body": bodies[0].pk,
        "addressee": bodies[1].pk,
        "follows": "",
        "title": "",
        "openness": "open",
        "exempt_ground": "",
        "exempt_review_on": "",
    }
    return {**values, **changed, "documents": [SimpleUploadedFile(name, content) for name, content in files]}


def upload(client, bodies, *files, **changed):
    return client.post(reverse("documents:upload"), posted(bodies, *files, **changed))


def text_of(response) -> str:
    return str(response.content.decode())
