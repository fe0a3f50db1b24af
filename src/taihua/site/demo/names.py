"""Invented names: common surnames and given names put together by chance, never a known person's."""

import random

CAST = frozenset({"林知远", "周明", "沈青", "吴江", "苏禾", "郑岩"})

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
)
GIVEN = (
    "晓梅 建国 志强 丽华 文静 海燕 永红 春兰 国栋 秀英 立新 雪梅 德明 玉兰 长河 卫东 思远 雨桐 明哲 "
    "晓峰 红梅 金花 学军 淑珍 宏伟 亚男 向阳 佳宁 俊杰 美玲 少华 庆丰 素芬 振宇 艳秋 光辉 桂芝 一鸣 "
    "若兰 书恒 云帆 静怡 立群 月娥 新民 凤霞 承志 晓岚 守义 慧敏 家栋 秋菊 天佑 敏 静 磊 洋 艳 军 "
    "杰 娟 涛 超 秀 霞 平 刚 桂 辉 玲 鹏 芳 勇 倩 斌 莉 波 丹 宁 松 岩 蕾 凯 瑶 锋 洁 鑫 颖 帆 琳"
).split()


class Names:
    """Gives one name after another; a few are given twice, as in life."""

    TWICE = 0.012

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.given: list[str] = []
        self.taken: set[str] = set(CAST)

    def next(self) -> str:
        """A name that nobody has yet, or now and then that of somebody else."""
        if self.given and self.rng.random() < self.TWICE:
            return self.rng.choice(self.given)
        name = self._invent()
        self.taken.add(name)
        self.given.append(name)
        return name

    def _invent(self) -> str:
        most = len(SURNAMES) * len(GIVEN)
        while True:
            name = self.rng.choice(SURNAMES) + self.rng.choice(GIVEN)
            if len(self.taken) > most // 2:  # a very large district: three given characters
                name += self.rng.choice("文华生平安")
            if name not in self.taken:
                return name
