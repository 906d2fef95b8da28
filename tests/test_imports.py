"""What import-linter (pyproject.toml) does not tell: vendors behind one file each, what a command imports, sizes."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = [path for folder in ("index", "assistant", "eval") for path in (ROOT / folder).rglob("*.py")]
OURS = ("index", "assistant", "eval")
VENDORS = {
    "chromadb": {"index.storage.vectors"},
    "tantivy": {"index.storage.terms"},
    "sqlite3": {"index.storage.database", "eval.benchmarks.striking"},
    "sentence_transformers": {"index.embedding"},
    "onnx": {"assistant.training.export"},
    "transformers": {
        "index.hub",
        "assistant.pair_models.hub",
        "assistant.extractive.reader",
        "assistant.generation.llms",
        "assistant.verification.entailment",
    },
    "onnxruntime": {"assistant.pair_models.own", "assistant.training.export"},
    "tokenizers": {"assistant.pair_models.layout"},
    "trafilatura": {"index.formats.html"},
    "pdfminer": {"index.formats.pdf"},
    "docx": {"index.formats.word", "assistant.chat.export.word"},
    "feedparser": {"index.formats.feeds"},
    "defusedxml": {"index.formats.epub"},
    "markdown_it": {"index.formats.markdown"},
    "yaml": {"index.formats.front_matter"},
    "charset_normalizer": {"index.formats.encoding"},
    "lxml": {"index.text.markup"},
    "httpcore": {"index.intake.fetching"},
    "ray": {"index.intake.on_ray"},
    "llama_index": {"assistant.generation.llms", "index.llama_index_retriever"},
    "gradio": {"assistant.chat"},
    "mcp": {"assistant.serve.tools"},
    "bidi": {"assistant.cli.screen.bidi"},
}
LONGEST_CHAIN = 10  # commands, one group of them, the composition root, then the answerer down to its values
"""Modules of `assistant` that import one another in a row, imports inside functions and for types counted."""
LONGEST_FILE, MOST_FILES = 300, 15
"""Lines of a file, Python files of a package."""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, *, top_level: bool = False) -> Iterator[str]:
    """The modules, and what is taken from them, that a file imports; for types alone too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: relative imports would hide from these rules"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_assistant_imports_eval_and_servers_only_inside_commands() -> None:
    for path in FILES:
        if module_of(path).startswith("assistant") and not {"chat", "serve"} & {*path.parts}:
            served = ("eval", "assistant.chat", "assistant.serve")
            early = [i for i in imports(path, top_level=True) if i.startswith(served)]
            assert early == [], path


def test_each_vendor_stays_behind_its_file() -> None:
    for path in FILES:
        for imported in imports(path):
            homes = VENDORS.get(imported.split(".")[0])
            assert homes is None or any(module_of(path).startswith(home) for home in homes), (path, imported)


def test_the_offer_to_llama_index_is_imported_by_its_users_alone() -> None:
    assert [str(path) for path in FILES if "index.llama_index_retriever" in imports(path)] == []


def test_no_chain_of_imports_inside_the_assistant_is_long() -> None:
    known = {module_of(path): path for path in FILES if path.is_relative_to(ROOT / "assistant")}
    chains: dict[str, tuple[str, ...]] = {}

    def chain(module: str) -> tuple[str, ...]:
        if module not in chains:
            below = (chain(name) for name in sorted({*imports(known[module])} & {*known} - {module}))
            chains[module] = (module, *max(below, key=len, default=()))
        return chains[module]

    longest = max(map(chain, known), key=len)
    assert len(longest) <= LONGEST_CHAIN, " → ".join(longest)


def test_rooms_stay_small() -> None:
    assert [str(p) for p in FILES if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE] == []
    assert [str(f) for f in {path.parent for path in FILES} if len([*f.glob("*.py")]) > MOST_FILES] == []


def test_each_package_says_in_three_lines_what_it_is_and_may_import_and_holds_no_code() -> None:
    for path in (path for path in FILES if path.name == "__init__.py"):
        text, own = path.read_text(encoding="utf-8"), module_of(path)
        (docstring,) = ast.parse(text).body
        assert isinstance(docstring, ast.Expr) and len(text.splitlines()) <= 3, path
        _, _, named = text.partition("May import ")
        allowed = [own, *named.removesuffix('."""\n').replace(" and ", ", ").split(", ")]
        for file in path.parent.glob("*.py"):
            ours = [name for name in imports(file) if name.split(".")[0] in OURS and "." in name]
            assert [name for name in ours if not any(f"{name}.".startswith(f"{a}.") for a in allowed)] == [], file


def imported(names: list[str], *arguments: str) -> list[str]:
    """Which of the modules a run of the command line imports."""
    code = (
        f"import sys; sys.argv = {['isnad', *arguments]!r}\n"
        "from assistant.cli.commands import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([m for m in {names!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return list(ast.literal_eval(done.stdout.splitlines()[-1]))


HEAVY = ["torch", "gradio", "llama_index", "sentence_transformers", "sklearn", "scipy"]


def test_help_imports_nothing_heavy() -> None:
    assert imported([*HEAVY, "chromadb", "numpy"], "--help") == []


def test_cold_ask_imports_no_model_library(seeds_store: Path) -> None:
    readers = ["trafilatura", "lxml", "pdfminer", "docx", "feedparser", "markdown_it", "dateparser"]
    named = [*HEAVY, *readers, "chromadb"]
    assert imported(named, "ask", "من هو مارك روته؟", "--store", str(seeds_store)) == ["chromadb"]
