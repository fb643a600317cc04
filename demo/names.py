"""Invented names: common surnames with common characters, joined by chance."""

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FEMALE = "秀英兰芳玉梅丽霞敏静燕红琴淑珍凤莲桂慧娟素蓉琼萍雪莉春蕾婷洁颖菊香怡琳佳欣月彩清雅群碧先"
MALE = "国建华明伟军志勇平永德成光荣林海波刚斌涛辉文武学忠良世友富贵福兴昌洪松柏川江山俊杰浩宇天顺"
PEOPLES = {
    "彝族": ("吉克 阿苦 沙马 曲比 勒伍 阿洛", "木呷 尔布 拉哈 子日", "阿依 木芝 尔作 阿枝"),
    "藏族": ("泽仁 扎西 洛绒 格桑", "多吉 尼玛 旺堆 彭措", "拉姆 卓玛 措姆 曲珍"),
}
"""Peoples whose names carry a middle dot: first parts, then second parts of men and of women."""
OTHER_PEOPLES = ("羌族", "回族", "土家族", "苗族")


def make_name(rng: Random, ethnicity: str, is_woman: bool) -> str:
    """A name of a member of the people `ethnicity`."""
    if ethnicity in PEOPLES:
        firsts, men, women = PEOPLES[ethnicity]
        seconds = women if is_woman else men
        return f"{rng.choice(firsts.split())}·{rng.choice(seconds.split())}"
    given = FEMALE if is_woman else MALE
    length = 1 if rng.random() < 0.22 else 2
    return rng.choice(SURNAMES) + "".join(rng.choice(given) for _ in range(length))


def make_ethnicity(rng: Random) -> str:
    """The official name of an ethnic group, Han for most."""
    drawn = rng.random()
    if drawn < 0.93:
        return "汉族"
    return rng.choice(tuple(PEOPLES)) if drawn < 0.965 else rng.choice(OTHER_PEOPLES)
