"""Whatever a document holds, reading it keeps its promises: a fate for every line, spans that are exact, no reader that fails."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.paths import SEEDS
from orchestration.reading.containers import CONTAINERS, TextContainer
from orchestration.reading.containers.contents import Contents, Unreadable
from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document
from orchestration.reading.layouts import LAYOUTS
from orchestration.reading.observations import Fate
from orchestration.reading.promises import check
from orchestration.reading.reader import read_document
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

LEXICON = Lexicon.load(SEEDS)

FRAGMENTS = """Zhejiang province (25)|Yueqing, Wenzhou|Steel industrial cluster|Shanghai|1|2|浙江省|宁波市|磁性材料产业集群|家具
|(|)|（3个）|、|，
|:|：|—| |Linqing Ki|industrial cluster|cluster|clusters|集群|产业集群|省份|市县|Province|City|100 Industrial Clusters|Source: x, June 2010|
|23/1/2019|#|-|1.|Wuxi New District|New district of Wuxi|'s|and|of|in|和|"|\u2028|\x0c|é|ª|乾縣|樂清|江苏泰州泰兴黄桥镇|<table>|<tr>|<td>
|<td rowspan=3>|---"""
TEXTS = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS.replace("\n", "").split("|")), st.sampled_from("\t\n\n\t,;| "), st.text(max_size=3)),
    max_size=60,
).map("".join)


TEXT_CONTAINERS = [container for container in CONTAINERS if isinstance(container, TextContainer) and ".json" not in container.suffixes]


def decoded(text: str, container: TextContainer) -> Decoded:
    try:
        contents = container.read(text)
    except Unreadable:
        contents = Contents(())
    document = Document("0" * 16, "a", container.media_type, contents.lines, contents.grids, SideCar(), None, contents.front)
    return Decoded(document, "0" * 64, len(text), "utf-8")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(text=TEXTS, container=st.sampled_from(TEXT_CONTAINERS))
def test_no_reader_fails_on_any_text(text: str, container: TextContainer) -> None:
    document = decoded(text, container)
    for layout in LAYOUTS:
        assert 0.0 <= layout.score(document.document, LEXICON) <= 1.0
        if layout.name != "prose":
            check(layout.read(document.document, LEXICON), document.document)
    read = read_document(document, LEXICON)
    assert [line.line_number for line in read["lines"]] == list(range(1, len(document.document.lines) + 1))
    assert not [q for q in read["questions"] if "the reader failed" in q.reason and q.line_number is None]
    for line in read["lines"]:
        assert (line.fate is Fate.BLANK) == (not line.text.strip())
