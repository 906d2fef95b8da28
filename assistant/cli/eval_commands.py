"""The `isnad eval` commands: each parses, calls, prints."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Llm, notice
from assistant.cli.streams import calm_json, tell

eval_app = typer.Typer(help="How right and how well cited the answers are.", invoke_without_command=True)

Facts = Annotated[Path | None, typer.Option("--facts", metavar="FILE", help="Known facts (else those of the project).")]
Store = Annotated[
    Path | None, typer.Option("--store", metavar="DIR", help="The library asked (else one of the project's briefs).")
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results are written.")]
OUT = Path("isnad-eval")


@eval_app.callback()
def evaluate(
    context: typer.Context,
    facts: Facts = None,
    out: Out = OUT,
    llm: Llm = None,
    store: Store = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask again what an earlier run into --out asked.")] = False,
    repeat: Annotated[
        int, typer.Option(min=1, metavar="N", help="Ask everything N times; report what flips. Nothing is kept.")
    ] = 1,
    price: Annotated[
        tuple[float, float] | None,
        typer.Option(metavar="READ WRITTEN", help="What a million tokens cost: the LLM's bill is told."),
    ] = None,
    controls: Annotated[
        bool, typer.Option("--controls", help="Also answers that must score low, and articles changed or taken away.")
    ] = False,
    judge: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="An entailment model (id or path) judges support, instead of words."),
    ] = None,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="X", help="Exit status 1 where Grounded-Correct's interval begins below X."),
    ] = None,
    write_readme: Annotated[
        bool, typer.Option("--write-readme", help="Also put the test split's figures into README.md.")
    ] = False,
) -> None:
    """Measure answers and citations against known facts; an interrupted run goes on where it stopped."""
    if context.invoked_subcommand is not None:
        return
    from assistant.settings import read_settings
    from eval.runs import readme
    from eval.runs.run import Plan, check_lower_bound, run_and_report

    if write_readme:
        if facts is not None or store is not None:
            raise typer.BadParameter("goes without --facts and --store", param_hint="--write-readme")
        readme.check(read_settings(llm=llm))
    plan = Plan(out, facts, store, llm, fresh, repeat, judge, controls, price)
    found = run_and_report(plan, notice)
    for line in found.lines:
        tell(line)
    if write_readme:
        typer.echo(readme.write_readme(found.report))
    if fail_under is not None:
        check_lower_bound(found.report, fail_under)


@eval_app.command("compare")
def compare_runs(
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="The folder of a run, or its report.json.")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="Another one, over the same questions.")],
    out: Out = OUT / "compare",
) -> None:
    """What differs between two runs by more than chance, and which answers changed."""
    from eval.runs.compare import compare_and_write

    for line in compare_and_write(run_a, run_b, out):
        tell(line)


@eval_app.command("draft")
def draft_facts(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE…", help="Files or folders; with --store, ids or file names in it."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the facts are written; standard output if absent.")
    ] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="DIR", help="The library of the articles.")] = None,
    from_ratings: Annotated[
        bool, typer.Option("--from-ratings", help="Not from articles: from what the chat's readers thought of answers.")
    ] = False,
) -> None:
    """Propose facts from the figures, dates and speakers of articles, or from ratings, for a person to complete."""
    if from_ratings == bool(articles):
        raise typer.BadParameter("name articles, or give --from-ratings", param_hint="ARTICLE…")
    if from_ratings:
        from assistant.settings import read_settings
        from eval.facts.rated import write_rated

        rows, told = write_rated(read_settings(store=store).folder, out)
    else:
        from eval.facts.draft import write_drafts

        rows, told = write_drafts(articles or [], store, out)
    for row in rows if out is None else ():
        typer.echo(calm_json(row))
    notice(told)


@eval_app.command("lint")
def lint_facts(facts: Facts = None, store: Store = None) -> None:
    """Check known facts against the articles they quote: the project's briefs, or the library that --store names."""
    from eval.facts.lint import lint
    from eval.facts.load import PROJECT_FACTS, load_facts, read_articles

    articles = read_articles(store)
    known = load_facts(facts or PROJECT_FACTS, articles)
    findings = lint(known, articles)
    for line in findings or [f"{len(known)} facts, no findings"]:
        tell(line)
    if findings:
        raise typer.Exit(1)


@eval_app.command("retrieval")
def measure_retrieval(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", readable=False, help="Questions on paragraphs, in SQuAD's format.")
    ],
    out: Out = OUT,
) -> None:
    """Measure how well paragraphs, and the sentences that answer, are found; each file is a library of its own."""
    from eval.benchmarks.retrieval import run_and_write

    for line in run_and_write(files, out, notice=notice):
        tell(line)
