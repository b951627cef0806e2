"""The register's part of the API: the same gates, filters and actions as the pages."""

from .candidates import router as candidates
from .documents import router as documents
from .requirements import deadlines
from .requirements import router as requirements

__all__ = ["candidates", "deadlines", "documents", "requirements"]
