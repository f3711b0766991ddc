"""Whose words a sentence is: the text's, a headline's, a quotation's or a speaker's: a figure of these without a subject is nobody's."""

import re

from orchestration.reading.text.sentences import BULLETS
from orchestration.reading.text.texts import Text

# A full stop at its end, or the bullet of an item: no headline and no entry of a menu.
_IS_TEXT = re.compile(rf"^\s*(?:[-*{BULLETS}]\s|[{BULLETS}][^，。\s]{{1,8}}[：:])|[.。!！?？;；:：…][\s\d\[\]”’\"'」』）)]*$")
_ITEM = re.compile(r"\s*[-*•·]\s")
# “小巨人” and "Sock Town" are terms; a clause in quotation marks, or one that begins or ends in another sentence, is somebody's words.
_QUOTED = re.compile(
    r"[“\"「『](?:[^”\"」』]{24,}|[^”\"」』a-zA-Z]{12,})|[“「『][^”」』]*$|^[^“「『]*[”」』]|^[^\"]*(?:\"[^\"]*\"[^\"]*)*\"[^\"]*$"
)
_OF_SPEAKER = re.compile(
    r"\b(?:I|I['’]m|my|your|you|(?:he|she)(?!\s(?:says?|said|adds?|added|notes?|noted|explains?|explained|reckons?)\b)|his|her)\b|[他她你您]|我(?!们)"
)
_OF_SEVERAL = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b|我们|咱")
_SPEECH = re.compile(
    r"\b(?:[Rr]emarks|[Ss]peech|[Kk]eynote|[Pp]resentation|[Ss]peaking\s[Nn]otes|[Aa]ddress|[Rr]eport\son\sthe\s[Ww]ork|[Ww]elcome|[Ss]tatement)\b|致[辞词]|讲话|[发發]言|演[讲講]|工作[报報]告|推介|(?:受访|专访|访谈|对话|嘉宾)[^。]*(?:书记|[市县区镇]长|主任|局长|会长)"
)
_TURN = re.compile(r"\s*(?:[\[【][^\]】]{1,16}[\]】]|(?:[QA]|[A-Z]{3,16}|[一-鿿]{1,6}|网友“[^”]{1,12}”)\s?[：:]|[QA]\.)")


def begins_turn(printed: str) -> bool:
    """Whether a turn of a conversation begins: `Q: `, 【网友】."""
    return _TURN.match(printed) is not None


def is_speech(heading: str) -> bool:
    """Whether a heading says that what follows was spoken for a place: "we" are those who live there."""
    return _SPEECH.search(heading) is not None


def is_headline(text: Text) -> bool:
    """Whether a line is the headline of another text: an item that ends without a full stop."""
    return _ITEM.match(text.sentence.passage.text) is not None and _IS_TEXT.search(text.sentence.passage.text.rstrip()[-8:]) is None


def is_of_text(text: Text, *, in_speech: bool = False) -> bool:
    """Whether a sentence is the text's own: no headline, no quotation, and nobody speaks of himself in it."""
    if not in_speech and _OF_SEVERAL.search(text.printed):
        return False
    is_finished = _IS_TEXT.search(text.sentence.passage.text) is not None
    return is_finished and not _QUOTED.search(text.printed) and not _OF_SPEAKER.search(text.printed)
