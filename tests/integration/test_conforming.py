"""What dbt makes of observations nobody has seen: places, provinces, industries and clusters, rule by rule, on records made by hand.

One build holds all cases: a table of 2010 with its labels, a news page of 2021, a list of 2021 and a directory of 1999. The shipped
documents are held against their answers in test_shipped_documents.py.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.conforming import dbt as conforming
from orchestration.paths import DBT_PROJECT, SEEDS
from orchestration.reading.keys import industry_key, place_key
from orchestration.reading.observations import TABLES, Award, Fate, Line, Listing, PlacePart, Question, Record, Source, Statistic, Tally
from orchestration.refreshing.built import column_types
from orchestration.releasing.descriptions import read_descriptions, read_meanings

TABLE, NEWS, LIST, OLD = (digit * 16 for digit in "abcd")


class Writing:
    """A source written as one makes it up: every observation stands on a line of its own, so that its spans are right."""

    def __init__(self, source_id: str, as_of: date, title: str | None = None) -> None:
        self.source_id = source_id
        self.title = title
        self.as_of = as_of
        self.records: list[Record] = []
        self.lines: list[Line] = []
        self.count = 0

    def line(self, text: str, fate: Fate = Fate.USED, detail: str = "listing") -> int:
        self.lines.append(Line(self.source_id, len(self.lines) + 1, text, fate, detail))
        return len(self.lines)

    def listing(
        self,
        place: str | None,
        industry: str,
        *,
        label: str | None = None,
        aligned: str | None = None,
        sure: float = 1.0,
    ) -> str:
        """A row `label<TAB>place<TAB>industry`; places are separated by `/`, their names by commas, the most specific first."""
        self.count += 1
        observation = f"{self.source_id}-l{self.count:04}"
        text = "\t".join((label or "", place or "", industry))
        at = self.line(text)
        start = len(label or "") + 1
        self.records.append(
            Listing(
                observation, self.source_id, self.count, at, len(text) - len(industry), len(text), industry, industry_key(industry),
                place, at if place else None, start if place else None, start + len(place) if place else None, False,
                label, place_key(label) if label else None, at if label else None, 0 if label else None, len(label) if label else None,
                aligned, place_key(aligned) if aligned else None, at if aligned else None, sure if aligned else None,
                "label 1 of 2 declares 3" if aligned else None,
            )
        )  # fmt: skip
        self.places(observation, at, place, start)
        return observation

    def places(self, observation: str, at: int, place: str | None, start: int) -> None:
        for ordinal, names in enumerate(place.split("/") if place else (), 1):
            for part, name in enumerate(names.split(", "), 1):
                words = name.split()
                shortened = place_key(" ".join(words[:-1])) if len(words) > 1 else None
                self.records.append(
                    PlacePart(observation, self.source_id, ordinal, part, name, place_key(name), shortened, at, start, start + len(name))
                )
                start += len(name) + 2
            start -= 1

    def tally(self, label: str | None, count: int, measure: str = "listed_clusters") -> str:
        self.count += 1
        observation = f"{self.source_id}-t{self.count:04}"
        quote = f"{label or 'All'} ({count})"
        at = self.line(quote)
        key = place_key(label) if label else None
        self.records.append(Tally(observation, self.source_id, measure, label, key, count, at, 0, len(quote), quote))
        return observation

    def award(self, listing: str, declared: int | None = None) -> str:
        quote = "the winner"
        at = self.line(quote)
        observation = listing.replace("-l", "-a")
        self.records.append(
            Award(
                observation, self.source_id, listing, "winner", at, 4, 10, None, None, None, None, None, declared, at, 0, len(quote), quote
            )
        )
        return observation

    def statistic(self, place: str | None, listing: str | None = None, value: float = 7.0) -> str:
        self.count += 1
        observation = f"{self.source_id}-s{self.count:04}"
        quote = f"{place or 'it'} has {value:g} firms"
        at = self.line(quote)
        self.records.append(
            Statistic(
                observation, self.source_id, "cluster" if listing else "locality", place or "it", listing, "enterprise_count", value,
                "exactly", "count", None, None, None, None, at, 0, len(quote), quote,
            )
        )  # fmt: skip
        self.places(observation, at, place, 0)
        return observation

    def all(self) -> list[Record]:
        source = Source(
            self.source_id, f"{self.source_id}.txt", self.title, None, None, None, self.as_of, None, "en", None, "text/plain", "utf-8",
            self.source_id * 4, 1, len(self.lines), "made", 1.0, None, None,
        )  # fmt: skip
        return [source, *self.lines, *self.records]


Ids = dict[str, str]


def write_sources() -> tuple[list[Record], Ids]:
    """All records of the build, and the identifiers of those the tests ask about."""
    ids: Ids = {}
    table = Writing(TABLE, date(2010, 6, 30))

    def row(name: str, place: str | None, province: str, industry: str = "Socks industrial cluster", **more: Any) -> None:
        ids[name] = table.listing(place, industry, **{"label": province, "aligned": province} | more)

    row("heteronym", "Leqing, Wenzhou", "Zhejiang")
    row("glued", "Linqing Ki", "Shandong")
    row("town", "Shengze, Wujiang, Suzhou", "Jiangsu")
    row("town of a prefecture", "Guzhen, Zhongshan", "Guangdong")
    row("prefecture first", "Linyi", "Shandong")
    row("merged since", "Jiaonan, Qingdao", "Shandong")
    row("zone", "New district, Wuxi", "Jiangsu")
    row("near", "Haininq, Jiaxing", "Zhejiang")
    row("near parent", "Haining, Jiaxlng", "Zhejiang", "Leather industrial cluster")
    row("unread parent", "Haining, Qqqqqq", "Zhejiang", "Warp knitting industrial cluster")
    row("near but alone", "Yueqinq", "Zhejiang", "Hats industrial cluster")
    row("unknown", "Xyzzy, Wenzhou", "Zhejiang")
    row("slipped", "Xiantao", "Hunan", aligned="Hubei")
    row("witnesses disagree", "Haining, Jiaxing", "Hubei", "Furniture industrial cluster")
    row("same name elsewhere, sure", "Chaoyang", "Beijing")
    row("same name elsewhere, unsure", "Chaoyang", "Beijing", "Furniture industrial cluster", sure=0.5)
    row("label sure where order is not", "Yiwu, Jinhua", "Zhejiang", aligned="Jiangsu", sure=0.4)
    row("damaged label", "Ninghai, Ningbo", "Zhejlang")
    row("municipality", "Jinshan", "Shanghai")
    row("no place", None, "Zhejiang", "Quux industrial cluster")
    row("inner", "Keqiao, Shaoxing", "Zhejiang", "Textile industrial cluster")
    row("first inner", "Zhuji, Shaoxing", "Zhejiang", "Pearls industrial cluster")
    row("second inner", "Shengzhou, Shaoxing", "Zhejiang", "Pearls industrial cluster")
    row("county and", "Yiwu, Jinhua", "Zhejiang", "Toys industrial cluster")
    row("its prefecture", "Jinhua", "Zhejiang", "Toys industrial cluster")
    row("curated alias", "Silktown, Suzhou", "Jiangsu", "Furniture industrial cluster")
    row("curated decision", "Nowhere at all", "Zhejiang", "Furniture industrial cluster")
    row("curated industry", "Deqing, Huzhou", "Zhejiang", "Zzyzx industrial cluster")
    row("closing keyword", "Tongxiang, Jiaxing", "Zhejiang", "Bobby socks industrial cluster")
    row("keyword that does not close", "Lianjiang, Zhanjiang", "Guangdong", "Rice paddles industrial cluster")
    row("runs on", "Changxing, Huzhou", "Zhejiang", "Quuz industrial cluster k0 l")
    row("a sentence", "长兴县", "浙江省", "注：排名不分先后。")
    row("named again", "Yueqing, Wenzhou", "Zhejiang", "Sock industry cluster")
    row("markup", "Changxing, Huzhou", "Zhejiang", "**Quuz** industrial cluster")
    row("glued letters", "Changxing, Huzhou", "Zhejiang", "Quuz fJIG industrial cluster")
    ids["tally"] = table.tally("Shanghai", 1)
    ids["tally again"] = table.tally("Shanghai", 1)
    ids["tally contradicted"] = table.tally("Shanghai", 4)
    ids["tally beyond belief"] = table.tally("Hainan", 250_000)
    ids["tally without listings"] = table.tally("Gansu", 2)
    ids["tally of nowhere"] = table.tally("Atlantis", 2)
    ids["total"] = table.tally(None, 3)
    table.line("", Fate.BLANK, "blank")
    table.line("nothing comes of this", Fate.USED, "a claim of the reader")
    table.line("what is this", Fate.QUARANTINED, "no row of the table")

    news = Writing(NEWS, date(2021, 4, 1))
    ids["renamed before"] = news.listing("Xiangfan", "Automobile industrial cluster")
    ids["former name with its province"] = news.listing("Xiangfan", "Toys industrial cluster", label="Hubei")
    ids["renamed that year"] = table.listing("Xiangfan", "Hats industrial cluster", label="Hubei", aligned="Hubei")
    ids["gone by then"] = news.listing("Jiaonan, Qingdao", "Textile machinery industrial cluster")
    ids["given up that year"] = news.listing("Xiacheng, Hangzhou", "Socks industrial cluster")
    ids["two of the name"] = news.listing("Suzhou", "Furniture industrial cluster")
    ids["one of them by province"] = news.listing("Suzhou", "Toys industrial cluster", label="Anhui")
    ids["several places"] = news.listing("Guangzhou/Foshan", "Toys industrial cluster")
    ids["several counties"] = news.listing("Zhuji, Shaoxing/Shengzhou, Shaoxing", "Toys industrial cluster")
    ids["known for it"] = news.listing("Guzhen", "Lighting industrial cluster")
    ids["a county, not the prefecture"] = news.listing("Pingxiang County", "Bicycles industrial cluster")
    ids["nearly known for it"] = news.listing("Haning", "Leather industrial cluster", label="Zhejiang")
    ids["province only"] = news.listing("Sichuan", "Liquor industrial cluster")
    ids["broader"] = news.listing("Shaoxing", "Textile industrial cluster")
    ids["broader of two"] = news.listing("Shaoxing", "Pearls industrial cluster")
    ids["keyword"] = news.listing("Yueqing, Wenzhou", "Garment socks industrial cluster")
    ids["called the same"] = news.listing("Wujiang, Suzhou", "Garment socks industrial cluster")
    held = news.listing("Plugh, Wenzhou", "Furniture industrial cluster")
    ids["held winner"] = held
    ids["award"] = news.award(ids["broader"])
    ids["award of a held winner"] = news.award(held)
    ids["statistic"] = news.statistic("Yueqing, Wenzhou, Zhejiang")
    ids["statistic beyond belief"] = news.statistic("Yueqing, Wenzhou, Zhejiang", value=7.5)
    ids["statistic of a cluster"] = news.statistic(None, ids["broader"])
    ids["statistic of a held winner"] = news.statistic(None, held)

    chinese = Writing(LIST, date(2021, 4, 1), "江苏等地产业集群")
    ids["chinese"] = chinese.listing("乐清市, 温州市", "袜业产业集群", label="浙江省")
    ids["chinese town"] = chinese.listing("盛泽镇", "袜业产业集群", label="江苏省")

    ids["province of the title"] = chinese.listing("通州区", "家纺产业集群")
    above = chinese.listing("乐清市, 温州市", "电气产业集群", label="浙江省")
    ids["parent of the row above"] = chinese.listing("潜江市", "袜业产业集群", label="湖北省")
    (wenzhou,) = (r for r in chinese.records if isinstance(r, PlacePart) and r.observation_id == above and r.part_ordinal == 2)
    chinese.records.append(replace(wenzhou, observation_id=ids["parent of the row above"]))
    ids["award of too many winners"] = chinese.award(ids["chinese"], declared=0)

    old = Writing(OLD, date(1999, 12, 31))
    ids["then a county city"] = old.listing("Xiaoshan, Hangzhou", "Furniture industrial cluster")

    questions: list[Record] = [Question(None, "broken.txt", None, "broken.txt", "not text", "save it as UTF-8")]
    return [*table.all(), *news.all(), *chinese.all(), *old.all(), *questions], ids


def cluster_id(place_id: str, industry_id: str) -> str:
    return "c" + hashlib.md5(f"{place_id}|{industry_id}".encode()).hexdigest()[:12]


TIED = "i" + hashlib.md5(industry_key("Garment socks industrial cluster").encode()).hexdigest()[:12]


def curated_seeds(folder: Path) -> Path:
    """The seeds, with one decision of each kind by a person."""
    seeds = folder / "seeds"
    shutil.copytree(SEEDS, seeds)
    towns = duckdb.sql(f"select code from read_csv('{seeds}/gazetteer/towns.csv', all_varchar = true) where name_zh = '盛泽镇'").fetchone()
    assert towns
    entries = {
        "place_aliases": f"silktown,{towns[0]},a nickname,2026-01-01",
        "place_decisions": f"{TABLE},Nowhere at all,330523,read in the index,2026-01-01",
        "industry_decisions": "zzyzx,furniture,asked the publisher,2026-01-01",
        "cluster_decisions": f"{cluster_id('p320509', TIED)},{cluster_id(towns[0], 'hosiery')},same,they say so themselves,2026-01-01",
    }
    for name, entry in entries.items():
        with (seeds / "curation" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(entry + "\n")
    return seeds


def write_observations(records: list[Record], folder: Path) -> Path:
    folder.mkdir()
    for table, kind in TABLES.items():
        lines = (json.dumps(asdict(r), default=str, ensure_ascii=False) for r in records if isinstance(r, kind))
        (folder / f"{table}.ndjson").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return folder


Built = tuple[Path, Path, Ids]


# Of this module only: other tests in the same process build with the seeds as they are.
@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The build database, dbt's folder and the identifiers; built once."""
    root = tmp_path_factory.mktemp("conforming")
    records, ids = write_sources()
    database = root / "build.duckdb"
    conforming.load_observations(write_observations(records, root / "observations"), database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conforming, "SEEDS", curated_seeds(root))
        results = conforming.run_dbt(["build"], build_database=database, target=root / "target")
        assert [(r.name, r.message) for r in results if r.status not in ("success", "pass")] == []
        yield database, root / "target", ids


Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def listing(built: Built) -> Iterator[Callable[[str], dict[str, Any]]]:
    """A published listing by its name here, with its place, or none where it is not published."""
    database, _, ids = built
    with duckdb.connect(str(database), read_only=True) as connection:

        def ask(name: str) -> dict[str, Any]:
            cursor = connection.execute(
                f"""
                select l.*, d.name_zh, d.level, d.prefecture_code_gb2260, d.county_code_gb2260, d.current_county_code_gb2260,
                    i.classified_by, i.isic4_division, p.rule, q.reason, q.suggestion
                from (select '{ids[name]}' as observation_id)
                left join marts.fct_cluster_listings as l on l.listing_id = observation_id
                left join marts.dim_localities as d on d.locality_id = l.locality_id
                left join marts.dim_industries as i on i.industry_id = l.industry_id
                left join intermediate.int_observations_located as p using (observation_id)
                left join intermediate.int_listings_held_back as q using (observation_id)
                """
            )
            return dict(zip([c[0] for c in cursor.description], cursor.fetchone(), strict=True))

        yield ask


