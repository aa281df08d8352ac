"""Which JSON Schema does a file of the open data keep to?

The schemas (draft 2020-12) are made from the classes in `documents.py`. A field that may be left out is simply not
required: it is never null. Unknown fields are allowed, because later versions may add some.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from scripts.publish.documents import Head

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _NeverNull(GenerateJsonSchema):
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schema(kind: type[Head], address: str) -> dict[str, Any]:
    """The schema of one kind of file.

    Args:
        kind: the class of the file.
        address: where the schema is published; it becomes its `$id`.
    """
    made = kind.model_json_schema(schema_generator=_NeverNull)
    return {"$schema": DIALECT, "$id": address, **_plain(made)}


def _plain(node: Any) -> Any:
    """Without titles that repeat the names of fields, and without the ban on unknown fields."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    repeated = {key for key in ("title", "additionalProperties") if isinstance(node.get(key), str | bool)}
    return {key: _plain(value) for key, value in node.items() if key not in repeated}
