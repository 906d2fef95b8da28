"""The page that describes the API: plain HTML made from its OpenAPI, without scripts and without outside requests."""

import json
from html import escape
from typing import Any

ABOUT = (
    "Cited answers from a library of Arabic news, for any client of OpenAI's API: set its base URL to this server's "
    "address with /v1 behind it, the model to `isnad`, and the key to anything, or to the password if one is asked for."
)
EXAMPLE = {
    "id": "chatcmpl-…",
    "object": "chat.completion",
    "model": "isnad",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": "صادق مجلس الدوما الروسي يوم الخميس، … [1]\n\nالمصادر:\n\n[1] … — وزارة الخارجية: «…»",
            },
            "finish_reason": "stop",
        }
    ],
    "isnad": {
        "abstained": False,
        "sentences": [{"text": "…", "citations": [1], "support": "full"}],
        "citations": [
            {"n": 1, "article_id": "6bdf25247baaa3f3", "start": 0, "end": 120, "quote": "صادق مجلس الدوما …"}
        ],
        "nearest": [],
        "conflicts": [],
        "confidence": 0.945,
    },
}
ANSWERED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; with `stream`, as events in the shape of `chat.completion.chunk`, the last with a "
        "choice holding `isnad`. Words are sent once they are checked.",
        "content": {"application/json": {"example": EXAMPLE}},
    },
}
_STYLE = """
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1d2326;
       background: #fbfaf7 }
h2 { font-size: 1.1rem; margin: 2.5rem 0 0 } h2 b { color: #0b5c57 } code, pre { font-family: monospace }
pre { background: #f0eee7; padding: .75rem; overflow-x: auto; border-radius: .4rem } table { border-collapse: collapse }
td, th { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0 }
@media (prefers-color-scheme: dark) { body { color: #e6e4de; background: #14171a } pre { background: #20262a }
  h2 b { color: #6cc5bd } a { color: #6cc5bd } }
"""


def described(api: dict[str, Any]) -> str:
    """The page of an OpenAPI description."""
    calls = [_call(path, method, call, api) for path, calls in api["paths"].items() for method, call in calls.items()]
    info = api["info"]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(info['title'])}</title><style>{_STYLE}</style><h1>{escape(info['title'])}</h1>"
        f"<p>{escape(info['description'])} The same for programs: <a href='openapi.json'>openapi.json</a>. "
        f"Failures are <code>{{&quot;error&quot;: {{&quot;message&quot;, &quot;type&quot;, &quot;param&quot;, "
        f"&quot;code&quot;}}}}</code> with the status that fits.</p>{''.join(calls)}</html>"
    )


def _call(path: str, method: str, call: dict[str, Any], api: dict[str, Any]) -> str:
    """One call: what it takes, what it does, and an example of each where there is one."""
    fields = [
        (p["name"], p["schema"], p.get("required", False), p.get("description")) for p in call.get("parameters", [])
    ]
    asked = ""
    if "requestBody" in call:
        reference = call["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = api["components"]["schemas"][reference.rpartition("/")[2]]
        required = schema.get("required", [])
        fields += [(n, s, n in required, s.get("description")) for n, s in schema["properties"].items()]
        asked = _json("Asked", schema.get("example"))
    rows = "".join(
        f"<tr><th><code>{escape(name)}</code><td>{escape(_type(schema))}{'' if required else ', optional'}"
        f"<td>{escape(told or '')}"
        for name, schema, required, told in fields
    )
    answered = call["responses"].get("200", {})
    example = answered.get("content", {}).get("application/json", {}).get("example")
    return (
        f"<h2><b>{method.upper()}</b> <code>{escape(path)}</code> {escape(call['summary'])}</h2>"
        f"<p>{escape(call.get('description', ''))}</p>{f'<table>{rows}</table>' if rows else ''}"
        f"{asked}{_json('Answered', example)}"
    )


def _type(schema: dict[str, Any]) -> str:
    """A short name of what a field takes."""
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    return str(schema.get("const", schema.get("type", "any")))


def _json(title: str, example: Any) -> str:
    return f"<p>{title}:</p><pre>{escape(json.dumps(example, ensure_ascii=False, indent=1))}</pre>" if example else ""
