from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Decision(TextChoices):
    """What became of one version of a plan."""

    WAITING = "waiting", _("待审定")
    APPROVED = "approved", _("已审定")
    RETURNED = "returned", _("已退回")
    REPLACED = "replaced", _("已被后一版代替")


class Turnout(TextChoices):
    """How the recorder noted one of the expected."""

    PRESENT = "present", _("到会")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("未到")


class Phase(TextChoices):
    """When the check questions are answered."""

    BEFORE = "before", _("学前")
    AFTER = "after", _("学后")


class EffectKind(TextChoices):
    """What a session led to."""

    DECISION = "decision", _("决定")
    PROPOSAL = "proposal", _("建议")


class Audience(TextChoices):
    """To whom the lectures of a rota are given."""

    LEADERS = "leaders", _("班子成员")
    OFFICE = "office", _("班子成员和机关干部")


class Answer(TextChoices):
    """What the other lecturer said to a swap."""

    ASKED = "asked", _("待答复")
    AGREED = "agreed", _("同意")
    REFUSED = "refused", _("未同意")


class LawKind(TextChoices):
    """What sort of text is studied; the house's own rules are told apart from the law."""

    LAW = "law", _("法律")
    REGULATION = "regulation", _("法规")
    OWN = "own", _("本单位制度")


class QuestionKind(TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("单选题")
    SEVERAL = "several", _("多选题")
    TRUTH = "truth", _("判断题")
    FILL = "fill", _("填空题")


class Difficulty(TextChoices):
    """How hard its writer takes a question to be."""

    EASY = "easy", _("易")
    MIDDLE = "middle", _("中")
    HARD = "hard", _("难")


class Standing(TextChoices):
    """Whether a question may be drawn on a day; derived from its law's versions, never stored."""

    IN_FORCE = "in-force", _("可用")
    STALE = "stale", _("待复核")
    COMING = "coming", _("尚未施行")
    RETIRED = "retired", _("已停用")


class ItemFault(TextChoices):
    """Why a question cannot be taken; the label is the sentence that its writer reads."""

    NO_STEM = "no-stem", _("没有题干。")
    LONG = "long", _("题干、选项或解析太长。")
    FEW_CHOICES = "few-choices", _("选项太少：单选至少两个，多选至少三个。")
    MANY_CHOICES = "many-choices", _("选项太多：至多六个。")
    EMPTY_CHOICE = "empty-choice", _("有一个选项是空的。")
    SAME_CHOICES = "same-choices", _("有两个选项相同。")
    NONE_RIGHT = "none-right", _("没有写明正确答案。")
    ONE_RIGHT = "one-right", _("单选题只能有一个正确答案。")
    SEVERAL_RIGHT = "several-right", _("多选题至少要有两个正确答案。")
    NO_BLANK = "no-blank", _("填空题的题干里要有一处“____”。")


class GiftFault(TextChoices):
    """Why a place in a GIFT file cannot be read; the label is the sentence that its sender reads."""

    NO_ANSWERS = "no-answers", _("这一题没有花括号里的答案。")
    NOT_CLOSED = "not-closed", _("花括号没有合上。")
    TWO_BLOCKS = (
        "two-blocks",
        _("这一题有两处花括号：上面的答案可能少了 \\}；花括号本身请写成 \\{ 和 \\}。"),
    )
    NOT_NAMED = "not-named", _("题名的双冒号没有合上。")
    STRAY = "stray", _("花括号里有一段话，前面没有 = 或 ~。")
    UNSUPPORTED = "unsupported", _("不收这种题（数值、匹配或问答），请改成选择、判断或填空。")
    NO_CATEGORY = "no-category", _("前面没有写明法律和条：$CATEGORY: 义务教育法/第十一条")
    BAD_CATEGORY = "bad-category", _("类别要写成“法律/第几条”，如 $CATEGORY: 义务教育法/第十一条。")
