"""A release's database made by hand: the tables of the contract, filled from the printed table of 2010 and the article of 2021.

Values that the pipeline would conform (codes, coordinates, industries) are approximate; spans are exact. `make_release(clusters)` repeats
the table until there are as many clusters as asked for.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.paths import DBT_PROJECT
from orchestration.releasing.descriptions import read_descriptions
from orchestration.releasing.tables import RELEASED

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "raw" / "li_fung" / "000_a9175d87f7a6e4c8.txt"
ARTICLE = ROOT / "raw" / "zhejiang_gov" / "004_f39f7fba967055bf.txt"
S1, S2 = "a9175d87f7a6e4c8", "f39f7fba967055bf"

DOCS = read_descriptions(DBT_PROJECT / "models")
COLUMNS = {
    table.full_name: {name: column.data_type for name, column in DOCS[table.full_name].columns.items()}
    for table in RELEASED
    if table.name != "clusters"
}
SCHEMA = f"""
create schema marts; create schema audit;
{"".join(f"create table {t} ({', '.join(f'{name} {kind}' for name, kind in columns.items())});" for t, columns in COLUMNS.items())}
create view marts.clusters as select
    c.cluster_id, c.name_en as name, p.name_en as province, l.prefecture_name_en as prefecture, l.county_name_en as county,
    case when l.level in ('town', 'zone') then l.name_en end as town, i.name_en as industry, i.isic4_division, i.isic4_title,
    l.latitude, l.longitude, c.first_listed_on, c.last_listed_on, c.source_count,
    (select count(*) from marts.fct_awards a where a.cluster_id = c.cluster_id) as award_count,
    (select count(*) from marts.fct_statistics s where s.cluster_id = c.cluster_id) as statistic_count
