"""The import rule of the design: index ← assistant ← eval, vendors behind one file each, heavy imports in builders."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = [path for folder in ("index", "assistant", "eval") for path in (ROOT / folder).rglob("*.py")]
OURS = ("index", "assistant", "eval")
RUNNERS = {
    "app",
    "asking",
    "batch",
    "cli",
    "cli_eval",
    "cli_options",
    "doctor",
    "explaining",
    "explaining_lines",
    "progress",
    "settings",
    "terminal",
    "training",
    "chat",
}
"""Modules of `assistant` that run it; all others answer."""
ANSWERING_MAY_USE = {
    "index.types",
    "index.arabic",
    "index.english",
    "index.errors",
    "index.hub",
    "index.matching",
    "index.stopwords",
    "index.synonyms",
}
VENDORS = {
    "chromadb": {"index.vectors"},
    "tantivy": {"index.terms"},
    "sqlite3": {"index.database"},
    "sentence_transformers": {"index.embedding"},
    "transformers": {
        "index.hub",
        "assistant.reader",
        "assistant.entailing",
        "assistant.pair_models",
        "assistant.llms",
    },
    "llama_index": {"assistant.llms", "index.llama_index_retriever"},
    "gradio": {"assistant.chat"},
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, *, top_level: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports would hide from this rule"
            assert node.module
            yield node.module
            if node.module in OURS:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_index_imports_nothing_of_ours_outside_itself() -> None:
    wrong = [
        (module_of(p), i)
        for p in FILES
        for i in imports(p)
        if module_of(p).startswith("index") and i.split(".")[0] in ("assistant", "eval")
    ]
    assert wrong == []


def test_answering_modules_know_only_types_arabic_errors_and_each_other() -> None:
    wrong = []
    for path in FILES:
        package, _, name = module_of(path).partition(".")
        if package != "assistant" or not name or name.split(".")[0] in RUNNERS:
            continue
        for imported in imports(path):
            top, _, rest = imported.partition(".")
            allowed = imported in ANSWERING_MAY_USE | {"index", "assistant"} or (
                top == "assistant" and rest.split(".")[0] not in RUNNERS
            )
            if top in OURS and not allowed:
                wrong.append((name, imported))
    assert wrong == []


def test_only_runners_and_eval_use_app() -> None:
    users = {module_of(path) for path in FILES if "assistant.app" in imports(path)}
    assert {name for name in users if not name.startswith("eval")} <= {
        "assistant.cli",
        "assistant.cli_eval",
        "assistant.asking",
        "assistant.batch",
    }


def test_assistant_imports_eval_and_chat_only_inside_commands() -> None:
    for path in FILES:
        if module_of(path).startswith("assistant") and "chat" not in path.parts:
            early = [i for i in imports(path, top_level=True) if i.startswith(("eval", "assistant.chat"))]
            assert early == [], path


def test_each_vendor_stays_behind_its_file() -> None:
    for path in FILES:
        for imported in imports(path):
            homes = VENDORS.get(imported.split(".")[0])
            assert homes is None or any(module_of(path).startswith(home) for home in homes), (path, imported)


def test_the_offer_to_llama_index_is_imported_by_its_users_alone() -> None:
    assert [str(path) for path in FILES if "index.llama_index_retriever" in imports(path)] == []


def test_package_init_files_are_empty() -> None:
    assert [
        str(path) for path in FILES if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    ] == []


def imported(names: list[str], *arguments: str) -> list[str]:
    """Which of the modules a run of the command line imports."""
    code = (
        f"import sys; sys.argv = {['isnad', *arguments]!r}\n"
        "from assistant.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([m for m in {names!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return list(ast.literal_eval(done.stdout.splitlines()[-1]))


HEAVY = ["torch", "gradio", "llama_index", "sentence_transformers", "sklearn", "scipy"]


def test_help_imports_nothing_heavy() -> None:
    assert imported([*HEAVY, "chromadb", "numpy"], "--help") == []


def test_cold_ask_imports_no_model_library(seeds_store: Path) -> None:
    assert imported([*HEAVY, "chromadb"], "ask", "من هو مارك روته؟", "--store", str(seeds_store)) == ["chromadb"]