@pytest.fixture(scope="module")
def rows(built: Built) -> Iterator[Ask]:
    with duckdb.connect(str(built[0]), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("name", "rule", "level", "code", "current", "name_zh"),
    [
        ("heteronym", "heteronym", "county", "330382", "330382", "乐清市"),
        ("glued", "shortened", "county", "371581", "371581", "临清市"),
        ("town", "town_under_parent", "town", "320584", "320509", "盛泽镇"),
        ("town of a prefecture", "town_under_parent", "town", None, None, "古镇镇"),
        ("prefecture first", "exact_alone", "prefecture", None, None, "临沂市"),
        ("merged since", "exact_under_parent", "county", "370284", "370211", "胶南市"),
        ("zone", "exact_under_parent", "zone", None, "320214", "无锡新区"),
        ("near", "near_match", "county", "330481", "330481", "海宁市"),
        ("near parent", "near_parent", "county", "330481", "330481", "海宁市"),
        ("unread parent", "unread_parent", "county", "330481", "330481", "海宁市"),
        ("municipality", "exact_alone", "county", "310116", "310116", "金山区"),
        ("same name elsewhere, sure", "exact_alone", "county", "110105", "110105", "朝阳区"),
        ("curated alias", "curated_alias", "town", "320584", "320509", "盛泽镇"),
        ("curated decision", "curated_decision", "county", "330523", "330523", "安吉县"),
        ("former name with its province", "former_name", "prefecture", None, None, "襄阳市"),
        ("renamed that year", "until_that_year", "prefecture", None, None, "襄樊市"),
        ("given up that year", "until_that_year", "county", "330103", "330105", "下城区"),
        ("province of the title", "exact_alone", "county", "320612", "320612", "通州区"),
        ("parent of the row above", "exact_alone", "county", "429005", "429005", "潜江市"),
        ("one of them by province", "exact_alone", "prefecture", None, None, "宿州市"),
        ("several counties", "first_of_several", "county", "330681", "330681", "诸暨市"),
        ("several places", "first_of_several", "prefecture", None, None, "广州市"),
        ("known for it", "known_for_trade", "town", None, None, "古镇镇"),
        ("a county, not the prefecture", "known_for_trade", "county", "130532", "130532", "平乡县"),
        ("nearly known for it", "near_known_for_trade", "county", "330481", "330481", "海宁市"),
        ("chinese", "exact_under_parent", "county", "330382", "330382", "乐清市"),
        ("chinese town", "town_alone", "town", "320509", "320509", "盛泽镇"),
        ("then a county city", "exact_under_parent", "county", "330181", "330109", "萧山市"),
    ],
)
def test_place_is_told_by_its_rule_with_the_code_of_its_year(listing, name, rule, level, code, current, name_zh) -> None:
    told = listing(name)
    assert (told["rule"], told["level"], told["county_code_gb2260"], told["current_county_code_gb2260"], told["name_zh"]) == (
        rule, level, code, current, name_zh,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "places"), [("several counties", ["诸暨市", "嵊州市"]), ("several places", ["广州市", "佛山市"])])
