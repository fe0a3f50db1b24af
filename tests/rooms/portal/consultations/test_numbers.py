"""No consultation makes a number public that must not be: not the office's words, not what others wrote."""

import pytest
from django.urls import reverse

from taihua.rooms.portal.actions.consultations import (
    ConsultationRefused,
    look_back,
    publish,
    save,
    send_out,
    write_final,
)
from taihua.rooms.portal.actions.opinions import Answer, answer, join
from taihua.rooms.portal.actions.withdrawing import withdraw
from taihua.rooms.portal.queries.consultations import heard, opinions_of
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import DRAFT, FINAL, LATER, asked, letter

PERSON, MOBILE = "11010519491231002X", "13800138000"
HIDDEN = "110*************2X"


def refused(where):
    return pytest.raises(ConsultationRefused, match=f"{where}里有不能公开的号码")


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ("title", "标题"),
        ("draft", "征求意见稿"),
        ("explanation", "起草说明"),
        ("short_because", "缩短期限的原因"),
    ],
)
@pytest.mark.parametrize("number", [PERSON, MOBILE])
def test_what_is_asked_goes_out_without_such_a_number(bureau, su, field, where, number):
    made = save(
        asked=asked(bureau, su, **{field: f"第一条　联系 {number}"}), by=su.account, at=NINE
    )

    with refused(where):
        send_out(consultation=made, by=su.account, at=NINE)

    made.refresh_from_db()
    assert made.sent_at is None
    assert not made.clauses.exists()


def test_answers_final_text_summary_and_look_back_hold_none(finished, su):
    by = su.account
    opinion = letter(finished, by, "请再快些。")
    no = Answer(adoption="declined", reason=f"请找 {MOBILE}")
    with refused("答复的理由"):
        answer(opinion=opinion, answer=no, by=by, at=LATER)
    for each in opinions_of(finished):
        done = Answer(adoption="declined", reason="已在做。")
        answer(opinion=each, answer=done, by=by, at=LATER)
    write_final(consultation=finished, text=f"{DRAFT}{PERSON}", by=by, at=LATER)
    with refused("最终文本"):
        publish(consultation=finished, summary="", by=by, at=LATER)
    write_final(consultation=finished, text=FINAL, by=by, at=LATER)
    with refused("总的说明"):
        publish(consultation=finished, summary=PERSON, by=by, at=LATER)
    out = publish(consultation=finished, summary="都答复了。", by=by, at=LATER)

    with refused("回头看"):
        look_back(consultation=out, text=f"有用，问 {MOBILE}", by=by, at=LATER)


def test_a_withdrawal_says_why_without_one(out, su):
    with refused("撤回的原因"):
        withdraw(consultation=out, reason=f"问 {MOBILE}", by=su.account, at=NINE)

    out.refresh_from_db()
    assert out.withdrawn_on is None


def test_what_others_wrote_is_shown_to_everybody_with_their_numbers_hidden(client, finished, su):
    by = su.account
    for text in (f"我是张三，{PERSON}，请回电。", f"我的证号 {PERSON}，同上。"):
        letter(finished, by, text)
    letters = [each for each in opinions_of(finished) if PERSON in each.text]
    join(consultation=finished, opinions=letters, title="", by=by)
    for each in opinions_of(finished):
        done = Answer(adoption="declined", reason="已在做。")
        answer(opinion=each, answer=done, by=by, at=LATER)
    write_final(consultation=finished, text=FINAL, by=by, at=LATER)
    out = publish(consultation=finished, summary="", by=by, at=LATER)

    page = client.get(reverse("portal:outcome", args=[out.pk])).text

    assert f"我是张三，{HIDDEN}，请回电。" in page
    assert f"我的证号 {HIDDEN}，同上。" in page
    assert PERSON not in page
    assert [PERSON in each.text for each in letters] == [True, True]  # who handles it reads all
    assert not any(PERSON in each.title for each in heard(opinions_of(out)))
