"""Everything a release knows of one id: its print, and every step from there to what is published. Reads an open release; prints nothing.

The answer is one JSON-ready dictionary, the same for every kind of thing: the published row, the place chain and industry it was given,
a statement for each source (lines with marks, values with their rules, repairs with their evidence), and what else speaks of it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from orchestration.common.sql import literal
from orchestration.common.tracing import records
from orchestration.errors import BadInput

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Record = dict[str, Any]

# What an id may be of: its table, and its key there.
KINDS = {
    "cluster": ("marts.dim_clusters", "cluster_id"),
    "listing": ("marts.fct_cluster_listings", "listing_id"),
    "award": ("marts.fct_awards", "award_id"),
    "statistic": ("marts.fct_statistics", "statistic_id"),
    "tally": ("marts.fct_province_tallies", "tally_id"),
    "total": ("audit.declared_totals", "total_id"),
    "repair": ("audit.repairs", "repair_id"),
    "quarantine": ("audit.quarantine", "quarantine_id"),
    "source": ("marts.dim_sources", "source_id"),
}
_CONTEXT = 2  # lines shown around one that is held back

# What would settle a thing that is held back, by words of its reason (int_listings_held_back, quarantine); the first that fits.
_MISSING = (
    ("no place of this name is known", "a place of this name in the gazetteer: its spelling corrected in a decision, or an alias for it"),
    ("answer to the name", "what tells the places of this name apart: a parent printed beside it, or the province of its label"),
    ("answer to it as well", "a label that agrees with the order of the table, which would settle the province"),
    ("the gazetteer knows such", "a second witness: document and gazetteer name different provinces, and nothing printed sides with one"),
    ("name different provinces", "a printed place, which would side with the label or with the order of the table"),
    ("lie in several provinces", "one place: those printed cannot all be where the cluster is"),
    ("no place is printed", "a place or a province in print"),
    ("no known layout fits", "a layout: the side-car may name it"),
    ("the winner is a listing that is held back", "what its listing lacks"),
)
_DECISION = "a look at the document: nothing printed beside it settles it"


def explain_id(connection: "DuckDBPyConnection", wanted: str) -> Record:
    """What is known of an id.

    Raises:
        BadInput: The release has no such id; the hint names the nearest.
    """
    kind, row = _find(connection, wanted)
    listings = _listings_of(connection, kind, row)
    cluster = _cluster_of(connection, kind, row, listings)
    stated = {"award": [row], "statistic": [row], "tally": [row], "total": [row]}.get(kind, [])
    told: Record = {"id": wanted, "kind": kind, "title": _title(kind, row, cluster), "published": row}
    conformed = row if row.get("locality_id") or not cluster else cluster
    told["place"] = _place(connection, conformed)
    told["industry"] = _industry(connection, conformed if conformed.get("industry_id") else cluster or row)
    told["statements"] = [_statement(connection, "listing", listing) for listing in listings] + [
        _statement(connection, kind, item) for item in stated
    ]
    if kind == "quarantine":
        told["statements"] = [_held_back(connection, row)]
        told["missing"] = missing_evidence(row["reason"])
    if kind == "source":
        told |= _of_source(connection, row)
    elif cluster:
        told["cluster"] = cluster
        told |= _of_cluster(connection, cluster["cluster_id"])
    if kind in ("tally", "total"):
        told["listed"] = _counted(connection, row)
    return told


def missing_evidence(reason: str) -> str:
    """What evidence a thing lacks that is held back for this reason."""
    return next((missing for words, missing in _MISSING if words in reason), _DECISION)


def _find(connection: "DuckDBPyConnection", wanted: str) -> tuple[str, Record]:
    for kind, (table, key) in KINDS.items():
        if found := records(connection, f"select * from {table} where {key} = {literal(wanted)}"):
            return kind, found[0]
    raise BadInput(f"This release has no {wanted!r}", _suggestion(connection, wanted))


def _suggestion(connection: "DuckDBPyConnection", wanted: str) -> str:
    """The ids nearest in spelling, and the clusters whose name holds the words."""
    from rapidfuzz import fuzz, process

    ids = [
        row[0] for row in connection.execute(" union all ".join(f"select {key} from {table}" for table, key in KINDS.values())).fetchall()
    ]
    beginning = [known for known in ids if known and wanted and known.startswith(wanted)]
    near = [known for known, *_ in process.extract(wanted, ids, scorer=fuzz.ratio, score_cutoff=80, limit=3)]
    words = " and ".join(f"contains(lower(name_en), {literal(word.lower())})" for word in wanted.split()) or "false"
    named = connection.execute(f"select cluster_id, name_en from marts.dim_clusters where {words} order by all limit 5").fetchall()
    guesses = [f"{cluster_id} ({name})" for cluster_id, name in named] or list(dict.fromkeys(beginning[:5] + near))
    if guesses:
        return f"Did you mean {', '.join(guesses)}?"
    return "Ids stand on the page, and in the first column of every table: `jiqun query 'select * from marts.clusters'`."


def _title(kind: str, row: Record, cluster: Record | None) -> str:
    if kind in ("quarantine", "repair"):
        return str(row["printed"] or "a blank cell")
    if kind == "source":
        return str(row["title"] or row["file_name"])
    if kind in ("award", "statistic", "tally", "total"):
        return str(row["quote"])
    return str(cluster["name_en"] if cluster else row["industry_printed"])


def _listings_of(connection: "DuckDBPyConnection", kind: str, row: Record) -> list[Record]:
    """The listings whose print the thing rests on: all of a cluster's, or the one that was asked for or repaired."""
    if kind == "listing":
        return [row]
    where = {"cluster": "cluster_id", "repair": "listing_id"}.get(kind)
    if not where or row[where] is None:
        return []
    query = f"select * from marts.fct_cluster_listings where {where} = {literal(row[where])} order by as_of_date, source_id, ordinal"
    return records(connection, query)