def test_a_cluster_over_several_places_has_them_all_in_the_order_of_their_print(listing, rows, name: str, places: list[str]) -> None:
    cluster = listing(name)["cluster_id"]
    told = rows(f"""
        select localities.name_zh from marts.bridge_clusters_localities as bridge
        inner join marts.dim_localities as localities using (locality_id)
        where bridge.cluster_id = '{cluster}' order by bridge.place_ordinal""")
    assert [name_zh for (name_zh,) in told] == places


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("unknown", "no place of this name is known"),
        ("near but alone", "no place of this name is known"),
        ("witnesses disagree", "only in Zhejiang"),
        ("same name elsewhere, unsure", "the label does not settle it"),
        ("two of the name", "several places answer to the name"),
        ("renamed before", "only the gazetteer speaks for it"),
        ("gone by then", "the place stood until 2011"),
        ("markup", "markup"),
        ("glued letters", "letters that belong to none"),
        ("runs on", "words or letters that belong to none"),
        ("a sentence", "words or letters that belong to none"),
    ],
)
def test_doubtful_place_is_held_back_with_a_reason_and_a_suggestion(listing, name: str, reason: str) -> None:
    held = listing(name)
    assert held["listing_id"] is None
    assert reason in held["reason"]
    assert held["suggestion"]


