"""Small documents of every layout, each the shape of a real kind, with the listings they hold: `province label | place | industry`.

`listing_documents/*.txt` has one behind each line of `=== NAME YEAR`; those of `none.txt` hold no cluster.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon

FOLDER = Path(__file__).parent / "listing_documents"
DOCUMENTS = {
    f"{file.stem}/{block.split(maxsplit=1)[0]}": block
    for file in sorted(FOLDER.glob("*.txt"))
    for block in re.split(r"^=== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_gives_the_listings_it_holds_and_no_others(name: str, lexicon: Lexicon, make_document: Callable[..., object]) -> None:
    head, _, body = DOCUMENTS[name].partition("\n")
    file_name, year = head.split()
    lines = body.rstrip("\n").split("\n")
    text = "".join(f"{line}\n" for line in lines if not line.startswith(">>>"))
    document = make_document(text, file_name, year=int(year))
    read = read_document(Decoded(document, "0" * 64, len(text.encode()), "utf-8"), lexicon)  # type: ignore[arg-type]
    told = [
        [listing.aligned_province_printed or listing.province_printed or "", listing.locality_printed or "", listing.industry_printed]
        for listing in read["listings"]
    ]
    assert told == [[part.strip() for part in line[3:].split("|")] for line in lines if line.startswith(">>>")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("产业集群名单\n1. 宁波市石化产业集群\n2. 星河市五金产业集群\n3. 无锡市物联网产业集群\n", "星河市五金产业集群"),
        ("Clusters\n* Yongkang - hardware cluster\n* Qidong (which?) - work gloves\n* Anping - wire mesh\n* Danyang - glasses\n", "Qidong"),
        ("温州的产业集群不少，有的名气很大。鹿城的毛笔就不多说了，现在剩下的厂家不到一百家。\n", "毛笔"),
        ('The town of Bohutai, on the edge of Yangzhou, is known as the "Toothbrush Capital of China". A cluster, say some.\n', "Bohutai"),
        ("集群动态\n\n永康五金产业集群增长。合肥计划打造显示产业集群。\n", "合肥计划打造显示"),
        ("集群动态\n\n永康五金产业集群增长。滨海县将用三年时间打造百亿级纺织产业集群。\n", "将用三年"),
        ("Notes\n\nThe Datang sock cluster grows. Chengdu used to have a shoe cluster; it closed in 2009.\n", "Chengdu used to have"),
        ("Notes\n\nThe Datang sock cluster grows. People in Longyou would rather talk about pianos.\n", "about pianos"),
        ("What they make\n\nElsewhere, Shengzhou makes pens, Yongkang makes wigs and Haining makes bicycles.\n", "wigs"),
    ],
)
def test_what_may_be_a_cluster_and_is_not_listed_is_asked_about(
    text: str, asked: str, lexicon: Lexicon, make_decoded: Callable[..., Decoded]
) -> None:
    read = read_document(make_decoded(text), lexicon)
    assert not any(asked in f"{listing.locality_printed} {listing.industry_printed}" for listing in read["listings"])
    assert any(asked in question.printed for question in read["questions"])
