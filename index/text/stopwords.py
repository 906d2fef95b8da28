"""Words that carry no content."""

from collections.abc import Iterable
from functools import lru_cache

# Folded; words that carry no content in a question or a sentence. They stay in the index and are left out of coverage.
STOP_WORDS = frozenset(
    """
    ما ماذا من هل كم كيف متي اين اي ايه ايها لماذا لم لن لا ليس ليست كان كانت يكون تكون كانوا هو هي هم هما هن انا
    نحن انت هذا هذه هذان هاتان هؤلاء ذلك تلك اولئك الذي التي الذين اللذان اللتان اللواتي في علي الي عن مع بين عند
    لدي حتي منذ خلال بعد قبل ثم او ام بل لكن لكنه ان انه انها انهم اذا اذ قد لقد سوف كل بعض غير سوي كما حيث حين
    عندما بينما بما مما فيما فيه فيها به بها له لها لهم منه منها عليه عليها اليه اليها عنه عنها وما ومن وهو وهي وفي
    وعلي والي وعن ومع وان وانه وانها وكان وكانت وقد ولم ولا ولن لان لانه لانها بان بانه بانها ايضا جدا فقط نحو حول
    ضد دون تحت فوق امام وراء يا هنا هناك عدد يوجد توجد جري تم يتم بلغ كذلك عما عمن ممن لمن بمن
    بكم وبكم بماذا وبماذا علام شكون علاش ولماذا وكيف ومتي وكم واين وهل
    the a an of in on at to for from by with and or is are was were be been do does
    did has have had how many much what when where who whom which why that this these those it its as about into
    than there
    """.split()
)


@lru_cache(maxsize=1 << 16)
def is_content(word: str) -> bool:
    """Whether a folded word says what a text is about."""
    return word not in STOP_WORDS


_TELLING = frozenset(
    """
    ما لم لن لا ليس ليست ولم ولا ولن غير سوي دون بل من الي في علي عن مع بين عند حتي منذ خلال بعد قبل تحت فوق امام وراء
    ضد نحو كل بعض فقط لكن او ام وما ومن وفي وعلي والي وعن ومع
    of in on at to for from by with and or
    """.split()
)
"""Words without content by which two texts may tell different things: one denies, or says from where instead of to."""


def telling_words(words: Iterable[str]) -> tuple[str, ...]:
    """The folded words, in order, of which none may differ where two texts tell the same."""
    return tuple(word for word in words if is_content(word) or word in _TELLING)
