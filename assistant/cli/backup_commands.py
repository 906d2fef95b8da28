"""`isnad backup` and `isnad restore`: the whole library as one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Store


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")], store: Store = None
) -> None:
    """Write the whole library into one file; others may ask and index meanwhile."""
    from assistant.settings import read_settings
    from index.storage.backup import back_up

    typer.echo(f"articles: {back_up(read_settings(store=store).folder, file)} in {file}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `isnad backup` made.")], store: Store = None
) -> None:
    """Make the library of a backup, where there is none yet."""
    from assistant.settings import read_settings
    from index.storage import backup

    settings = read_settings(store=store)
    articles = backup.restore(file, settings.folder, settings.chroma)
    typer.echo(f"articles: {articles} restored into {settings.folder}")