def test_suggestions_for_an_ambiguous_name_are_the_places_that_bear_it(listing) -> None:
    assert {"320500", "341300"} <= set(listing("two of the name")["suggestion"].replace("(", " ").replace(",", " ").split())


@pytest.mark.parametrize(
    ("name", "province", "printed"),
    [("slipped", "420000", "Hunan"), ("damaged label", "330000", "Zhejlang")],
)
def test_province_that_differs_from_its_label_is_published_with_both_witnesses(listing, rows, name, province, printed) -> None:
    told = listing(name)
    ((rule, evidence),) = rows(f"select rule, evidence from audit.repairs where field = 'province' and listing_id = '{told['listing_id']}'")
    assert (told["province_code_gb2260"], told["province_printed"], told["is_repaired"]) == (province, printed, True)
    assert "document: " in evidence
    assert "gazetteer: " in evidence
    assert rule in ("slipped_label", "near_match")


def test_label_stands_where_the_order_is_unsure_and_the_gazetteer_agrees_with_it(listing) -> None:
    told = listing("label sure where order is not")
    assert (told["province_code_gb2260"], told["is_repaired"]) == ("330000", False)


def test_agreement_with_one_of_several_provinces_is_published_as_less_sure(listing) -> None:
    assert listing("same name elsewhere, sure")["confidence"] <= listing("prefecture first")["confidence"]


