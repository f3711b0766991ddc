"""How places are spelled: English names, and the keys they are found by. No dates, no codes, no map."""

import re
from dataclasses import dataclass
from functools import cached_property

from pypinyin import Style, lazy_pinyin, load_single_dict

from orchestration.errors import BadInput
from orchestration.reading.keys import place_key
from tools.seeds.curated import CURATED, EnglishName, EthnicGroup, Heteronym, Reading, ShortName, read

_KIND_OF_ETHNIC = re.compile(r"^(?P<peoples>.+?)自治[县旗州]$|^(?P<people_of_district>.+族)区$")
# One kind word only: 古镇镇 is the town of Guzhen.
_KIND_OF_TOWN = re.compile(r"(?:民族乡|街道办事处|街道|办事处|苏木|镇|乡)$")
_ONE_SYLLABLE = re.compile(r"^[^\d]([县区])$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in English, and its keys: the standard Latin one, Han full name, Han short name, then other readings and spellings."""

    name_en: str
    keys: tuple[str, ...]


class Speller:
    """Spells names with the curated tables; remembers which rows it used, so that idle ones can be refused."""

    def __init__(self) -> None:
        self._readings = {row.short_zh: row.pinyin_syllables.split() for row in read(CURATED / "pinyin_overrides.csv", Reading)}
        self._heteronyms = {row.character: row.readings.split() for row in read(CURATED / "heteronyms.csv", Heteronym)}
        self._short = {row.name_zh: row.short_zh for row in read(CURATED / "short_names.csv", ShortName)}
        self._english = {(row.name_zh, row.province_code): row for row in read(CURATED / "names_en.csv", EnglishName)}
        self._peoples = {row.name_zh: row.name_en for row in read(CURATED / "ethnic_groups.csv", EthnicGroup)}
        self._used: set[tuple[str, str]] = set()
        # The first of the plausible readings is the usual one in place names (长 chang, 都 du), which pypinyin falls back on
        # where none of its phrases fits.
        load_single_dict({ord(character): readings[0] for character, readings in self._heteronyms.items()})

    def division(self, name: str, stem: str, province_code: str) -> Spelling:
        """`乐清市`, `乐清` -> Yueqing; `yueqing 乐清市 乐清 leqing laoqing`."""
        short = self._short.get(name, stem)
        syllables = self._syllables(short)
        pinyin = _joined(syllables)
        english = self._english.get((short, province_code))
        if english:
            self._used.add((short, province_code))
        name_en = english.name_en if english else pinyin
        peoples = self._peoples_of(name.removeprefix(short)) if name.startswith(short) else ""
        spellings = [
            name_en,
            name,
            short,
            pinyin,
            *([syllables[0]] if _ONE_SYLLABLE.match(short) else []),
            *([f"{name_en} {peoples}", f"{pinyin} {peoples}"] if peoples else []),
            *([f"{short}{name[-1]}"] if peoples and name[-1] in "县旗州" else []),  # 玉屏县, 凉山州: what people say and print
            *([f"{name_en} League"] if name.endswith("盟") else []),
            *(english.former.split(";") if english and english.former else []),
            *(pinyin.lower().replace("ü", vowel) for vowel in ("v", "yu") if "ü" in pinyin.lower()),
            *self._misreadings(short, syllables),
        ]
        return Spelling(name_en, _keys(spellings))

    def town(self, name: str) -> Spelling:
        """`崇福镇` -> Chongfu; `chongfu 崇福镇 崇福`."""
        short = self._town_stem(name)
        if len(short) > 1:
            name_en = _joined(self._syllables(short))
            return Spelling(name_en, _keys([name_en, name, short]))
        name_en = _joined(self._syllables(name))
        return Spelling(name_en, _keys([name_en, name, _joined(self._syllables(short))]))

    def refuse_idle_rows(self) -> None:
        """Fail where a curated English name met no division, or says nothing that pinyin does not.

        Raises:
            BadInput: Names the rows.
        """
        unmet = set(self._english) - self._used
        empty = {key for key, row in self._english.items() if not row.former and row.name_en == _joined(self._syllables(row.name_zh))}
        if idle := sorted(unmet | empty):
            raise BadInput(f"names_en.csv: no use for {idle}", "Correct the name or the province, or remove the row")

    def _syllables(self, short: str) -> list[str]:
        if short in self._readings:
            return self._readings[short]
        han = "".join(re.findall(r"[㐀-鿿\U00020000-\U0003134f]+", short))
        return [str(syllable) for syllable in lazy_pinyin(han, style=Style.NORMAL, v_to_u=True)]

    def _misreadings(self, short: str, syllables: list[str]) -> list[str]:
        """Names with one character read in another of its plausible ways."""
        return [
            "".join([*syllables[:i], other, *syllables[i + 1 :]])
            for i, character in enumerate(short)
            for other in self._heteronyms.get(character, [])
            if other != syllables[i]
        ]

    def _peoples_of(self, rest: str) -> str:
        """`土家族苗族自治州` -> `Tujia and Miao`; empty where the name has no peoples."""
        match = _KIND_OF_ETHNIC.match(rest)
        if not match:
            return ""
        found = [self._peoples.get(part) or self._peoples[f"{part}族"] for part in self._people_pattern.findall(match[1] or match[2])]
        return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))

    @cached_property
    def _people_pattern(self) -> re.Pattern[str]:
        """Longest first; the word 族 is left off in some names (哈萨克自治州)."""
        names = sorted(self._peoples, key=len, reverse=True)
        return re.compile("|".join(f"{name.removesuffix('族')}族?" for name in names))

    def _town_stem(self, name: str) -> str:
        stem = _KIND_OF_TOWN.sub("", name)
        if stem != name and name[-1] in "乡镇":
            while (shorter := re.sub(rf"(?:{'|'.join(sorted(self._peoples))})$", "", stem)) != stem and shorter:
                stem = shorter
        return stem or name


def _joined(syllables: list[str]) -> str:
    """`hui an` -> `Hui'an`: an apostrophe before a vowel that begins a syllable."""
    return "".join(f"'{s}" if i and s[0] in "aoe" else s for i, s in enumerate(syllables)).capitalize()


def _keys(spellings: list[str]) -> tuple[str, ...]:
    keys = [place_key(spelling) for spelling in spellings]
    return tuple(dict.fromkeys(key for key in keys if key))
