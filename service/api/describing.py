"""`/api/v1/openapi.json`: every call described for programs (OpenAPI 3.1).

Addresses, methods and what they ask for come from the application itself, what is sent from the
entries of the intake; written down here is only what neither of them says.
"""

import re
from collections.abc import Mapping
from importlib import metadata
from typing import Any, Final

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from doc_templates.kinds import DocumentKind
from doc_templates.pdf import Engine
from records.documents import DocumentState
from records.nominations import NominationState
from service import guarding
from service.api.requests import DOCX
from service.intake.certificates import CertificateList
from service.intake.documents import CancelEntry, DraftEntry, IssueEntry
from service.intake.movement import ContributionEntry, RulingEntry
from service.intake.nominations import NominationEntry
from service.intake.papers import PaperEntry
from service.intake.past_awards import PastAwardEntry
from service.problems import PROBLEM_JSON

blueprint = Blueprint("api_describing", __name__, url_prefix="/api/v1")
_PREFIX: Final = "/api/v1"
_ARGUMENT: Final = re.compile(r"<(?:(?P<type>[a-z]+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
_PDF: Final = "application/pdf"
_ENTRIES: Final = (
    CancelEntry,
    CertificateList,
    ContributionEntry,
    DraftEntry,
    IssueEntry,
    NominationEntry,
    PaperEntry,
    PastAwardEntry,
    RulingEntry,
)
_TEXT: Final = {"type": "string"}
_ID: Final = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}


def _of(entry: type[BaseModel]) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{entry.__name__}"}


def _fields(needed: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": properties}
    return {**made, "required": list(needed)} if needed else made


#: What is sent, by call. A call that is not here is sent nothing.
_SENT: Final[Mapping[str, dict[str, Any]]] = {
    "api_documents.draft": {
        "allOf": [
            {
                **_fields(
                    ("body", "paper"),
                    **{name: {} for name in DraftEntry.model_fields},
                    issue={"oneOf": [{"type": "boolean"}, _of(IssueEntry)]},
                    dry_run={"type": "boolean"},
                ),
                "description": "The fields of DraftEntry, and whether to number it at once.",
            }
        ]
    },
    "api_documents.issue": _of(IssueEntry),
    "api_documents.cancel": _of(CancelEntry),
    "api_nominations.nominate": {
        "oneOf": [
            _of(NominationEntry),
            _fields(
                ("nominations",),
                nominations={"type": "array", "items": _of(NominationEntry), "maxItems": 1000},
                dossier=_TEXT,
            ),
        ]
    },
    "api_nominations.agree": _fields(despite=_TEXT),
    "api_movement.rule": _of(RulingEntry),
    "api_movement.record": _of(ContributionEntry),
    "api_golden_book.enter": _fields(
        ("reason", "awards"),
        reason=_TEXT,
        awards={"type": "array", "items": _of(PastAwardEntry), "minItems": 1, "maxItems": 1000},
    ),
    "api_golden_book.strike": _of(CancelEntry),
    "api_render.render": _of(PaperEntry),
    "api_certificates.of_list": _of(CertificateList),
    "api_certificates.fit_of_list": _of(CertificateList),
    "api_printing.print_together": _fields(
        ("documents",), documents={"type": "array", "items": _ID, "minItems": 1, "maxItems": 500}
    ),
}
_WORD_FILES: Final = frozenset({"api_checking.check", "api_printing.pdf"})
_WITH_KEY: Final = frozenset(
    {"api_documents.draft", "api_documents.issue", "api_nominations.nominate"}
)
_WITH_EDITION: Final = frozenset({"api_documents.issue", "api_documents.cancel"})
_CREATES: Final = frozenset(
    {
        "api_documents.draft",
        "api_nominations.nominate",
        "api_movement.rule",
        "api_movement.record",
        "api_golden_book.enter",
    }
)
#: What is answered where it is no JSON.
_FILES: Final[Mapping[str, str]] = {
    "api_documents.docx": DOCX,
    "api_render.render": DOCX,
    "api_printing.document_pdf": _PDF,
    "api_printing.dossier_pdf": _PDF,
    "api_printing.pdf": _PDF,
    "api_printing.print_together": _PDF,
    "api_printing.page_picture": "image/png",
    "api_certificates.of_decision": _PDF,
    "api_certificates.of_list": _PDF,
}
_PAGES: Final[dict[str, dict[str, Any]]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    "cursor": {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"},
}
_FINISH: Final[dict[str, dict[str, Any]]] = {
    "engine": {"enum": [engine.value for engine in Engine]},
    "archive": {"enum": ["0", "1"]},
    "fields": {"enum": ["0", "1"]},
}
_MODE: Final[dict[str, dict[str, Any]]] = {"mode": {"enum": ["full", "overprint"]}}
_QUERIES: Final[Mapping[str, Mapping[str, dict[str, Any]]]] = {
    "api_listing.list_documents": {
        "body": _TEXT,
        "kind": {"enum": [kind.value for kind in DocumentKind]},
        "state": {"enum": [state.value for state in DocumentState]},
        "dossier": _ID,
        **_PAGES,
    },
    "api_listing.list_dossiers": {"body": _TEXT, **_PAGES},
    "api_listing.list_nominations": {
        "body": _TEXT,
        "state": {"enum": [state.value for state in NominationState]},
        "text": {"type": "string", "maxLength": 200},
        **_PAGES,
    },
    "api_listing.show_register": {"series": _TEXT, "page": _ID},
    "api_golden_book.show": {
        "name": _TEXT,
        "year": {"type": "integer", "minimum": 1945, "maximum": 2999},
        "page": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    },
    "api_movement.show_status": {"on": {"type": "string", "examples": ["30/3/2023"]}},
    "api_checking.check": {"kind": {"enum": [kind.value for kind in DocumentKind]}},
    "api_printing.document_pdf": _FINISH,
    "api_printing.pdf": _FINISH,
    "api_printing.page_picture": {"width": {"type": "integer"}},
    "api_certificates.of_decision": _MODE,
    "api_certificates.of_list": _MODE,
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; docs/glossary.md, 8."},
        "detail": {"type": "string", "description": "A sentence; see Content-Language."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": _TEXT,
                    "code": _TEXT,
                    "message": {"type": "string", "description": "A Vietnamese sentence."},
                    "message_en": {
                        "type": "string",
                        "description": "The kind of the fault in English, to Accept-Language: en.",
                    },
                },
            },
        },
    },
}
#: What any call may answer beside what it is for.
_REFUSALS: Final = {
    "400": "The request cannot be read.",
    "401": "No key, or one that opens nothing.",
    "403": "The key may not do this.",
    "404": "Not there, or not yours.",
    "409": "Against what is written.",
    "412": "Changed since it was read (`If-Match`).",
    "413": "Larger than 8 MB.",
    "415": "Not JSON where JSON is asked for.",
    "422": "Faults in what was sent; all are listed.",
    "429": "More calls than the key may make; `Retry-After` says when to come again.",
    "503": "The database or the engine is away or busy; `Retry-After` says when to come again.",
}


