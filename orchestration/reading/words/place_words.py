"""Short names of places that are words of the language as well: places only where their kind is written."""

import re

# Keys that are English words a sentence may begin with: places only with their kind written ("Mile City"). One-syllable names always
# need it, as counties such as 澧县 are never called by their one character alone.
ENGLISH_WORDS = frozenset({"guide", "mile", "lean", "dean", "bole", "jingle"})
# Short names that are words of the language as well: 动力电池, 富民产业. Places only with their kind written (富民县).
HAN_WORDS = frozenset(
    re.findall(
        "..",
        "动力富民乐业通道互助兴业富裕同心平安公安大方中方和平胜利建设前进友谊安居共和南部资源盐湖港口新建新兴合作平原振兴安定江南河西河东"
        "城中城东城西城北城南矿区郊区东区西区市中市北市南站前老城海港光明商城公园古城钟楼鼓楼中原东方新城太平朝天会同清新新华新区三台丰满二道四方元宝城关",
    )
)
# Where a short name only runs from one word into the next: 推广安全, 公开平台, 高要求; not 西安全市.
ACROSS_WORDS = re.compile(r"[一-鿿](?:安(?=全(?![市省区县年国球])|排(?![名行在])|置)|平(?=台|均|衡|稳)|要(?=求|素))")
