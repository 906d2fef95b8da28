"""What readers thought of answers, in a real library."""

from contextlib import closing

import pytest

from index.errors import InputError
from index.storage import ratings
from index.storage.library import Library
from index.storage.ratings import Rating

GOOD = Rating("good", "كم؟", "{}", "2026-01-01T10:00:00+00:00")
BAD = Rating("bad", "متى؟", "{}", "2026-01-01T11:00:00+00:00", "wrong", "التاريخ قديم")


@pytest.fixture
def library(add, tmp_path):
    (tmp_path / "a.txt").write_text("افتتح الوزير جسر النهر الكبير.\n", encoding="utf-8")
    add(tmp_path / "a.txt")
    with closing(Library.open(tmp_path / "store")) as library:
        yield library


def test_a_library_without_ratings_has_none_and_takes_them(library):
    generation = library.generation
    assert list(library.ratings.all()) == []
    library.ratings.drop("x")
    later, first = library.ratings.put(BAD), library.ratings.put(GOOD)
    assert list(library.ratings.all()) == [(first, GOOD), (later, BAD)]
    assert library.generation == generation and not library.dirty  # nobody has to index or to open it again


def test_a_rating_is_changed_and_withdrawn_by_its_id_alone(library):
    id_ = library.ratings.put(GOOD)
    assert library.ratings.put(BAD, id_) == id_ and list(library.ratings.all()) == [(id_, BAD)]
    other = library.ratings.put(GOOD, "made-up")
    assert other != "made-up"
    library.ratings.drop(id_)
    assert list(library.ratings.all()) == [(other, GOOD)]


def test_a_library_is_full_of_ratings_some_day(library, monkeypatch):
    monkeypatch.setattr(ratings, "MOST", 2)
    first = library.ratings.put(GOOD)
    library.ratings.put(GOOD)
    with pytest.raises(InputError, match="takes no more"):
        library.ratings.put(GOOD)
    assert library.ratings.put(BAD, first) == first  # one that is there may still be changed