@pytest.mark.parametrize(
    ("name", "published"),
    [("heteronym", "Yueqing"), ("glued", "Linqing"), ("near", "Haining"), ("near parent", "Haining")],
)
def test_place_whose_name_differs_from_its_print_is_a_repair(listing, rows, name: str, published: str) -> None:
    listing_id = listing(name)["listing_id"]
    assert rows(f"select published from audit.repairs where field = 'locality' and listing_id = '{listing_id}'") == [(published,)]


@pytest.mark.parametrize("name", ["town", "merged since", "zone", "prefecture first", "chinese", "then a county city"])
def test_place_printed_as_it_was_called_is_no_repair(listing, name: str) -> None:
    assert listing(name)["is_repaired"] is False


@pytest.mark.parametrize("name", ["heteronym", "glued", "near", "near parent", "curated alias"])
def test_repair_of_a_place_names_what_the_document_says_for_it(listing, rows, name: str) -> None:
    ((evidence,),) = rows(f"select evidence from audit.repairs where field = 'locality' and listing_id = '{listing(name)['listing_id']}'")
    assert "document: " in evidence
    assert "printed as its province" in evidence


@pytest.mark.parametrize(
    ("name", "field", "ordinal", "alternative_id", "rule", "reason"),
    [
        ("slipped", "province", 1, "430000", "printed_label", 'put the row under "Hubei", and "Xiantao" is in Hubei'),
        ("label sure where order is not", "province", 1, "320000", "aligned_label", '"Zhejiang" is printed as its province, and'),
        ("prefecture first", "locality", 1, "371424", "exact_alone", "a prefecture is meant before a county"),
        ("prefecture first", "locality", 2, "140821", "exact_alone", 'order and counts put the row under Shandong; "Shandong" printed'),
        ("known for it", "locality", 1, "340323", "exact_alone", "the place published is known for the trade"),
        ("curated industry", "locality", 1, "441226", "name_alone", '"Huzhou", printed beside the name, is of elsewhere'),
        ("keyword", "industry", 1, "hosiery", "keyword", "its lead is too small"),
    ],
)
def test_what_other_evidence_would_have_published_is_kept_with_why_it_did_not(
    rows, built: Built, name: str, field: str, ordinal: int, alternative_id: str, rule: str, reason: str
) -> None:
    ((found_id, found_rule, found_reason),) = rows(
        f"""
        select alternative_id, rule, reason from audit.alternatives
        where listing_id = '{built[2][name]}' and field = '{field}' and ordinal = {ordinal}
        """
    )
    assert (found_id, found_rule) == (alternative_id, rule)
    assert reason in found_reason