def _cluster_of(connection: "DuckDBPyConnection", kind: str, row: Record, listings: list[Record]) -> Record | None:
    cluster_id = row.get("cluster_id") or (listings[0]["cluster_id"] if listings else None)
    if cluster_id is None:
        return None
    return row if kind == "cluster" else _one(connection, f"select * from marts.dim_clusters where cluster_id = {literal(cluster_id)}")


def _place(connection: "DuckDBPyConnection", row: Record) -> Record | None:
    """The place chain, its codes in the period of the source and today's."""
    province = _one(
        connection, f"select * from marts.dim_provinces where province_code_gb2260 = {literal(row.get('province_code_gb2260'))}"
    )
    place = _one(connection, f"select * from marts.dim_localities where locality_id = {literal(row.get('locality_id'))}")
    if not province and not place:
        return None
    return {"chain": _chain(place, province), "province": province, "locality": place}


def _chain(place: Record | None, province: Record | None) -> list[str]:
    """From the narrowest name to the province: `["Chongfu", "Tongxiang", "Jiaxing", "Zhejiang"]`."""
    names = [place[name] for name in ("name_en", "county_name_en", "prefecture_name_en")] if place else []
    return list(dict.fromkeys(name for name in [*names, province and province["name_en"]] if name))


def _industry(connection: "DuckDBPyConnection", row: Record) -> Record | None:
    return _one(connection, f"select * from marts.dim_industries where industry_id = {literal(row.get('industry_id'))}")


def _statement(connection: "DuckDBPyConnection", kind: str, row: Record) -> Record:
    """What one source prints of a thing: its lines with marks, each value with its print and rule, each repair with its evidence."""
    table, key = KINDS[kind]
    found = records(
        connection,
        f"""
        select column_name, source_id, line_number, char_start, char_end, rule from audit.provenance
        where table_name = {literal(table.partition(".")[2])} and row_id = {literal(row[key])}
        order by line_number, char_start, column_name
        """,
    )
    own = {name: row.get(name) for name in ("source_id", "line_number", "char_start", "char_end")}
    lines = _lines(connection, row["source_id"], [*found, own], row.get("quote"))
    texts = {line["line_number"]: line["text"] for line in lines}
    for value in found:
        text = texts.get(value["line_number"], "")
        is_exact = value["char_start"] is not None and value["char_end"] is not None
        value["printed"] = text[value["char_start"] : value["char_end"]] if is_exact else None
        value["published"] = _readable(connection, value["column_name"], row.get(value["column_name"]))
    repairs = f"select * from audit.repairs where listing_id = {literal(row[key])} order by field, repair_id" if kind == "listing" else ""
    return {
        "id": row[key],
        "kind": kind,
        "source": _source(connection, row["source_id"]),
        "row": row,
        "place": _place(connection, row),
        "lines": lines,
        "values": found,
        "repairs": records(connection, repairs) if repairs else [],
        "otherwise": _otherwise(connection, row[key]) if kind == "listing" else [],
    }


def _otherwise(connection: "DuckDBPyConnection", listing_id: str) -> list[Record] | None:
    """What other evidence would have published of a listing, province, place, industry; None where a release does not keep it yet."""
    if not records(connection, "select 1 from duckdb_tables() where schema_name = 'audit' and table_name = 'alternatives'"):
        return None
    return records(connection, f"select * from audit.alternatives where listing_id = {literal(listing_id)} order by field desc, ordinal")


