"""Keys that spellings of one name share: what readers, seeds and models join on. Pure text, no gazetteer, no decisions.

A key is either Latin (a-z only) or Han (simplified characters only), so that two names meet only within a script; across scripts
they meet in the gazetteer, which holds both.
"""

import re
import unicodedata
from functools import cache, lru_cache

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]")
_LATIN_LETTER = re.compile("[A-Za-z]")

# Words that say what kind of place a Latin name is of. They are dropped from its end, never from its middle.
_KINDS = "province municipality city county district town township subdistrict prefecture banner village autonomous region"
KINDS_OF_PLACE = frozenset(_KINDS.split())
# A Latin letter beside a Greek, Cyrillic, Armenian or Cherokee one: a look-alike put into a name, which then is not that name.
_LOOK_ALIKE = re.compile(r"[a-z][Ͱ-֏Ꭰ-᏿ꭰ-ꮿ]|[Ͱ-֏Ꭰ-᏿ꭰ-ꮿ][a-z]")
_LATIN_WORD = re.compile(r"[a-z]+(?:['’‘`´ʼ][a-z]+)*")

_MADE_EN = r"(?:manufacturing|industrial|industry|industries|production)"
_CLUSTER_EN = re.compile(
    r"\b(?:(?:advanced|characteristic|speciali[sz]ed) )?"
    rf"(?:(?:{_MADE_EN} )?(?:cluster|base|hub)|{_MADE_EN} (?:belt|chain|district|park|zone))s?$"
    r"|\bindustr(?:y|ies)$"
)
_MADE_ZH = r"(?:先进)?(?:制造业|产业|工业|生产|加工|制造)"
_CLUSTER_ZH = re.compile(
    rf"(?:{_MADE_ZH}?(?:示范)?(?:集群|集聚区|集群区|基地)|{_MADE_ZH}(?:带|链|园区?|强镇)|产业|行业"
    r"|(?:中小企业)?特色|名[城镇县村]|特色小镇|之[乡都城])$"
)  # a bare belt, chain or 带 is a product
_UNCHANGED_PLURALS = ("ss", "us", "is", "news", "series", "glasses")  # glasses are not glass


@cache
def _to_simplified():  # type: ignore[no-untyped-def]  # opencc ships no types
    """OpenCC's traditional-to-simplified converter, loaded at the first Han text only."""
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters, compatibility forms folded: `樂清` -> `乐清`."""
    if text.isascii():
        return text
    return str(_to_simplified().convert(unicodedata.normalize("NFKC", text)))


def simplified_in_place(text: str) -> str:
    """The text in simplified characters, character for character, so that offsets hold; phrases are respected where lengths allow."""
    whole = simplified(text)
    if len(whole) == len(text):
        return whole
    return "".join(s if len(s := simplified(c)) == 1 else c for c in text)


def respelt(text: str) -> str:
    """The text in simplified characters, one for one, and all else as it stands: `產值，` -> `产值，`."""
    whole = str(_to_simplified().convert(text))
    return whole if len(whole) == len(text) else text


@lru_cache(maxsize=100_000)
def place_key(printed: str) -> str:
    """The key of a place name: `Yueqing City` -> `yueqing`, `Hui'an` -> `huian`, `樂清市` -> `乐清市`, `Lüliang` -> `luliang`.

    The kind of place is kept in Han names (the gazetteer has both forms) and dropped from the end of Latin ones.
    An empty key means that the text holds no letters of either script, or look-alikes of another among its Latin ones.
    """
    if HAN.search(printed):
        return "".join(HAN.findall(simplified(printed)))
    text = _latin(printed)
    if _LOOK_ALIKE.search(text):
        return ""
    words = _LATIN_WORD.findall(text)
    while len(words) > 1 and words[-1] in KINDS_OF_PLACE:
        words.pop()
    return re.sub(r"[^a-z]", "", "".join(words))


def is_chinese(text: str) -> bool:
    """Whether a text is in Chinese, rather than in English with names told in Chinese as well: `Caoxian (曹县), in Heze`."""
    return HAN.search(text) is not None and 2 * len(HAN.findall(text)) >= len(_LATIN_LETTER.findall(text))


def bare_key(key: str) -> str:
    """A Han key without the kind of place, so that 乐清 and 乐清市 meet."""
    if len(key) > 3 and key.endswith("街道"):
        return key[:-2]
    return key[:-1] if len(key) > 2 and key[-1] in "市县区镇乡" else key


@lru_cache(maxsize=100_000)
def industry_key(printed: str) -> str:
    """The key of an industry: `Steel structures industrial cluster` -> `steel structure`, `電氣產業集群` -> `电气`.

    English: lower case, words in the singular separated by one space, brackets kept as words, the closing "... industrial cluster"
    off. Chinese: simplified, the closing 产业集群 / 产业基地 / 产业 off. Synonyms are a matter of seeds, not of keys.
    """
    if HAN.search(printed):
        text = re.sub(r"[\s·•・,，、“”\"'《》()（）-]", "", simplified(printed)).lower()
        while (shorter := _CLUSTER_ZH.sub("", text)) != text and shorter:
            text = shorter
        return text
    text = " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’`]s?\b", "", _latin(printed))))
    while (shorter := _CLUSTER_EN.sub("", text).strip()) != text and shorter:
        text = shorter
    return " ".join(_singular(word) for word in text.split())


def _latin(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(_UNCHANGED_PLURALS):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]  # batteries, but ties
    if word.endswith(("ches", "shes", "xes", "sses", "toes", "goes")):
        return word[:-2]
    return word[:-1]