@blueprint.get("/openapi.json")
def show() -> ResponseReturnValue:
    """Describe every call for programs."""
    return jsonify(describe(current_app))


def describe(app: Flask) -> dict[str, Any]:
    """Describe the calls of an application, in the order of their addresses."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, str(rule.methods))):
        if not rule.rule.startswith(_PREFIX):
            continue
        address = _ARGUMENT.sub(lambda found: f"{{{found['name']}}}", rule.rule)
        (method,) = (rule.methods or set()) & {"GET", "POST"}
        paths.setdefault(address, {})[method.lower()] = _operation(app, rule, method)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "trinhky",
            "version": metadata.version("trinhky"),
            "description": "Papers of an office: drafted, numbered, frozen. See docs/api.md.",
        },
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {**_schemas(), "Problem": _PROBLEM},
        },
    }


def _schemas() -> dict[str, Any]:
    _, made = models_json_schema(
        [(entry, "validation") for entry in _ENTRIES],
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Any] = made["$defs"]
    return found


def _operation(app: Flask, rule: Rule, method: str) -> dict[str, Any]:
    endpoint = rule.endpoint
    told = (app.view_functions[endpoint].__doc__ or "").strip().split("\n\n", 1)
    made: dict[str, Any] = {
        "operationId": endpoint.removeprefix("api_").replace(".", "_"),
        "summary": " ".join(told[0].split()),
        "tags": [endpoint.partition(".")[0].removeprefix("api_")],
        "x-asks-for": guarding.asked_of(endpoint, method).value,
        "parameters": [*_path_parameters(rule), *_query_parameters(endpoint)],
        "responses": _responses(endpoint),
    }
    if endpoint in _SENT:
        content: dict[str, Any] = {"application/json": {"schema": _SENT[endpoint]}}
        made["requestBody"] = {"required": endpoint not in _MAY_BE_EMPTY, "content": content}
    elif endpoint in _WORD_FILES:
        made["requestBody"] = {
            "required": True,
            "content": {DOCX: {"schema": {"type": "string", "format": "binary"}}},
        }
    if endpoint in guarding.PUBLIC:
        made["security"] = []
    return made


_MAY_BE_EMPTY: Final = frozenset({"api_documents.issue", "api_nominations.agree"})


def _path_parameters(rule: Rule) -> list[dict[str, Any]]:
    return [
        {
            "name": found["name"],
            "in": "path",
            "required": True,
            "schema": _ID if found["type"] == "int" else _TEXT,
        }
        for found in _ARGUMENT.finditer(rule.rule)
    ]


def _query_parameters(endpoint: str) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in _QUERIES.get(endpoint, {}).items()
    ]
    if endpoint in _WITH_KEY:
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "minLength": 1, "maxLength": 64},
            }
        )
    if endpoint in _WITH_EDITION:
        found.append({"name": "If-Match", "in": "header", "required": False, "schema": _TEXT})
    return found


def _responses(endpoint: str) -> dict[str, Any]:
    kind = _FILES.get(endpoint, "application/json")
    schema = {"type": "string", "format": "binary"} if endpoint in _FILES else {"type": "object"}
    good = {"description": "Done.", "content": {kind: {"schema": schema}}}
    made: dict[str, Any] = {"200": good}
    if endpoint in _CREATES:
        made["201"] = {**good, "description": "Kept."}
    problem = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return made | {
        status: {"description": text, "content": problem} for status, text in _REFUSALS.items()
    }
