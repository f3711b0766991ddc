"""What one line of a list is: an entry with its place and industry, a heading with its items, a place or an industry alone.

`3. Shunde, Foshan, Guangdong — Furniture`, `深圳(4个):电子信息、服装`. What lines mean to each other is `layouts/listing.py`'s business.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from orchestration.reading.keys import HAN, industry_key, place_key, simplified
from orchestration.reading.layout import Cell
from orchestration.reading.phrases.names import REGIONS
from orchestration.reading.tables.columns import ends_as_cluster, label_text
from orchestration.reading.tables.furniture import declared_total, furniture, without_noise
from orchestration.reading.tables.headers import Role, role_of
from orchestration.reading.tables.industries import part, several_trades, split_industries, trades_within
from orchestration.reading.tables.list_items import Item, Kind
from orchestration.reading.tables.number_columns import is_nothing
from orchestration.reading.tables.remarks import ASIDE, BRACKETED, CLAUSE, DENIED, NO_NAME, is_elsewhere, without_aside, without_remark
from orchestration.reading.tables.row_cuts import (
    APART,
    BLANKS,
    BULLET,
    FEWEST_ROWS,
    ROW_ENDS,
    WIDE_GAP,
    bare_row,
    columns,
    numbered_rows,
    parts_between,
    pieces,
    steps,
)
from orchestration.reading.tables.table import TableReader
from orchestration.reading.words.gazetteer import PlaceSpan
from orchestration.reading.words.goods import GOES_ON, goods_alone, trades_behind
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import are_of_first, is_nested, split_place
from orchestration.reading.words.terms import is_known_for

_COUNT = re.compile(r"\s*[(（]\s*\d{1,4}\s*(?:个|個|家|项|項)?\s*[)）]\s*$")
_HAN_ITEMS = re.compile(r"\s*[、；;，,]\s*|\s+(?:[和与與及]|以及)\s+|\s+(?=[\u4e00-\u9fff])")
_PLACES_APART = re.compile(r",?\s(?:and|&)\s(?![^()]*\))|,\s(?![^()]*\))")
_AND = re.compile(r",?\s(?:and|&)\s(?![^()]*\))")
_LATIN_ITEMS = re.compile(r"\s*[;；]\s*|(?<=\)),\s+(?=[A-Z])")
_BEFORE_PLACE = re.compile(r"[\s,，(（·\-–—]*(?:\b(?:in|of|at|from)\s+(?:the\s+)?)?$", re.IGNORECASE)
_AFTER_PLACE = re.compile(
    r"^[\s,，·:：)）\-–—]*(?:\d[\d.,]*%?\s+(?=[A-Z]))*(?:的(?=[一-鿿]{2}))?(?:['’]s\s+)?"
    r"(?:(?:makes|sells|saws|fires|casts|assembles|sews|knits|weaves|produces|manufactures|turns\sout|supplies|exports|builds|speciali[sz]es\sin)\s)?"
)
_WITHIN_PLACE = re.compile(r"[\s,，·、]*[和与與及]?\s*|\s+in\s+|第[一二三四五六七八九十\d]+[师師]")
_CORPS = re.compile(r"(?:新疆)?(?:生产建设)?(?:兵[团團])?第[一二三四五六七八九十\d]{1,3}[师師](?=[一-鿿])")
_TOWN = re.compile(r"(?![专專]业|[专專]業|特色|中心|重点|重點)[一-鿿]{1,3}?(?:[镇鎮乡鄉]|街道)")
# A zone that no gazetteer knows, behind a place and before a trade: 大连市金普新区轴承.
_ZONE = re.compile(r"[一-鿿]{0,8}?(?:新[区區城]|[开開][发發][区區]|高新[区區]|示范[区區]|(?:工[业業]|[产產][业業])园[区區])(?=[一-鿿]{2})")
_PLACE_LEFT = re.compile(r"[市县縣区區镇鎮]")
_NAMES = re.compile(r"[A-Z][\w’'&, ()-]{2,60}\.")  # `Sports shoes, umbrellas (Dongshi), zippers.`
_PLAIN_NAME = re.compile(r"[A-Za-z][\w’'&, -]{2,40}")
_NAMED_FIRST = re.compile(
    r"(?P<industry>.+?\b(?:clusters?|bases?|hubs?))\s*[,(–—-]*\s*(?:\b(?:in|of|at)\s+(?:the\s+)?)?(?P<place>[^()]+?)\s*\)?\.?$",
    re.IGNORECASE,
)
_SEVERAL_PARTS = re.compile(r"[:：].*[;；]")  # no one name
_COLON = re.compile(r"\s*[:：]\s*")
_BETWEEN = tuple(
    re.compile(mark + r"(?![^（(]*[)）])\s*(?=\S)") for mark in (r"(?<=[群地业業])[、；;，,。]", r"[；;]", r"[，、]", r"\s{3,}")
)  # outside brackets
_TOWN_AND_TRADE = re.compile(r"(?P<town>[一-鿿]{2,4})[(（](?P<trade>[^()（）]+)[)）]")
_SENTENCE = re.compile(r"[。！？!?；]|[a-z]{2}\.(?:\s|$)")
_TITLE = re.compile(
    r"名单|目录|名录|看点|一[县村镇]一[业品]|解读|盘点|攻略|综述|简介|一览|清单|汇总|大全|集合|排行|^各|\bclusters?\b.*\bby\b|^(?:the\s)?(?:industrial\s)?clusters?\b|\blist\b|\bdirectory\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_LED = re.compile(r"(?<=[a-z)”\"])\.(?=\s|$)|[。；;！？?!]|(?<=\S)\s\.\.\.")
_LONGEST_LINE = 140
_FEWEST_COLUMNS = 3
_LONGEST_TOWN = 4  # characters of a town's bare name
_LONGEST_NAME = 70
_LONGEST_PLACE = 12  # Han characters of one place, its parents before it


@dataclass(slots=True)
class Lines:
    """Tells what each line is; context between lines is the layout's business."""

    lexicon: Lexicon
    reader: TableReader
    home: Cell | None = None  # the place that the document's title names: its towns are called by their bare names
    kinds: Counter[Kind] = field(default_factory=Counter)

    def items(self, line: str, number: int) -> list[Item]:
        """What a line that is not blank is: one item, or several entries with marks between them, a label before them perhaps."""
        first, end = without_noise(line)
        bullet = BULLET.match(line, first, end)
        cell = part(Cell(line, number, 0, len(line)), bullet.end() if bullet else first, end)
        level = 1 if line.startswith("#") or cell.text.endswith((":", "：")) else -1 if bullet else 0
        items = self._several(cell) or self._flattened(cell) or [replace(self._told(cell), level=level)]
        self.kinds.update(item.kind for item in items)
        return items

    def _several(self, cell: Cell) -> list[Item]:
        """`江苏（3个）：无锡物联网集群、徐州工程机械集群`: clusters with their own places; none where one of them has no place."""
        head, rest = None, cell
        if (mark := _COLON.search(cell.text)) and (label := label_text(cell.text[: mark.start()], self.lexicon)):
            left = part(cell, 0, mark.start())
            head, rest = Item(Kind.LABEL, cell.line_number, label=label, label_cell=left), part(cell, mark.end(), len(cell.text))
        elif mark and len(_COLON.findall(cell.text[:-1])) == 1 and HAN.search(cell.text) and self._is_place(cell.text[: mark.start()]):
            left = part(cell, 0, mark.start())  # 东莞市：长安镇（五金模具）、虎门镇（服装）
            head, rest = Item(Kind.PLACE, cell.line_number, (left,)), part(cell, mark.end(), len(cell.text))
        for separator in _BETWEEN:
            found = pieces(rest, [match.start() for match in separator.finditer(rest.text)])
            is_said = any(_SENTENCE.search(piece.text) for piece in found)
            if (len(found) > 1 or head) and not is_said and all(len(piece.text) <= _LONGEST_NAME for piece in found):
                told = [self._apart(piece) or self._glued(piece) or self._bracketed(piece, head) for piece in found]
                entries = [item for item in told if item and item.places]
                is_within = head is None or all(self._lies_in(entry.places[0], head.places[0]) for entry in entries if head.places)
                are_names = cell.text[-1] not in "。；" or all(
                    self._is_plain(trade.text) for entry in entries for trade in entry.industries
                )
                if len(entries) == len(found) and is_within and are_names:
                    return [*([head] if head else []), *entries]
        return []

    def _bracketed(self, cell: Cell, head: Item | None) -> Item | None:
        """`白沟（箱包）` behind a province or city that has a town of that bare name."""
        around = [head.label.key] if head and head.label else [place_key(place.text) for place in head.places] if head else []
        named = _TOWN_AND_TRADE.fullmatch(cell.text)
        if named is None or not any(self.lexicon.may_lie_in(place_key(named["town"]), key, self.reader.year) for key in around):
            return None
        return self._pair(part(cell, *named.span("town")), part(cell, *named.span("trade")))

    def _lies_in(self, place: Cell, other: Cell) -> bool:
        year = self.reader.year
        inner, outer = (split_place(cell.text, self.lexicon, year) for cell in (place, other))
        return any(self.lexicon.may_lie_in(name.key, around.key, year) for name in inner for around in outer)

    def _flattened(self, cell: Cell) -> list[Item]:
        """A table in one line: `序号 省份 地区 产业集群 1 浙江 乐清市 电气产业集群 2 ...`, cells or numbered rows with blanks between."""
        counted = numbered_rows(cell.text)
        if len(cell.text) <= _LONGEST_NAME or (not counted and _SENTENCE.search(cell.text)):
            return []
        rows = pieces(cell, counted)
        if counted and (items := self._rows(rows[-len(counted) :])):
            return items
        if len(rows) <= FEWEST_ROWS and not HAN.search(cell.text):
            rows = pieces(cell, [match.start() for match in ROW_ENDS.finditer(cell.text)])
        if HAN.search(cell.text) and not _SENTENCE.search(cell.text):
            rows = pieces(cell, [match.start() for match in BLANKS.finditer(cell.text)])
        items = [self._told(bare_row(row)) for row in rows if not row.text.isdigit()]
        kinds = Counter(item.kind for item in items)
        pairs = kinds[Kind.ENTRY] + min(kinds[Kind.PLACE], kinds[Kind.INDUSTRY])
        is_table = pairs >= FEWEST_ROWS and 3 * kinds[Kind.OTHER] <= len(items)
        return items if is_table else []

    def _rows(self, rows: Sequence[Cell]) -> list[Item]:
        """Numbered rows whose columns are places, the one in the other, and a name: `1 石家庄市 辛集市 皮革产业集群`; none if few are."""
        items = [self._columns(bare_row(row), BLANKS, is_counted=True) or Item(Kind.OTHER, row.line_number) for row in rows]
        entries = [item for item in items if item.kind is Kind.ENTRY]
        return items if 4 * len(entries) >= 3 * len(items) and 2 * sum(map(self.is_sure, entries)) >= len(entries) else []

    def _told(self, cell: Cell) -> Item:
        if DENIED.search(cell.text):
            return Item(Kind.OTHER, cell.line_number)
        cell = part(cell, 0, remark.start()) if (remark := BRACKETED.search(cell.text)) and remark.start() else cell
        cell = part(cell, 0, len(cell.text) - 1) if _NAMES.fullmatch(cell.text) else cell
        text = cell.text
        if len(text) > _LONGEST_LINE or _SENTENCE.search(text):
            return self._led(cell) or Item(Kind.OTHER, cell.line_number)
        if furniture(text) or declared_total(text) or not text:
            return Item(Kind.OTHER, cell.line_number)
        return self._columns(cell) or self._steps(cell) or self._one(cell)

    def _one(self, cell: Cell) -> Item:
        bare = part(cell, 0, len(cell.text.rstrip(":：")))
        if (label := label_text(bare.text, self.lexicon)) is not None:
            return Item(Kind.LABEL, cell.line_number, label=label, label_cell=bare)
        if role_of(bare.text):
            return Item(Kind.COLUMN, cell.line_number)
        return self._apart(cell) or self._glued(cell) or self._lone(bare)

    def _columns(self, row: Cell, gap: re.Pattern[str] = WIDE_GAP, *, is_counted: bool = False) -> Item | None:
        """A row of three columns or more, in any order: `浙江  电器产业集群  乐清市`; of a counted row one name may be any."""
        cells = columns(row, gap) if HAN.search(row.text) else []
        labels = [(cell, label) for cell in cells if (label := label_text(cell.text, self.lexicon))]
        rest = [cell for cell in cells if cell not in [label for label, _ in labels]]
        places = [cell for cell in rest if self._is_place(cell.text)]
        others = [cell for cell in rest if cell not in places]
        is_row = len(cells) >= (2 if is_counted else _FEWEST_COLUMNS) and len(labels) <= 1 and places and len(others) == 1
        if not is_row or not (is_counted or self.names_industry(others[0].text)) or NO_NAME.search(others[0].text):
            return None
        if not all(self._lies_in(inner, outer) for outer, inner in pairwise(places)):
            return None
        whole = part(row, places[0].char_start - row.char_start, places[-1].char_end - row.char_start)
        label_cell, label = labels[0] if labels else (None, None)
        return Item(Kind.ENTRY, row.line_number, (whole,), tuple(split_industries(others[0])), label, label_cell)

    def _steps(self, cell: Cell) -> Item | None:
        """Places that lie in one another and a trade, all with one mark between them: `Zhejiang – Taizhou – Yuhuan – valves`."""
        cells = [] if HAN.search(cell.text) else steps(cell)
        for trade, places in ((cells[-1], cells[:-1]), (cells[0], cells[1:])) if len(cells) >= _FEWEST_COLUMNS else ():
            is_chain = is_nested([place.text for place in places], self.lexicon, self.reader.year)
            if is_chain and (self.names_industry(trade.text) or _PLAIN_NAME.fullmatch(trade.text)) and not NO_NAME.search(trade.text):
                whole = part(cell, places[0].char_start - cell.char_start, places[-1].char_end - cell.char_start)
                return Item(Kind.ENTRY, cell.line_number, (whole,), tuple(split_industries(trade)))
        is_unread = len(cells) >= _FEWEST_COLUMNS and is_nested([piece.text for piece in cells[:2]], self.lexicon, self.reader.year)
        return Item(Kind.OTHER, cell.line_number) if is_unread else None

    def _led(self, cell: Cell) -> Item | None:
        """The entry that a paragraph begins with: `Shengzhou, neckties. The 1,100 firms of the town ...`."""
        end = _LED.search(cell.text)
        head = part(cell, 0, end.start()) if end else cell
        item = (self._apart(head) or self._glued(head) or self._lone(head)) if 0 < len(head.text) <= _LONGEST_LINE else None
        is_place = item is not None and item.kind is Kind.PLACE and end is not None
        if end and is_place and (goods := goods_alone(cell.text, end.end(), self.lexicon)):  # `Jieyang, Guangdong. Cutlery, plastic shoes.`
            return Item(Kind.ENTRY, cell.line_number, self.several_places(head), tuple(part(cell, *stretch) for stretch in goods))
        return item if item and (is_place or self.is_sure(item)) else None

    def is_sure(self, item: Item) -> bool:
        """Whether an entry says by its own words that it is one: a place, and an industry that is a known trade or called a cluster."""
        is_entry = item.kind in (Kind.ENTRY, Kind.ITEMS) and item.places and item.industries
        return bool(is_entry) and all(self.names_industry(cell.text) for cell in item.industries)

    def heads_places(self, item: Item) -> bool:
        """Whether a line that is one name is a trade, as headings over places are."""
        return all(self.names_industry(cell.text) for cell in item.industries)

    def names_industry(self, text: str) -> bool:
        """Whether a text is a known trade, or called a cluster."""
        return ends_as_cluster(text) or self._is_trade(text)

    def _fit(self, text: str) -> float:
        is_lower = text[:1].islower() and not HAN.search(text)
        is_trade = self.lexicon.is_term(industry_key(text)) and not self.lexicon.is_place(place_key(text))  # Pu'er tea
        return 0.0 if is_lower or is_trade or ends_as_cluster(text) else self.reader.judge.scores(text)[Role.CITY]

    def _is_place(self, text: str) -> bool:
        return (
            self._fit(text) >= 0.6
            or self.is_home_town(text)
            or (_TOWN.fullmatch(text) is not None and self.lexicon.is_place(place_key(text), towns=True))
        )

    def is_home_town(self, text: str) -> bool:
        """Whether a text is the bare name of a town of the place that the title names: 虎门 in a list of 东莞."""
        if self.home is None or len(text) > _LONGEST_TOWN or not HAN.match(text) or self._is_trade(text):
            return False
        around = [place for name in split_place(self.home.text, self.lexicon, None) for place in self.lexicon.candidates(name.key, None)]
        return any(town.lies_in(place) for town in self.lexicon.towns(place_key(text)) for place in around)

    def _is_all_places(self, text: str) -> bool:
        """Whether names of places make up at least half of a Han text too long to be one name: 大沥镇位于广州与佛山之间 is a clause."""
        named = sum(span.end - span.start for span in self.lexicon.find_places(text, self.reader.year))
        return len(text) <= _LONGEST_PLACE or not HAN.search(text) or 2 * named >= len(HAN.findall(text))

    def _apart(self, cell: Cell) -> Item | None:
        """Two parts with a mark between them: a place and an industry in either order, or a heading and its items."""
        found = APART.search(cell.text)
        if found is None or found.end() == len(cell.text) or found.start() == 0:
            return None
        left = part(cell, 0, found.start())
        items = tuple(map(self._goods, self._items(without_remark(part(cell, found.end(), len(cell.text)), self.lexicon))))
        head = part(left, 0, match.start()) if (match := _COUNT.search(left.text)) else left
        head_is_place = self._is_place(head.text) or any(is_known_for(head.text, item.text, self.lexicon) for item in items)
        items = tuple(item for item in items if not (head_is_place and is_elsewhere(item.text, self.lexicon)))
        kind, are_places = Kind.ITEMS if len(items) > 1 else Kind.ENTRY, [self._is_place(item.text) for item in items]
        if not any(map(str.isalpha, head.text)) or role_of(head.text):
            return None  # `Location: Yueqing` is a field
        if items and all(are_places) and head_is_place:  # one of them is by a letter or as a town only
            fits = [self._fit(text) for text in (head.text, items[0].text)]
            are_places, head_is_place = [fits[1] > fits[0]] * len(items), fits[0] > fits[1]
        if not items or len(head.text) > _LONGEST_NAME or any(are_places) == head_is_place or any(are_places) != all(are_places):
            return None
        if any(are_places):
            places = tuple(place for item in items for place in self.several_places(item))
            if are_of_first([place.text for place in places], self.lexicon, self.reader.year):
                places = (part(cell, places[0].char_start - cell.char_start, places[-1].char_end - cell.char_start),)
            trades = trades_within(head, self.lexicon) if len(places) == 1 else split_industries(head)
            return Item(Kind.ITEMS if len(places) > 1 else kind, cell.line_number, places, tuple(trades))
        if (label := label_text(left.text, self.lexicon)) is not None:
            is_pair = any(_IN_BRACKETS.search(item.text) and self._begins_with_place(item.text) for item in items)
            are_trades = any(HAN.search(item.text) or self.names_industry(item.text) for item in items)
            told = Item(Kind.ITEMS, cell.line_number, (), items, label, left) if are_trades else Item(Kind.OTHER, cell.line_number)
            return told if not is_pair else None  # none of `Guangdong: what to buy where` is one
        names = tuple(name for item in items for name in trades_within(item, self.lexicon))
        return Item(kind, cell.line_number, self.several_places(head), names)

    def _begins_with_place(self, text: str) -> bool:
        return self._end_of_first_place(text, self.lexicon.find_places(text, self.reader.year)) is not None

    def _items(self, cell: Cell) -> tuple[Cell, ...]:
        """`电子信息、服装` are two items; `Shunde, Foshan` one place, `toys; valves` two."""
        cells = parts_between(cell, _HAN_ITEMS if HAN.search(cell.text) else _LATIN_ITEMS)
        return tuple(item for item in cells if item.text and not is_nothing(item.text.strip("()（）")) and not NO_NAME.search(item.text))

    def several_places(self, cell: Cell) -> tuple[Cell, ...]:
        """`广东东莞厚街、浙江安吉`, `Jinjiang and Yiwu`, `Nankang, Anji (chairs)` are two places each; what is not all places is one."""
        if HAN.search(cell.text):
            cuts = [self._items(cell)]
        else:
            cuts = [tuple(map(without_aside, parts_between(cell, _PLACES_APART))), parts_between(cell, _AND)]
        return next((items for items in cuts if len(items) > 1 and self._are_apart(items)), (cell,))

    def _are_apart(self, items: Sequence[Cell]) -> bool:
        """Whether these are all places, and none lies in the one beside it: not 河北 · 泊头 nor `Xintang, Zengcheng`."""
        finest = [names[0].key for item in items if (names := split_place(item.text, self.lexicon, self.reader.year))]
        pairs = [pair for one, other in pairwise(finest) for pair in ((one, other), (other, one))]
        are_nested = any(self.lexicon.may_lie_in(inner, outer, self.reader.year) for inner, outer in pairs)
        has_province = not HAN.search(items[0].text) and any(self.lexicon.is_province(place_key(item.text)) for item in items)
        return not (are_nested or has_province) and all(self._is_place(item.text) for item in items)

    def _glued(self, cell: Cell) -> Item | None:
        """A place at one end of the line, the industry being the rest: `宁波市磁性材料产业集群`, `Toy cluster in Chenghai, Shantou`."""
        text = cell.text
        if self.lexicon.is_term(industry_key(text)):
            return None  # Pu'er tea is no tea in Pu'er
        if (named := _NAMED_FIRST.match(text)) and self._is_place(named["place"]):
            return self._pair(part(cell, *named.span("place")), part(cell, *named.span("industry")))
        spans = self.lexicon.find_places(text, self.reader.year)
        if end := self._end_of_first_place(text, spans):
            rest = _AFTER_PLACE.match(text[end:])
            is_more = not HAN.search(text) and APART.search(text, end)  # `Helan Mountains' foothills - wine`: the place goes on
            item = None if is_more else self._pair(part(cell, 0, end), part(cell, end + (rest.end() if rest else 0), len(text)))
            if item or is_more:
                return item
        tail = text.rstrip(" )）.")
        if spans and len(tail) in (spans[-1].end, self.lexicon.town_behind(tail, spans[-1].end, spans[-1].places)):
            start = spans[-1].start
            for span in reversed(spans[:-1]):
                if text[span.end : start].strip(" ,，·"):
                    break
                start = span.start
            before = _BEFORE_PLACE.search(text[:start])
            return self._pair(part(cell, start, len(tail)), part(cell, 0, before.start() if before else start))
        return None

    def _end_of_first_place(self, text: str, spans: Sequence[PlaceSpan]) -> int | None:
        """Where the place ends that a text begins with, towns told by their kind or by the place before them included; None without one."""
        if region := REGIONS.match(text):
            return region.end() if region.end() < len(text) else None
        corps = _CORPS.match(text)  # 第八师石河子市
        if not spans or spans[0].start not in (0, corps.end() if corps else 0):
            return None
        last = spans[0]
        for span in spans[1:]:
            if not _WITHIN_PLACE.fullmatch(text, last.end, span.start) or len(text) == span.end:
                break
            if span.start == last.end and HAN.match(text) and not any(a.lies_in(b) for a in span.places for b in last.places):
                break  # 松滋市白云边酒业
            last = span
        end = last.end
        if HAN.match(text) and (town := _TOWN.match(text, end) or _ZONE.match(text, end)):  # a town since merged or renamed
            end = town.end()
        elif bare := self.lexicon.town_behind(text, end, last.places):
            end = bare
        return end if end < len(text) else None

    def _pair(self, place: Cell, industry: Cell) -> Item | None:
        bracketed = _IN_BRACKETS.fullmatch(industry.text)
        if bracketed:
            industry = part(industry, *bracketed.span(1))
        industry = without_remark(industry, self.lexicon)
        name = industry.text
        letters = len(HAN.findall(name)) if HAN.search(name) else len(name)
        shortest = 3 if not HAN.search(name) else 1 if bracketed and self.lexicon.is_term(industry_key(name)) else 2
        is_name = (
            shortest <= letters <= _LONGEST_NAME and not self._is_place(name) and not role_of(name) and not _TITLE.search(simplified(name))
        )
        is_name = is_name and bool(HAN.search(name) or self.names_industry(name)) and not NO_NAME.search(name) and not CLAUSE.search(name)
        is_name = is_name and not any(_PLACE_LEFT.search(span.key) for span in self.lexicon.find_places(name, self.reader.year))
        industries = tuple(name for trade in several_trades(industry, self.lexicon) or [industry] for name in split_industries(trade))
        return Item(Kind.ENTRY, place.line_number, (place,), industries, is_remark=bracketed is not None) if is_name else None

    def _goods(self, industry: Cell) -> Cell:
        """`solid wood furniture at low prices` without what is said of the goods; what is no goods as it is."""
        is_name = self.names_industry(industry.text) or self._is_place(industry.text) or split_industries(industry) != [industry]
        goods = [] if is_name or HAN.search(industry.text) else trades_behind(industry.text, 0, self.lexicon)
        return part(industry, goods[0][0], goods[-1][1]) if goods and not GOES_ON.match(industry.text, goods[-1][1]) else industry

    def _is_plain(self, text: str) -> bool:
        """Whether a text is the name of a trade and nothing else: 丝网, not 介绍丝网."""
        return ends_as_cluster(text) or self.lexicon.is_term(industry_key(text))

    def _is_trade(self, text: str) -> bool:
        return self.lexicon.is_trade(industry_key(text))

    def _lone(self, cell: Cell) -> Item:
        """A line that is one name: a place, or else perhaps an industry."""
        head = part(cell, 0, match.start()) if (match := _COUNT.search(cell.text) or ASIDE.search(cell.text)) else cell
        is_title = _TITLE.search(simplified(cell.text)) is not None or _SEVERAL_PARTS.search(head.text) is not None
        if len(head.text) <= _LONGEST_NAME and not is_title and self._is_place(head.text) and self._is_all_places(head.text):
            return Item(Kind.PLACE, cell.line_number, (head,))
        if len(cell.text) <= _LONGEST_NAME and not is_title and any(c.isalpha() for c in head.text):
            return Item(Kind.INDUSTRY, cell.line_number, (), tuple(trades_within(without_remark(head, self.lexicon), self.lexicon)))
        return Item(Kind.OTHER, cell.line_number)
