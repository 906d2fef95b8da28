"""Verbs and prepositions that tell who says something; all are folded."""

from assistant.facets import with_and

SAYING = with_and(
    """قال قالت قالوا يقول تقول اعلن اعلنت يعلن تعلن اكد اكدت يؤكد تؤكد ذكر ذكرت يذكر تذكر افاد افادت يفيد تفيد اوضح
    اوضحت اشار اشارت يشير تشير صرح صرحت اضاف اضافت بينت بحسب حسب وفق وفقا لوكاله وكاله نقل نقلت نعم المقال المقالات
    said says told reported according stated announced added yes article articles"""
)
"""Who reports it changes nothing in what is reported; a restatement seldom keeps these words."""
TELLING = SAYING - with_and("نقل نقلت نعم المقال المقالات لوكاله وكاله") | with_and(
    """قدر قدرت يقدر تقدر توقع توقعت يتوقع تتوقع راي رات يري تري اعتبر اعتبرت يعتبر كشف كشفت ابلغ ابلغت شدد شددت عزا عزت
    حذر حذرت يحذر اتهم اتهمت يتهم تتهم طالب طالبت دعا دعت نفي نفت زعم زعمت رجح رجحت استبعد استبعدت عبر عبرت ابدي ابدت
    اتهمه وصف وصفت لفت لفتت اقر اقرت تحدث تحدثت تعهد تعهدت ندد نددت"""
)
"""All words that a speaker follows."""
WHAT_IS_SAID = frozenset("ان بان انه بانه انها بانها انهم that".split())
"""Words with which begins what is said."""
