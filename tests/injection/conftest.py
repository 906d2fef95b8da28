"""The hostile articles as the reader gives them, and both answerers; made once for all cases."""

import pytest

from assistant.extractive.answerer import ExtractiveAnswerer
from index.static import load_background
from index.types import Article
from tests.injection.corpus import read_articles
from tests.injection.obeying import Obeying


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    return read_articles(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def extractive() -> ExtractiveAnswerer:
    encoder = load_background()
    return ExtractiveAnswerer(encoder.rarity, encoder)


@pytest.fixture(scope="session")
def model() -> Obeying:
    return Obeying()
