"""Names with the frequencies of real ones, and the ways in which they get spoilt."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from pypinyin import Style, lazy_pinyin

SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷"
    "施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪"
    "靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米"
)
SURNAME_WEIGHTS = [1 / (rank + 8) for rank in range(len(SURNAMES))]
GIVEN = {
    "男": "国建华明伟军志勇平永德成光荣林海波刚斌涛辉文武学忠良世友富贵福兴昌洪松柏川江山俊杰浩宇天顺强龙飞云东"
    "正清玉先全开长新春仁义礼和安康宁祥瑞庆元方大小少子家宏达超峰雷鹏翔凯旋毅坚定邦振彬锋钢铁石生根成贤才",
    "女": "秀英兰芳玉梅丽霞敏静燕红琴淑珍凤莲桂慧娟素蓉琼萍雪莉春蕾婷洁颖菊香怡琳佳欣月彩清雅群碧先华云艳平"
    "晓小利建明文志元光国成仕开正天永万世德容芝琪瑶露薇璐妍悦岚翠秋冬馨雨梦诗涵晨曦蓓莎娜媛倩莹晶珊",
}
TIBETAN = (
    "扎西 次仁 索朗 丹增 格桑 尼玛 多吉 旺堆 彭措 仁青 贡布 阿旺 降央 泽仁 洛绒 更登 益西 土登 登巴 巴登 曲批"
    " 桑吉 仁真 三郎 泽郎 绒布 俄热 丁真 呷绒 罗布 东周 扎巴"
).split()
TIBETAN_WOMEN = "拉姆 卓玛 措姆 曲珍 白玛 央金 拉措 旺姆 德吉 巴珍 曲措 拥忠 呷西 梅朵".split()
YI = "吉克 阿苦 沙马 曲比 勒伍 阿洛 洛伍 木呷 尔布 拉哈 子日 布哈 阿依 木芝 尔作 阿枝".split()

TRADITIONAL = dict(
    zip(
        "国华伟军刚辉学贵兴龙飞云东长礼庆宏达达超鹏锋钢铁贤丽兰凤莲芦晓艳红连张刘陈杨赵黄吴孙马罗郑谢韩冯邓许"
        "苏卢蒋贾叶阎钟谭邹陆钱汤贺龚颜严邱时万关显权银义仪义宝岚颖园芸芦萧兰韦",
        "國華偉軍剛輝學貴興龍飛雲東長禮慶宏達達超鵬鋒鋼鐵賢麗蘭鳳蓮蘆曉艷紅連張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許"
        "蘇盧蔣賈葉閻鍾譚鄒陸錢湯賀龔顏嚴邱時萬關顯權銀義儀義寶嵐穎園芸蘆蕭蘭韋",
        strict=True,
    )
)
VARIANTS = dict(
    pair.split("=")
    for pair in "德=徳 峰=峯 群=羣 凤=鳯 秋=秌 翠=翆 钟=锺 傅=付 萧=肖 阎=闫 邱=丘 高=髙 戴=代 升=昇 淑=俶".split()
)
SHAPES = ("先冼光", "霞叚", "建健", "群裙", "明朋", "玉王", "大太", "文又", "平乎", "末未", "林材", "士土", "贝见", "艳绝", "珍诊")  # fmt: skip
COMPATIBILITY = {"小": "⼩", "文": "⽂", "玉": "⽟", "大": "⼤", "金": "⾦", "龙": "⻰", "长": "⻓"}
LOSABLE = frozenset("翀喆祎翌赟垚昶旻燊烨珺瑀")
RARE = "翀喆祎赟垚昶旻燊烨珺瑀炜晖锐坤恒颜钧"
DOTS = "·•・‧﹒.∙⋅･"


def _homophones() -> dict[str, str]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    pool = (
        SURNAMES
        + GIVEN["男"]
        + GIVEN["女"]
        + RARE
        + "垒磊晟盛鉴剑键欣鑫馨心兴星卫蔚韦威微琴勤芹炳丙冰镇贞真城诚承程"
    )
    for char, sound in zip(pool, lazy_pinyin(list(pool), style=Style.NORMAL), strict=True):
        groups[sound].add(char)
    return {
        char: "".join(sorted(group - {char}))
        for group in groups.values()
        for char in group
        if len(group) > 1
    }


HOMOPHONES = _homophones()


def make_name(rng: Random, gender: str, ethnicity: str) -> str:
    """A name; dotted for the peoples whose names are, with the plain middle dot."""
    if ethnicity == "藏族" and rng.random() < 0.75:
        second = TIBETAN_WOMEN if gender == "女" and rng.random() < 0.7 else TIBETAN
        if rng.random() < 0.12:
            return rng.choice(second)
        return f"{rng.choice(TIBETAN)}·{rng.choice(second)}"
    if ethnicity == "彝族" and rng.random() < 0.7:
        return f"{rng.choice(YI)}·{rng.choice(YI)}"
    surname = rng.choices(SURNAMES, SURNAME_WEIGHTS)[0]
    return surname + make_given(rng, gender)


def make_given(rng: Random, gender: str) -> str:
    pool = GIVEN[gender]
    size = len(pool)
    chars = [
        rng.choice(RARE) if rng.random() < 0.03 else pool[int(size * rng.random() ** 1.5)]
        for _ in range(1 if rng.random() < 0.2 else 2)
    ]
    return "".join(chars)


def mistype(rng: Random, name: str) -> str:
    """One character written wrong: same sound mostly, else same shape, else any."""
    places = [place for place, char in enumerate(name) if char != "·"]
    place = rng.choice(places)
    char, drawn = name[place], rng.random()
    near = HOMOPHONES.get(char, "")
    shapes = "".join(group for group in SHAPES if char in group).replace(char, "")
    if shapes and drawn < 0.3:
        near = shapes
    elif drawn > 0.93 or not near:
        near = GIVEN["男"]
    return name[:place] + rng.choice(near) + name[place + 1 :]


def respell(rng: Random, name: str) -> str:
    """Traditional characters throughout, or one variant."""
    variants = [place for place, char in enumerate(name) if char in VARIANTS]
    if variants and rng.random() < 0.5:
        place = rng.choice(variants)
        return name[:place] + VARIANTS[name[place]] + name[place + 1 :]
    return "".join(TRADITIONAL.get(char, char) for char in name)


def lose(rng: Random, name: str) -> str:
    """One character lost by an encoding."""
    rare = [place for place, char in enumerate(name) if char in LOSABLE] or [len(name) - 1]
    place = rng.choice(rare)
    return name[:place] + rng.choice("?□\ufffd") + name[place + 1 :]


def decorate(rng: Random, name: str, gender: str, ethnicity: str) -> str:
    """Blanks, notes, dots and compatibility forms, as lists write them."""
    if "·" in name:
        name = name.replace("·", rng.choice(("", "", "·", "·", rng.choice(DOTS), " ")))
    elif len(name) == 2 and rng.random() < 0.15:
        name = rng.choice(("\u3000", "  ", " ")).join(name)
    if rng.random() < 0.003:
        name = "".join(COMPATIBILITY.get(char, char) for char in name)
    if gender == "女" and rng.random() < 0.06:
        name += rng.choice(("（女）", "(女)"))
    elif ethnicity != "汉族" and rng.random() < 0.04:
        name += f"（{ethnicity}）"
    if rng.random() < 0.02:
        name = rng.choice((" {}", "{} ", "{}\u3000", "{}\u200b", "\ufeff{}")).format(name)
    return name
