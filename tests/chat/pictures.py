"""`python -m tests.chat.pictures`: README's pictures in `docs/`, from what the browser tests left in `screenshots/`."""

from pathlib import Path

from PIL import Image

from tests.chat.browsing import SHOTS

DOCS = Path(__file__).resolve().parents[2] / "docs"
WIDTHS = {"answer-ar-light-wide": 820, "reader-ar-light-wide": 800, "library-ar-dark-phone": 300}
"""Pixels, by the picture's name in `screenshots/`."""
COLOURS = 36
"""Enough for letters on a plain ground, and a third of the bytes."""
MOST_BYTES = 60_000


def main() -> None:
    """Writes them; AssertionError where one is too large to be cloned by everybody."""
    DOCS.mkdir(exist_ok=True)
    for name, width in WIDTHS.items():
        whole = Image.open(SHOTS / f"{name}.png").convert("RGB")
        small = whole.resize((width, round(whole.height * width / whole.width)), Image.Resampling.LANCZOS)
        file = DOCS / f"{name.partition('-')[0]}.png"
        small.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=4, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
        assert file.stat().st_size <= MOST_BYTES, f"{file}: {file.stat().st_size} bytes"
        print(f"{file.relative_to(DOCS.parent)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
