"""A small share of `python -m tests.fuzzing`: mutated documents of every format, always the same ones."""

from pathlib import Path

from tests.fuzzing import fuzz, seeds


def test_no_mutated_document_raises_hangs_or_is_lost_in_silence(tmp_path: Path) -> None:
    found = fuzz(130, 7, tmp_path)
    assert found.faults == []
    assert found.inputs == 130 and set(found.by_format) == set(seeds())
    assert found.articles and found.told