def test_place_that_was_gone_by_the_year_of_the_facts_is_no_alternative(rows) -> None:
    gone = """
        select alternative from audit.alternatives
        join intermediate.int_places_worded on observation_id = listing_id and place_ordinal = 1
        where field = 'locality' and not exists (
            select 1 from intermediate.int_places where code = alternative_id and name_year between valid_from and last_year
        )"""
    assert rows(gone) == []


def test_cluster_named_again_by_its_source_is_traced_to_the_first_listing(listing, rows, built: Built) -> None:
    _, _, ids = built
    assert listing("named again")["listing_id"] is None
    assert listing("named again")["reason"] is None
    assert rows("select row_id from audit.provenance where rule = 'printed_again' and table_name = 'fct_cluster_listings'") == [
        (ids["heteronym"],)
    ]


def test_print_that_cannot_be_shown_is_no_question_about_its_place(rows, built: Built) -> None:
    _, _, ids = built
    assert rows(f"select count(*) from audit.review_questions where subject_id = '{ids['markup']}'") == [(0,)]


def test_counts_figures_and_awards_beyond_belief_are_quarantined(rows, built: Built) -> None:
    _, _, ids = built
    reasons = dict(rows("select printed, reason from audit.quarantine"))
    assert "between 1 and 100,000" in reasons["Hainan (250000)"]
    assert "a count is whole" in reasons["Yueqing, Wenzhou, Zhejiang has 7.5 firms"]
    assert "declares 0" in reasons["the winner"]
    assert rows(f"select count(*) from marts.fct_statistics where statistic_id = '{ids['statistic beyond belief']}'") == [(0,)]


def test_listing_of_a_province_alone_has_no_locality(listing) -> None:
    assert (listing("province only")["province_code_gb2260"], listing("province only")["locality_id"]) == ("510000", None)
    assert (listing("no place")["province_code_gb2260"], listing("no place")["locality_id"]) == ("330000", None)


@pytest.mark.parametrize(
    ("name", "classified_by"),
    [("heteronym", "exact_term"), ("curated industry", "curated"), ("keyword", "keyword"), ("no place", "unclassified")],
)
def test_industry_says_how_it_was_told(listing, name: str, classified_by: str) -> None:
    told = listing(name)
    assert told["classified_by"] == classified_by
    assert (told["isic4_division"] is None) == (classified_by == "unclassified")


def test_keyword_decides_only_where_it_closes_the_print(listing) -> None:
    assert listing("closing keyword")["industry_id"] == "hosiery"
    told = listing("keyword that does not close")
    assert (told["classified_by"], told["isic4_division"]) == ("unclassified", None)


def test_industry_ahead_of_another_by_too_little_is_its_own_with_their_division(listing) -> None:
    assert listing("keyword")["industry_id"] == TIED
    assert listing("keyword")["isic4_division"] == "14"


def test_unclassified_industry_and_held_place_are_questions(rows, built: Built) -> None:
    _, _, ids = built
    questions = set(rows("select kind, subject_id from audit.review_questions"))
    assert {("industry", "quux"), ("place", ids["unknown"]), ("place", ids["two of the name"])} <= questions


def test_same_place_and_industry_in_two_scripts_and_years_is_one_cluster(listing) -> None:
    assert listing("heteronym")["cluster_id"] == listing("chinese")["cluster_id"]
    assert listing("town")["cluster_id"] == listing("chinese town")["cluster_id"]


def test_place_inside_another_with_the_same_industry_is_one_cluster_at_the_inner_place(listing, rows) -> None:
    inner, broader = listing("inner"), listing("broader")
    assert inner["cluster_id"] == broader["cluster_id"]
    assert rows(f"select locality_id, source_count from marts.dim_clusters where cluster_id = '{inner['cluster_id']}'") == [
        (inner["locality_id"], 2)
    ]


