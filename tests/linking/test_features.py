"""Records in comparison forms."""

from __future__ import annotations

import numpy as np
import pytest

from hub import values
from hub.linking.scores.features import Said, births, phone_codes, table_of
from hub.linking.scores.words import fold_work, signatures, sound
from hub.values.folding import fold_for_linking

KEY = b"a key for tests"
NUMBER = "510802196410112659"


def said(name: str, **more: object) -> Said:
    return Said(name=name, system="city", division="510800", level=2, area=("51", "5108"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("張麗華", "张丽华"),
        ("王红羣", "王红群"),
        ("徐徳国", "徐德国"),
        ("钟敏", "钟敏"),
        ("锺敏", "钟敏"),
        ("萧勇军", "肖勇军"),
        ("傅晓娜", "付晓娜"),
        ("陈慧⽟", "陈慧玉"),
        ("冼星", "先星"),
        ("李芸", "李芸"),
        ("郎萌", "郎萌"),
        ("鄕里", "乡里"),
    ],
)
def test_variants_of_a_character_have_one_form(written: str, form: str) -> None:
    assert fold_for_linking(written) == form


def test_dots_and_blanks_do_not_count_in_a_name() -> None:
    rows = table_of([said("格桑·白玛"), said("格桑白玛"), said("格桑.白玛")])
    assert len(set(rows["name"])) == 1


def test_near_sounds_are_one() -> None:
    assert sound("星") == sound("新")
    assert sound("兰") == sound("岚")
    assert sound("张") != sound("李")


def test_a_lost_character_is_marked() -> None:
    assert list(table_of([said("张□")])["chars"][0][:3]) == [ord("张"), 1, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("四川省昭化区大口村村民委员会村民", "昭化区大口村村委会村民"),
        ("广元市人大常委会副主任", "广元市人民代表大会常务委员会副主任"),
        ("四川天和有限责任公司经理", "四川天和有限公司经理"),
        ("财政局党组书记、局长", "财政局党组书记，局长"),
    ],
)
def test_usual_abbreviations_of_an_employer_have_one_form(one: str, other: str) -> None:
    assert fold_work(one) == fold_work(other)


def test_a_birth_is_made_exact_by_the_id_number() -> None:
    assert births((1964, 10, 0), (1964, 10, 11)) == ((1964, 10, 11), (0, 0, 0), 1)
    assert births((0, 0, 0), (1964, 10, 11)) == ((1964, 10, 11), (0, 0, 0), 1)


def test_a_slip_in_the_birth_keeps_both() -> None:
    assert births((1964, 11, 0), (1964, 10, 11)) == ((1964, 11, 0), (1964, 10, 11), 1)


def test_a_number_of_another_birth_was_copied_down() -> None:
    assert births((1951, 3, 2), (1964, 10, 11)) == ((1951, 3, 2), (0, 0, 0), 0)


def test_a_country_code_makes_no_other_phone() -> None:
    assert phone_codes("+8613800000001") == phone_codes("13800000001")
    assert phone_codes("00000000000") == (0, 0)
    assert phone_codes("08395026704/15677354717") == phone_codes("15677354717/08395026704")


def test_masked_numbers_show_parts_of_the_whole() -> None:
    whole = values.national_id_parts(NUMBER, KEY)
    assert whole is not None
    assert values.national_id_parts("510802********2659", KEY) == values.IdParts(
        None, whole.head, whole.tail, whole.tail_end
    )
    assert values.national_id_parts("51080219641011****", KEY) == values.IdParts(
        "1964-10-11", whole.head
    )
    assert values.national_id_parts("5108***********659", KEY) == values.IdParts(
        tail_end=whole.tail_end
    )
    assert values.national_id_parts("2659", KEY) == values.IdParts(
        None, None, whole.tail, whole.tail_end
    )
    assert values.national_id_parts("510802641011265", KEY) == whole


@pytest.mark.parametrize(
    "value",
    [
        "",
        None,
        "无",
        "0000",
        "111111111111111111",
        "510000190001010000",
        "123456789012345678",
        5.1e17,
    ],
)
def test_placeholders_show_nothing(value: str | float | None) -> None:
    assert values.national_id_parts(value, KEY) is None


def test_no_digit_of_a_number_is_in_its_parts() -> None:
    parts = values.national_id_parts(NUMBER, KEY)
    assert parts is not None
    assert "2659" not in str(parts)
    assert parts != values.national_id_parts(NUMBER, b"another key")


def test_a_row_holds_what_was_said() -> None:
    (row,) = table_of([said("张三", birth="1964-10", gender="MALE", term=8)])
    told = [row[name].tolist() for name in ("length", "birth", "other_birth", "gender", "term")]
    assert told == [2, [1964, 10, 0], [0, 0, 0], 1, 8]


def test_a_row_does_not_hang_on_its_neighbours() -> None:
    told = [said("张三丰", work="财政局局长"), said("□", work=""), said("格桑·白玛·多吉·次仁")]
    assert table_of(told).tobytes() == b"".join(table_of([one]).tobytes() for one in told)


def test_a_signature_has_a_bit_for_each_pair_of_neighbours() -> None:
    words = signatures(["", "人", "人大", "人大代", "大代"])
    bits = np.bitwise_count(words).sum(axis=1)
    assert bits.tolist() == [0, 0, 1, 2, 1]
    assert (words[2] | words[4]).tolist() == words[3].tolist()


def test_there_may_be_no_records() -> None:
    assert len(table_of([])) == 0
