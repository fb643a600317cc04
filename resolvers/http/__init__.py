"""The endpoint /graphql and the page of GraphiQL.

Lends the endpoint, the answer with the page, and the text of the schema.
"""

from resolvers.http.api import GraphApi, print_schema
from resolvers.http.page import page_response

__all__ = ["GraphApi", "page_response", "print_schema"]