def test_broader_listing_that_could_be_either_of_two_clusters_stays_apart_and_asks(listing, rows) -> None:
    clusters = {listing(name)["cluster_id"] for name in ("first inner", "second inner", "broader of two")}
    assert len(clusters) == 3
    broader = listing("broader of two")["cluster_id"]
    assert rows(f"select count(*) from audit.review_questions where kind = 'cluster' and subject_id = '{broader}'") == [(1,)]


def test_clusters_that_one_source_lists_apart_are_two(listing) -> None:
    assert listing("county and")["cluster_id"] != listing("its prefecture")["cluster_id"]


def test_clusters_that_a_person_called_the_same_are_one(listing) -> None:
    assert listing("called the same")["cluster_id"] == listing("town")["cluster_id"]


def test_keyword_industry_at_the_place_of_a_cluster_of_its_class_asks_whether_they_are_one(listing, rows) -> None:
    keyword, known = listing("keyword")["cluster_id"], listing("heteronym")["cluster_id"]
    assert keyword != known
    assert rows(f"select suggested_id from audit.review_questions where kind = 'cluster' and subject_id = '{keyword}'") == [(known,)]


def test_tallies_are_reconciled_with_what_is_published(rows, built: Built) -> None:
    _, _, ids = built
    assert rows("select tally_id, declared_count, listed_count, is_reconciled from marts.fct_province_tallies order by tally_id") == [
        (ids["tally"], 1, 1, True),
        (ids["tally without listings"], 2, None, None),
    ]
    assert rows("select declared_count, tallied_count, is_reconciled from audit.declared_totals") == [(3, 3, True)]


def test_contradicted_and_unreadable_tallies_are_quarantined(rows) -> None:
    printed = {text for (text,) in rows("select printed from audit.quarantine")}
    assert {"Shanghai (4)", "Atlantis (2)"} <= printed
    assert "Shanghai (1)" not in printed


def test_award_follows_its_listing(rows, built: Built, listing) -> None:
    _, _, ids = built
    assert rows("select award_id, cluster_id from marts.fct_awards") == [(ids["award"], listing("broader")["cluster_id"])]
    assert rows("select count(*) from audit.quarantine where reason like 'the winner is a listing that is held back%'") == [(1,)]


def test_statistics_are_of_the_place_or_cluster_told(rows, built: Built, listing) -> None:
    _, _, ids = built
    found = {row[0]: row[1:] for row in rows("select statistic_id, cluster_id, province_code_gb2260 from marts.fct_statistics")}
    assert found[ids["statistic"]] == (None, "330000")
    assert found[ids["statistic of a cluster"]] == (listing("broader")["cluster_id"], "330000")
    assert found[ids["statistic of a held winner"]] == (None, None)


def test_line_nothing_published_comes_from_ends_as_quarantined(rows, built: Built) -> None:
    ledger = dict(
        rows(
            f"select text, fate from audit.line_ledger join audit.document_lines using (source_id, line_number) where source_id = '{TABLE}'"
        )
    )
    assert ledger["Zhejiang\tXyzzy, Wenzhou\tSocks industrial cluster"] == "quarantined"
    assert ledger["nothing comes of this"] == "quarantined"
    assert ledger["what is this"] == "quarantined"
    assert ledger["Shanghai (1)"] == "used"
    assert ledger["Shanghai (4)"] == "quarantined"
    assert ledger[""] == "blank"


def test_document_that_could_not_be_decoded_is_in_quarantine_without_a_source(rows) -> None:
    assert rows("select printed, reason from audit.quarantine where source_id is null") == [("broken.txt", "not text")]


# What every rule says of its defect. A test holds several rules: the rows of the failing one name it.
DEFECTS = {
    "stg_raw__lines": "insert into raw.lines select * from raw.lines where line_number = 3",
    "int_places": "update intermediate.int_places set place_period_id = 'same'",
    "every line of a document is in the ledger once": "delete from audit.line_ledger where line_number = 2",
    "something published comes from a used line": "update audit.line_ledger set fate = 'used' where fate = 'blank'",
    "a quarantined line is in quarantine": "update audit.line_ledger set fate = 'quarantined' where line_number = 1",
    "a span lies within its line": "update audit.provenance set char_end = 999 where column_name = 'industry_printed'",
    "a quote stands in its line": "update marts.fct_awards set quote = 'another'",
    "what was read is published, traced to a listing or held back, once": "delete from intermediate.int_listings_held_back",
    "a locality lies in the province published": "update marts.dim_localities set province_code_gb2260 = '110000'",
    "a listing is repaired where it has repairs": "delete from audit.repairs",
    "place_aliases": "delete from raw.place_parts where key = 'silktown'",
    "place_decisions": "update raw.listings set locality_printed = 'another' where locality_printed = 'Nowhere at all'",
    "industry_decisions": "delete from intermediate.int_industries_classified where industry_key = 'zzyzx'",
    "cluster_decisions": "delete from intermediate.int_clusters_merged",
    "duplicated or missing key": "update marts.dim_clusters set cluster_id = 'same'",
    "cluster_id is not in dim_clusters": "delete from marts.dim_clusters",
}