def _lines(connection: "DuckDBPyConnection", source_id: str | None, spans: Iterable[Record], quote: str | None = None) -> list[Record]:
    """Every line that a span touches, once, with its marks; a quote without a span of its own is looked for in its line."""
    marks: dict[int, set[tuple[int, int]]] = {}
    for span in spans:
        if span["line_number"] is not None:
            found = marks.setdefault(span["line_number"], set())
            if span["char_start"] is not None and span["char_end"] is not None:
                found.add((span["char_start"], span["char_end"]))
    if source_id is None or not marks:
        return []
    numbers = ", ".join(map(str, sorted(marks)))
    lines = records(
        connection,
        f"""
        select line_number, text, fate, detail
        from audit.document_lines left join audit.line_ledger using (source_id, line_number)
        where source_id = {literal(source_id)} and line_number in ({numbers}) order by line_number
        """,
    )
    for line in lines:
        at = line["text"].find(quote) if quote and not marks[line["line_number"]] else -1
        line["marks"] = [[at, at + len(quote or "")]] if at >= 0 else sorted(map(list, marks[line["line_number"]]))
    return lines


def _held_back(connection: "DuckDBPyConnection", row: Record) -> Record:
    """The line of a thing that is not published, with the lines around it."""
    number = row["line_number"]
    lines: list[Record] = []
    if row["source_id"] is not None and number is not None:
        around = range(number - _CONTEXT, number + _CONTEXT + 1)
        lines = _lines(connection, row["source_id"], [{"line_number": n, "char_start": None, "char_end": None} for n in around])
        for line in lines:
            at = line["text"].find(row["printed"] or "\0")
            if line["line_number"] == number:
                line["marks"] = [[at, at + len(row["printed"])]] if at >= 0 else [[0, len(line["text"])]]
    source = _source(connection, row["source_id"])
    return {
        "id": row["quarantine_id"],
        "kind": "quarantine",
        "source": source,
        "row": row,
        "place": None,
        "lines": lines,
        "values": [],
        "repairs": [],
        "otherwise": [],
    }


def _of_cluster(connection: "DuckDBPyConnection", cluster_id: str) -> Record:
    """What else is said of a cluster: by which sources, with which awards and figures."""
    same = f"where cluster_id = {literal(cluster_id)}"
    return {
        "named_by": records(
            connection,
            f"""
            select
                listing_id, source_id, coalesce(title, file_name) as title, line_number, locality_printed, industry_printed,
                listing.as_of_date, confidence
            from marts.fct_cluster_listings as listing left join marts.dim_sources using (source_id) {same}
            order by listing.as_of_date, listing_id
            """,
        ),
        "awards": records(connection, f"select * from marts.fct_awards {same} order by award_id"),
        "statistics": records(connection, f"select * from marts.fct_statistics {same} order by line_number, statistic_id"),
    }


def _of_source(connection: "DuckDBPyConnection", row: Record) -> Record:
    """What became of a document: its lines by fate, what it names, what of it was repaired or held back."""
    same = f"where source_id = {literal(row['source_id'])}"
    return {
        "fates": dict(connection.execute(f"select fate, count(*) from audit.line_ledger {same} group by fate order by fate").fetchall()),
        "named": records(
            connection,
            f"select listing_id, cluster_id, line_number, industry_printed from marts.fct_cluster_listings {same} order by ordinal",
        ),
        "repairs": records(connection, f"select * from audit.repairs {same} order by line_number, repair_id"),
        "held_back": records(connection, f"select * from audit.quarantine {same} order by line_number, quarantine_id"),
    }


def _counted(connection: "DuckDBPyConnection", row: Record) -> list[Record]:
    """The listings that a declared count is held against."""
    province = f"and province_code_gb2260 = {literal(row['province_code_gb2260'])}" if row.get("province_code_gb2260") else ""
    return records(
        connection,
        f"""
        select listing_id, line_number, locality_printed, industry_printed from marts.fct_cluster_listings
        where source_id = {literal(row["source_id"])} {province} order by ordinal
        """,
    )


def _source(connection: "DuckDBPyConnection", source_id: str | None) -> Record | None:
    return _one(connection, f"select * from marts.dim_sources where source_id = {literal(source_id)}")


def _readable(connection: "DuckDBPyConnection", column: str, value: Any) -> Any:
    """An id or code with the name it stands for: `330000` -> `Zhejiang (330000)`."""
    named = {
        "province_code_gb2260": ("marts.dim_provinces", "province_code_gb2260"),
        "locality_id": ("marts.dim_localities", "locality_id"),
        "industry_id": ("marts.dim_industries", "industry_id"),
        "cluster_id": ("marts.dim_clusters", "cluster_id"),
    }.get(column)
    if named is None or value is None:
        return value
    row = _one(connection, f"select name_en from {named[0]} where {named[1]} = {literal(value)}")
    return f"{row['name_en']} ({value})" if row else value


def _one(connection: "DuckDBPyConnection", sql: str) -> Record | None:
    return next(iter(records(connection, sql)), None)
