from django.urls import path

from .views import changes, documents, review, review_add

app_name = "documents"

urlpatterns = [
    path("", documents.document_list, name="list"),
    path("eksport.<str:kind>", documents.document_list_file, name="list_file"),
    path("ny/", documents.document_upload, name="upload"),
    path("<int:pk>/", documents.document_detail, name="detail"),
    path("<int:pk>/fremdrift/", documents.document_progress, name="progress"),
    path("<int:pk>/tekst/", documents.document_text, name="text"),
    path("<int:pk>/fil/", documents.document_original, name="file"),
    path("<int:pk>/fakta/", documents.document_edit, name="edit"),
    path("<int:pk>/steg/<slug:action>/", documents.document_advance, name="advance"),
    path("<int:pk>/endringer/", changes.document_changes, name="changes"),
    path("<int:pk>/gjennomgang/", review.review_document, name="review"),
    path("<int:pk>/gjennomgang/legg-til/", review_add.candidate_add, name="candidate_add"),
    path("<int:pk>/gjennomgang/godta-sikre/", review.accept_sure, name="accept_sure"),
    path("forslag/<int:pk>/", review.candidate_card, name="candidate"),
    path("forslag/<int:pk>/rediger/", review.candidate_edit, name="candidate_edit"),
    path("forslag/<int:pk>/del/", review.candidate_split, name="candidate_split"),
    path("forslag/<int:pk>/sla-sammen/", review.candidate_merge, name="candidate_merge"),
    path("forslag/<int:pk>/svar/<slug:action>/", review.candidate_answer, name="candidate_answer"),
]
