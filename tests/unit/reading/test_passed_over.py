"""What nothing was read of is asked about: places beside trades and figures, ranked, each once."""

from collections.abc import Callable

import pytest

from orchestration.reading.documents import Decoded
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon

Asked = Callable[[str], list[tuple[str, str]]]
LISTED = (
    "近日记者走访了浙江省乐清市电气产业集群，这是全国最大的一个，当地人说起来都很自豪，记者也听了整整一个下午，还看了几家工厂。"
    "乐清市电气产业集群的历史要从四十年前说起，那时候这里的人都在家里忙，如今已经走进了各种各样的大楼。\n\n"
)
LIST = "浙江省产业集群名单\n1、乐清市电气产业集群\n2、永康市五金产业集群\n3、海宁市皮革产业集群\n"
TABLE = "| Town | Industry | Remark |\n|---|---|---|\n| Zhuji, Zhejiang | Socks | |\n"


@pytest.fixture
def asked(make_decoded: Callable[..., Decoded], lexicon: Lexicon) -> Asked:
    """The prints and reasons of what is asked about a text that was passed over."""

    def ask(text: str) -> list[tuple[str, str]]:
        found = read_document(make_decoded(text, "a.md"), lexicon)["questions"]
        return [(question.printed, question.reason) for question in found if "nothing was read" in question.reason]

    return ask


@pytest.mark.parametrize(
    ("text", "said", "reason"),
    [
        (TABLE, "| Yongkang, Zhejiang | Hardware | once had pearls from Shaoxing |", "1: a place beside a trade"),
        (LISTED, "Lishui makes an odd thing or two.", "3: a place that makes something"),
        (LIST, "码头上堆着4300个箱子，谁的都有", "4: a figure"),
    ],
)
def test_what_was_passed_over_is_asked_about(asked: Asked, text: str, said: str, reason: str) -> None:
    assert [(printed, told.partition("(")[2].rstrip(")")) for printed, told in asked(text + said)] == [(said, reason)]


def test_a_trade_without_a_place_is_asked_about_with_the_places_around_it(asked: Asked) -> None:
    assert [printed for printed, _ in asked(LISTED + "老王去过永康。袜子是他最爱说的。")] == ["永康 | 袜子是他最爱说的。"]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("老王从乐清拉来一车电气。", 0),  # listed
        ("老王去过永康。袜子是他最爱说的。袜子他能说三天。", 1),
        ("第3页", 0),
    ],
)
def test_what_is_told_or_asked_is_not_asked_about_again(asked: Asked, said: str, count: int) -> None:
    assert len(asked(LISTED + said)) == count


def test_an_entry_does_not_silence_the_second_trade_of_its_line(asked: Asked) -> None:
    assert any("珍珠" in printed for printed, _ in asked(LIST + "4、诸暨市袜业产业集群（另有山下湖镇珍珠）"))


def test_a_sentence_over_several_lines_is_quoted_whole(asked: Asked) -> None:
    said = "It was in the far away county-level city of Yongkang that he saw\nthe socks, he says, and has been telling everybody since."
    assert [printed for printed, _ in asked(LISTED + said)] == [said.replace("\n", " ")]


def test_a_document_that_puts_trades_beside_several_places_is_asked_about_whatever_its_subject(asked: Asked) -> None:
    said = "证人李某在海门织过袜子。后来他去了吴川，想找做毛巾的亲戚。被告则在长垣卖过蜡烛。法院驳回上诉。"
    assert len(asked(said)) == 3


def test_a_document_about_something_else_is_left_alone(asked: Asked) -> None:
    assert asked("Hospitals in Nanjing treated more than 30 people. Tea was handed out in Hangzhou, and water in Suzhou.") == []


def test_the_supply_chain_is_no_trade(asked: Asked) -> None:
    said = "Buyers of Yongkang.\n\nThe contest is to breed clusters and to enhance manufacturers' place in the global supply chain.\n"
    assert not [printed for printed, _ in asked(LISTED + said) if "supply chain" in printed]