from marts.dim_clusters c left join marts.dim_provinces p using (province_code_gb2260)
left join marts.dim_localities l using (locality_id) left join marts.dim_industries i using (industry_id);
"""

PROVINCES = """110000,CN-BJ,北京市,Beijing,39.9,116.4
120000,CN-TJ,天津市,Tianjin,39.1,117.2
130000,CN-HE,河北省,Hebei,38.0,115.3
140000,CN-SX,山西省,Shanxi,37.5,112.4
150000,CN-NM,内蒙古自治区,Inner Mongolia,43.5,114.0
210000,CN-LN,辽宁省,Liaoning,41.3,122.8
220000,CN-JL,吉林省,Jilin,43.6,126.1
230000,CN-HL,黑龙江省,Heilongjiang,47.0,127.8
310000,CN-SH,上海市,Shanghai,31.2,121.4
320000,CN-JS,江苏省,Jiangsu,32.9,119.5
330000,CN-ZJ,浙江省,Zhejiang,29.2,120.2
340000,CN-AH,安徽省,Anhui,31.8,117.2
350000,CN-FJ,福建省,Fujian,25.6,118.3
360000,CN-JX,江西省,Jiangxi,27.6,115.7
370000,CN-SD,山东省,Shandong,36.2,118.4
410000,CN-HA,河南省,Henan,34.2,113.8
420000,CN-HB,湖北省,Hubei,31.1,112.4
430000,CN-HN,湖南省,Hunan,27.7,112.1
440000,CN-GD,广东省,Guangdong,23.3,113.5
450000,CN-GX,广西壮族自治区,Guangxi,23.8,108.8
460000,CN-HI,海南省,Hainan,19.2,109.7
500000,CN-CQ,重庆市,Chongqing,29.6,106.6
510000,CN-SC,四川省,Sichuan,30.5,103.6
520000,CN-GZ,贵州省,Guizhou,26.8,106.7
530000,CN-YN,云南省,Yunnan,24.9,101.6
540000,CN-XZ,西藏自治区,Tibet,31.0,88.8
610000,CN-SN,陕西省,Shaanxi,34.3,108.9
620000,CN-GS,甘肃省,Gansu,36.1,103.8
630000,CN-QH,青海省,Qinghai,36.6,98.0
640000,CN-NX,宁夏回族自治区,Ningxia,37.3,106.2
650000,CN-XJ,新疆维吾尔自治区,Xinjiang,43.8,86.0
710000,CN-TW,台湾省,Taiwan,23.8,121.0
810000,CN-HK,香港特别行政区,Hong Kong,22.3,114.2
820000,CN-MO,澳门特别行政区,Macao,22.2,113.5"""

# word of the print -> ISIC Rev.4 section, division, class and title of the class
INDUSTRIES = {
    "electr": ("C", "27", "2710", "Manufacture of electric motors, generators, transformers and electricity distribution apparatus"),
    "metal": ("C", "25", "2593", "Manufacture of cutlery, hand tools and general hardware"),
    "steel": ("C", "24", "2410", "Manufacture of basic iron and steel"),
    "tex": ("C", "13", "1312", "Weaving of textiles"),
    "silk": ("C", "13", "1312", "Weaving of textiles"),
    "knit": ("C", "13", "1391", "Manufacture of knitted and crocheted fabrics"),
    "shoe": ("C", "15", "1520", "Manufacture of footwear"),
    "leather": ("C", "15", "1511", "Tanning and dressing of leather; dressing and dyeing of fur"),
    "wear": ("C", "14", "1410", "Manufacture of wearing apparel, except fur apparel"),
    "machin": ("C", "28", "2829", "Manufacture of other special-purpose machinery"),
    "equipment": ("C", "28", "2829", "Manufacture of other special-purpose machinery"),
    "ceram": ("C", "23", "2393", "Manufacture of other porcelain and ceramic products"),
    "chemical": ("C", "20", "2011", "Manufacture of basic chemicals"),
    "furniture": ("C", "31", "3100", "Manufacture of furniture"),
}


def _industry(printed: str) -> tuple[str | None, str | None, str | None, str | None]:
    return next((isic for word, isic in INDUSTRIES.items() if word in printed.lower()), (None, None, None, None))


def _table_rows() -> list[tuple[int, str, int, str, str]]:
    """(line number, line, line of the province label, place, industry) of the printed table, place filled down."""
    rows, place, label = [], "", 0
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        label = number if cells[0].rstrip().endswith(")") and cells[0][:1].isupper() else label
        industry = next((cell for cell in cells if cell.endswith("industrial cluster")), "")
        if not label or not industry:
            continue
        place = next((cell for cell in cells[(number == label) :] if cell and cell != industry), place)
        rows.append((number, line, label, place, industry))
    return rows


def build_release(path: Path, clusters: int = 97) -> Path:
    """A database with that many clusters of the printed table, and three of the article."""
    documents = {S1: TABLE.read_text(encoding="utf-8").splitlines(), S2: ARTICLE.read_text(encoding="utf-8").splitlines()}
    provinces = {row[3]: row for row in (line.split(",") for line in PROVINCES.splitlines())}
    tables: dict[str, list[tuple[object, ...]]] = {}

    def add(table: str, *row: object) -> None:
        tables.setdefault(table, []).append(row)

    add(
        "marts.dim_sources",
        S1,
        f"li_fung/{TABLE.name}",
        "Chinese 100 Industrial Clusters",
        "Li & Fung Research Centre",
        "2019-01-23",
        "2010-06-30",
        "en",
        "text/plain",
        S1 * 4,
        6030,
        len(documents[S1]),
    )
    add(
        "marts.dim_sources",
        S2,
        f"zhejiang_gov/{ARTICLE.name}",
        "Three Zhejiang-based industrial clusters stand out in national arena",
        "ALMS",
        "2021-04-01",
        "2021-04-01",
        "en",
        "text/plain",
        S2 * 4,
        2711,
        len(documents[S2]),
    )
    for code, iso, name_zh, name_en, _, _ in provinces.values():
        add("marts.dim_provinces", code, iso, name_en, name_zh, "province", "East China")
    for source_id, lines in documents.items():
        for number, text in enumerate(lines, start=1):
            add("audit.document_lines", source_id, number, text)
    printed, declared = _table_rows(), {}
    for index in range(clusters):
        number, line, label, place, industry = printed[index % len(printed)]
        repeat = f"-{index // len(printed)}" if index >= len(printed) else ""
        label_text = documents[S1][label - 1].split("\t")[0]
        province = provinces[label_text.split(" (")[0].removesuffix(" province").replace(" Uygur Autonomous Region", "")]
        declared[label] = (province[0], label_text, declared.get(label, (0, 0, 0))[2] + 1)
        town, county = place.split(", ")[0], place.split(", ")[-2:][0]
        identity, isic = f"{index:04d}", _industry(industry)
        locality, cluster, listing, industry_id = f"loc-{identity}", f"cl-{identity}", f"{S1}-l{identity}", f"ind-{identity}"
        shift = (index * 37 % 100 - 50) / 40, (index * 61 % 100 - 50) / 30
        add(
            "marts.dim_localities",
            locality,
            f"pl-{identity}",
            1995,
            None,
            town,
            "乐清市" if town == "Leqing" else "某某市",
            "county" if "," in place else "prefecture",
            province[0],
            place.split(", ")[-1],
            "温州市" if town == "Leqing" else None,
            province[0][:3] + "300",
            county,
            province[0][:3] + "382",
            province[0][:3] + "382",
            float(province[4]) + shift[0],
            float(province[5]) + shift[1],
            "county",
        )
        name = industry.removesuffix(" industrial cluster")
        add(
            "marts.dim_industries",
            industry_id,
            name,
            "电气" if "electr" in industry else "行业",
            *isic,
            "lexicon" if isic[0] else "unclassified",
        )
        add(
            "marts.dim_clusters",
            cluster,
            f"{town} {name} industrial cluster{repeat}",
            province[0],
            locality,
            industry_id,
            "2010-06-30",
            "2021-04-01" if town == "Leqing" else "2010-06-30",
            2 if town == "Leqing" else 1,
        )
        start = line.index(industry)
        junk = len(place.split(" ")[-1]) < 4 and place.split(" ")[-1]
        add(
            "marts.fct_cluster_listings",
            listing,
            S1,
            cluster,
            index + 1,
            number,
            start,
            start + len(industry),
            label_text,
            place,
            industry,
            province[0],
            locality,
            industry_id,
            "2010-06-30",
            1.0,
            bool(junk),
        )
        add("audit.provenance", "fct_cluster_listings", listing, "industry_id", S1, number, start, start + len(industry), "print")
        add("audit.provenance", "fct_cluster_listings", listing, "province_code_gb2260", S1, label, 0, len(label_text), "label")
        if place in line:
            at = line.index(place)
            add(
                "audit.provenance",
                "fct_cluster_listings",
                listing,
                "locality_id",
                S1,
                number,
                at,
                at + len(place),
                "exact name in the province",
            )
        if junk:
            add(
                "audit.repairs",
                f"rep-{identity}",
                S1,
                number,
                listing,
                "locality_id",
                place,
                place.removesuffix(junk).strip(),
                "trailing junk dropped",
                f"“{junk}” is no part of any place name; {town} stands in the gazetteer of {province[3]}; the label's count agrees",
                0.98,
            )
            add("audit.alternatives", listing, "province", 1, "340000", "Anhui", "printed_label", None, None, "the label has slipped")
            add("audit.alternatives", listing, "industry", 1, "bearings", "Bearings (ISIC 2814)", "keyword", None, 3, "it has more points")
    for label, (code, text, listed) in declared.items():
        count = int(text.split("(")[1].rstrip(")"))
        add("marts.fct_province_tallies", f"tal-{label:04d}", S1, code, "listed_clusters", count, listed, count == listed, label, text)
    add("audit.declared_totals", "tot-0001", S1, "listed_clusters", 100, 100, clusters, clusters == 100, 11, "100 Industrial Clusters")
    _add_article(add, documents[S2])
    _add_audit(add, documents)
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA)
        for table, values in tables.items():
            columns = ", ".join(list(COLUMNS[table])[: len(values[0])])
            connection.execute(
                f"insert into {table} ({columns}) values " + ", ".join(f"({', '.join(map(_literal, row))})" for row in values)
            )
    return path


def _add_article(add: Callable[..., None], lines: list[str]) -> None:
    def find(quote: str) -> tuple[int, int, int]:
        number = next(number for number, line in enumerate(lines, start=1) if quote in line)
        return number, lines[number - 1].index(quote), lines[number - 1].index(quote) + len(quote)

    winners = (
        ("Hangzhou", "Digital Security and Protection", "杭州市", 30.3, 120.2, "26", None),
        ("Ningbo", "Magnetic Material", "宁波市", 29.9, 121.6, "25", None),
        ("Wenzhou Yueqing", "Electrical", "乐清市", 28.1, 120.97, "27", "cl-0004"),
    )
    for index, (place, industry, place_zh, latitude, longitude, division, known) in enumerate(winners):
        cluster, listing, quote = known or f"cl-x{index}", f"{S2}-l{index:04d}", f"{place} {industry} Industrial Cluster"
        if not known:
            add(
                "marts.dim_localities",
                f"loc-x{index}",
                f"pl-x{index}",
                1990,
                None,
                place,
                place_zh,
                "prefecture",
                "330000",
                place,
                place_zh,
                "330300",
                None,
                None,
                None,
                latitude,
                longitude,
                "prefecture",
            )
            add(
                "marts.dim_industries",
                f"ind-x{index}",
                industry,
                "数字安防",
                "C",
                division,
                division + "10",
                "Manufacture of equipment",
                "curated",
            )
            add(
                "marts.dim_clusters",
                cluster,
                f"{place} {industry} industrial cluster",
                "330000",
                f"loc-x{index}",
                f"ind-x{index}",
                "2021-04-01",
                "2021-04-01",
                1,
            )
        number, start, end = find(quote)
        add(
            "marts.fct_cluster_listings",
            listing,
            S2,
            cluster,
            index + 1,
            number,
            start + len(place) + 1,
            end,
            "Zhejiang province",
            place,
            f"{industry} Industrial Cluster",
            "330000",
            f"loc-x{index}",
            f"ind-x{index}",
            "2021-04-01",
            1.0,
            False,
        )
        add("audit.provenance", "fct_cluster_listings", listing, "locality_id", S2, number, start, start + len(place), "exact name")
        add(
            "marts.fct_awards",
            f"{S2}-a{index:04d}",
            S2,
            "Contest for Advanced Manufacturing Clusters in China",
            "Ministry of Industry and Information Technology",
            2019,
            25,
            cluster,
            number,
            quote,
        )
    figures = (
        (
            "cluster",
            "Hangzhou Digital Security and Protection Industrial Cluster",
            "cl-x0",
            "output_share",
            55.5,
            "exactly",
            "percent",
            None,
            "55.5 percent of the total output",
        ),
        ("product", "video monitor products", "cl-x0", "market_share", 50, "nearly", "percent", None, "nearly half the global market"),
        (
            "cluster",
            "Wenzhou Yueqing Electrical Industrial Cluster",
            "cl-0004",
            "market_share",
            65,
            "exactly",
            "percent",
            None,
            "65 percent of the national market",
        ),
        (
            "cluster",
            "Wenzhou Yueqing Electrical Industrial Cluster",
            "cl-0004",
            "product_types",
            6000,
            "over",
            "count",
            None,
            "over 6,000 types of products",
        ),
        (
            "cluster",
            "Wenzhou Yueqing Electrical Industrial Cluster",
            "cl-0004",
            "product_models",
            25000,
            "over",
            "count",
            None,
            "over 25,000 models",
        ),
        (
            "cluster_group",
            "Zhejiang-based industrial clusters",
            None,
            "cluster_count",
            200,
            "exactly",
            "count",
            1e10,
            "200 Zhejiang-based industrial clusters earned over 10 billion yuan",
        ),
        (
            "cluster_group",
            "Zhejiang-based industrial clusters",
            None,
            "cluster_count",
            14,
            "exactly",
            "count",
            1e11,
            "14 earned over 100 billion yuan",
        ),
        (
            "cluster_group",
            "Zhejiang-based industrial clusters",
            None,
            "cluster_count",
            3,
            "exactly",
            "count",
            1e12,
            "three earned over 1 trillion yuan",
        ),
    )
    for index, (kind, subject, cluster, measure, value, qualifier, unit, threshold, quote) in enumerate(figures):
        add(
            "marts.fct_statistics",
            f"{S2}-s{index:04d}",
            S2,
            kind,
            subject,
            cluster,
            None,
            "330000",
            measure,
            value,
            qualifier,
            unit,
            None,
            threshold,
            "CNY" if threshold else None,
            2020 if threshold else None,
            *find(quote),
            quote,
        )
    for code, count in (
        ("330000", 3),
        ("320000", 6),
        ("440000", 6),
        ("310000", 2),
        ("370000", 2),
        ("430000", 2),
        ("510000", 2),
        ("340000", 1),
        ("610000", 1),
    ):
        add(
            "marts.fct_province_tallies",
            f"tal-w{code}",
            S2,
            code,
            "contest_winners",
            count,
            3 if code == "330000" else 0,
            code == "330000",
            14,
            "each taking six spots on the list",
        )


def _add_audit(add: Callable[..., None], documents: dict[str, list[str]]) -> None:
    for source_id, lines in documents.items():
        for number, text in enumerate(lines, start=1):
            fate = "blank" if not text.strip() else "boilerplate" if number < 8 else "used"
            fate = "quarantined" if "Bishan" in text else fate
            add("audit.line_ledger", source_id, number, fate, fate)
            if fate == "quarantined":
                add(
                    "audit.quarantine",
                    "qua-0001",
                    source_id,
                    number,
                    text.strip(),
                    "The place is in no province that the order of labels allows",
                    "Bishan is a district of Chongqing; accept it if the label slipped",
                )
    for suite, count in (("dim_clusters", 8), ("fct_cluster_listings", 14), ("fct_statistics", 9), ("line_conservation", 4)):
        for index in range(count):
            add("audit.gate_results", suite, f"{suite} expectation {index + 1}", "critical", "pass", "0 rows", 0, None)
    add(
        "audit.gate_results",
        "fct_province_tallies",
        "declared counts equal listed counts",
        "warning",
        "warn",
        "9 rows differ",
        9,
        "Zhejiang 25, 27",
    )
    add("audit.gate_results", "marts.fct_cluster_listings", "agrees_with_the_answers", "critical", "pass", "1 of 100", 1, None)


def _literal(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float)):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


@pytest.fixture(scope="session")
def make_release(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A fresh copy of a database with as many clusters as asked for."""
    built: dict[int, Path] = {}

    def make(clusters: int = 97) -> Path:
        if clusters not in built:
            built[clusters] = build_release(tmp_path_factory.mktemp("built") / "jiqun.duckdb", clusters)
        return Path(shutil.copy(built[clusters], tmp_path_factory.mktemp("release")))

    return make
