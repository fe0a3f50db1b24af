"""What the books that come along ask for, in few words: kept in Chinese, said as the page speaks."""

from django.utils.translation import pgettext, pgettext_lazy

ACTS = (
    pgettext_lazy("act", "下基层调研"),
    pgettext_lazy("act", "中心组学习"),
    pgettext_lazy("act", "中心组集体学习"),
    pgettext_lazy("act", "中心组集体学习研讨"),
    pgettext_lazy("act", "主题党日"),
    pgettext_lazy("act", "党小组会"),
    pgettext_lazy("act", "党课"),
    pgettext_lazy("act", "可学的做法"),
    pgettext_lazy("act", "学习心得"),
    pgettext_lazy("act", "学习计划"),
    pgettext_lazy("act", "学法测验"),
    pgettext_lazy("act", "帮扶"),
    pgettext_lazy("act", "必读书"),
    pgettext_lazy("act", "所在支部的组织生活"),
    pgettext_lazy("act", "所在支部的组织生活会"),
    pgettext_lazy("act", "指定书"),
    pgettext_lazy("act", "指定书目"),
    pgettext_lazy("act", "授课"),
    pgettext_lazy("act", "支部党员大会"),
    pgettext_lazy("act", "支部委员会"),
    pgettext_lazy("act", "教学论坛"),
    pgettext_lazy("act", "文集"),
    pgettext_lazy("act", "校长讲坛"),
    pgettext_lazy("act", "民主生活会"),
    pgettext_lazy("act", "组织生活会"),
    pgettext_lazy("act", "读书笔记"),
    pgettext_lazy("act", "读后检查"),
    pgettext_lazy("act", "调研建议"),
    pgettext_lazy("act", "谈工作"),
    pgettext_lazy("act", "述职述廉"),
    pgettext_lazy("act", "述责述廉"),
    pgettext_lazy("act", "领导班子民主生活会"),
)


def spoken_act(act: str) -> str:
    """An act in the language of the page; one of the house's own stays as it was written."""
    return pgettext("act", act) if act else ""
