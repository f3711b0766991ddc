"""English names and keys."""

import pytest

from tools.seeds.names import Speller


@pytest.fixture(scope="module")
def speller():
    return Speller()


@pytest.mark.parametrize(
    ("name", "stem", "province", "name_en", "keys"),
    [
        ("乐清市", "乐清", "330000", "Yueqing", "yueqing;乐清市;乐清;leqing;laoqing"),
        ("单县", "单县", "370000", "Shanxian", "shanxian;单县;shan;danxian;chanxian"),
        ("吕梁市", "吕梁", "140000", "Lüliang", "luliang;吕梁市;吕梁;lvliang;lyuliang"),
        ("巍山彝族回族自治县", "巍山", "530000", "Weishan", "weishan;巍山彝族回族自治县;巍山;weishanyiandhui;巍山县"),
        ("东乡族自治县", "东乡族自治县", "620000", "Dongxiang", "dongxiang;东乡族自治县;东乡"),
        ("锡林郭勒盟", "锡林郭勒", "150000", "Xilingol", "xilingol;锡林郭勒盟;锡林郭勒;xilinguole;xilingolleague;xilinguolei"),
        ("郊区", "郊区", "140000", "Jiaoqu", "jiaoqu;郊区;jiao"),
    ],
)
def test_division_is_spelled(speller, name, stem, province, name_en, keys):
    spelling = speller.division(name, stem, province)
    assert (spelling.name_en, ";".join(spelling.keys)) == (name_en, keys)


@pytest.mark.parametrize(
    ("name", "name_en", "keys"),
    [
        ("古镇镇", "Guzhen", "guzhen;古镇镇;古镇"),
        ("凤里街道", "Fengli", "fengli;凤里街道;凤里"),
        ("龙港街道办事处", "Longgang", "longgang;龙港街道办事处;龙港"),
        ("喇叭沟门满族乡", "Labagoumen", "labagoumen;喇叭沟门满族乡;喇叭沟门"),
        ("唐镇", "Tangzhen", "tangzhen;唐镇;tang"),
        ("长安镇", "Chang'an", "changan;长安镇;长安"),
    ],
)
def test_town_loses_one_kind_word(speller, name, name_en, keys):
    spelling = speller.town(name)
    assert (spelling.name_en, ";".join(spelling.keys)) == (name_en, keys)
