"""Whatever the format: what is found is a slice of the text that `isnad articles show` prints."""

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx

from index.building import Report
from index.storage.library import Library
from index.text.visual_order import read_line
from tests.index.formats.documents import epub, pdf, right_aligned, write, zipped

SENTENCE = "بلغ محصول الزيتون في الولاية رقم {} هذا الموسم 340 ألف طن."
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="a" href="text/a.html" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>"""
ITEM = "<item><guid>1</guid><description>&lt;p&gt;{}&lt;/p&gt;</description></item>"
RSS = f'<rss version="2.0"><channel>{ITEM}</channel></rss>'


def word(text: str) -> bytes:
    document, packed = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(packed)
    return packed.getvalue()


def test_each_format_is_quoted_by_exact_words(tmp_path: Path, add: Callable[..., Report]) -> None:
    content: dict[str, Callable[[str], str | bytes]] = {
        "a.txt": lambda text: text.replace("340 ألف", "340&nbsp;ألف").encode("cp1256"),
        "b.md": lambda text: f"---\ntitle: خبر\n---\n> {text.replace('340', '**340**')}",
        "c.json": lambda text: f'[{{"body": "{text}"}}]',
        "d.jsonl": lambda text: f'{{"content": "<p>{text}</p>"}}',
        "e.csv": lambda text: f"id;النص\n1;{text}",
        "f.tsv": lambda text: f"id\ttext\n1\t{text}",
        "g.html": lambda text: f"<html><body><article><p>{text}</p></article></body></html>",
        "h.pdf": lambda text: pdf([right_aligned([read_line(text)])]),
        "i.docx": word,
        "j.epub": lambda text: epub(OPF, {"a.html": f"<p>{text}</p>"}),
        "k.rss": RSS.format,
        "l.zip": lambda text: zipped({"in/a.txt": text}),
    }
    for number, (name, made) in enumerate(content.items()):
        write(tmp_path / "articles" / name, made(SENTENCE.format(number)))
    report = add(tmp_path / "articles")
    assert (report.new, report.failed) == (len(content), 0)
    with closing(Library.open(tmp_path / "store")) as library:
        passages = [passage for batch, _ in library.batches(100) for passage in batch]
        for passage in passages:
            article = library.article(passage.article.id)
            assert article is not None
            assert article.text[passage.start : passage.end] == passage.text
        assert {p.text.replace("\xa0", " ") for p in passages} == {SENTENCE.format(n) for n in range(len(content))}
