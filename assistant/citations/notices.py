"""What a reader should know beside an answer: of the search, of the check; in the language of the question."""

from index.text.arabic import is_arabic


def search_notices(question: str, *, undated: int, nothing_passed: bool, without_vectors: str | None) -> list[str]:
    """That filters left articles out, or that the search was half a search, and why if a reason is known."""
    if is_arabic(question):
        out = f"مقالات بلا تاريخ لم يشملها هذا البحث المحدّد بتاريخ: {undated}."
        none = "لا مقال يوافق شروط البحث."
        why, half = "تجري فهرسة الآن، أو لا يمكن الكتابة في المكتبة:", "بُحث بالكلمات وحدها."
    else:
        out = f"{undated} undated article(s) were left out of this dated search."
        none = "No article passed the filters."
        why, half = "Another process is indexing, or the store is read-only:", "searched without the vectors."
    told = (
        (nothing_passed, none),
        (undated > 0, out),
        (without_vectors is not None, f"{without_vectors or why} {half}"),
    )
    return [line for so, line in told if so]


def sought_notice(question: str) -> str:
    """That an answer came without citations, and where those come from that it is shown with."""
    if is_arabic(question):
        return "لم يشر النموذج إلى مصادر جوابه، فقوبلت جمله بالمقاطع واحدةً واحدة، ولم يُعرض منها إلا ما تسنده."
    return "The model cited nothing: its sentences were compared with the passages, and what these support is shown."


def unread_notice(question: str, unread: int, sentences: int, failure: str | None) -> str:
    """That the LLM did not read all of its sentences with their quotes once more, and why if that is known."""
    if is_arabic(question):
        why = f"تعذّرت القراءة الثانية للجواب: {failure}"
        return why if failure else f"بقي من جمل الجواب دون قراءة ثانية: {unread} من {sentences}."
    why = f"The second reading failed: {failure}"
    return why if failure else f"The second reading left {unread} of {sentences} sentence(s) unread."