def test_every_rule_of_an_assertion_has_a_defect() -> None:
    files = (DBT_PROJECT / "tests").rglob("*.sql")
    rules = {rule for file in files for rule in re.findall(r"'([^'{]+)' as (?:rule|file)", file.read_text(encoding="utf-8"))}
    assert rules - DEFECTS.keys() == set()


@pytest.fixture(scope="module")
def assertions(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The query of each dbt test, whose rows are the offending ones; all pass."""
    database, target, _ = built
    copy = tmp_path_factory.mktemp("asked") / database.name  # the view marts.clusters names its catalog, which is the file's name
    shutil.copy(database, copy)
    results = conforming.run_dbt(["test"], build_database=copy, target=target)
    assert {r.name: r.status for r in results if r.status != "pass"} == {}
    return {r.name: r.sql for r in results}


def test_every_rule_of_every_assertion_catches_its_defect(built: Built, assertions: dict[str, str], tmp_path: Path) -> None:
    copy = tmp_path / built[0].name
    missed = {}
    for rule, defect in DEFECTS.items():
        shutil.copy(built[0], copy)
        with duckdb.connect(str(copy)) as connection:
            connection.execute(defect)
            broken = {str(row[0]) for query in assertions.values() for row in connection.execute(query).fetchall()}
        if rule not in broken:
            missed[rule] = broken
    assert missed == {}


# How a dbt test asks for one key: the rule or model it names, the key's first column, the relation, and what follows.
KEY = re.compile(
    r"'(?P<rule>[^']+)' as \w+,\s+cast\((?P<column>\w+) as string\) as \w+(?:,\s+count\(\*\) as \w+)?"
    r"\s+from (?P<relation>\S+)\s+(?P<asks>group|where)"
)
SPOILT = {
    "group": ("(select * from {0} union all select * from {0})", "(select * replace (null as {1}) from {0})"),
    "where": ("(select * replace ('a stranger' as {1}) from {0})",),
}


def test_every_key_catches_a_row_twice_a_gap_and_a_stranger(built: Built, assertions: dict[str, str]) -> None:
    keys = {name for name, query in assertions.items() if KEY.search(query)}
    assert keys == {name for name in assertions if name.startswith("has_keys") or "keys" in name}
    asked, missed = 0, []
    with duckdb.connect(str(built[0]), read_only=True) as connection:
        for name in sorted(keys):
            query = assertions[name]
            for key in KEY.finditer(query):
                for spoilt in SPOILT[key["asks"]]:
                    asked += 1
                    start, end = key.span("relation")
                    mutant = query[:start] + spoilt.format(key["relation"], key["column"]) + query[end:]
                    if key["rule"] not in {row[0] for row in connection.execute(mutant).fetchall()}:
                        missed.append((name, key["rule"], spoilt))
    assert missed == []
    assert asked > 130  # every model before the marts and every mart twice, every reference once


def test_every_column_is_described_by_its_model_or_by_what_its_name_means(built: Built) -> None:
    docs, meanings = read_descriptions(DBT_PROJECT / "models"), read_meanings(DBT_PROJECT / "models")
    models = {(schema, table): columns for (schema, table), columns in column_types(built[0]).items() if f"{schema}.{table}" in docs}
    assert {schema for schema, _ in models} == {"intermediate", "marts", "audit"}
    said = {(*place, name) for place in models for name in docs[".".join(place)].columns}
    assert [
        f"{'.'.join(place)}.{name}" for place in models for name in models[place] if (*place, name) not in said and name not in meanings
    ] == []
    assert sorted(said - {(*place, name) for place, columns in models.items() for name in columns}) == [], "these columns are gone"


def test_records_in_another_order_build_the_same_tables(built: Built, tmp_path: Path, rows) -> None:
    _, target, _ = built
    records, _ = write_sources()
    again = tmp_path / "again.duckdb"
    conforming.load_observations(write_observations(records[::-1], tmp_path / "observations"), again)
    conforming.run_dbt(["run"], build_database=again, target=target)
    tables = rows("select table_schema, table_name from information_schema.tables where table_schema in ('marts', 'audit')")
    with duckdb.connect(str(again), read_only=True) as connection:
        for schema, table in tables:
            statement = f"select * from {schema}.{table} order by all"
            assert connection.execute(statement).fetchall() == rows(statement), table
