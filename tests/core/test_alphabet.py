"""Thai names stand where the dictionary has them: the vowel before a consonant comes after it."""

from core.alphabet import in_alphabet

# As the dictionary orders them; by code points all with a vowel in front would be last.
THAI = [
    "กรุงเทพมหานคร",
    "กาญจนบุรี",
    "เชียงราย",
    "เชียงใหม่",
    "ตรัง",
    "นครนายก",
    "แพร่",
    "ระยอง",
    "เลย",
    "สตูล",
]
TONES = ["ไก", "ไก่", "ไกล", "ขา", "ข่า", "ข้า", "เขา"]


def test_names_are_in_the_order_of_the_dictionary():
    for words in (THAI, TONES, ["Krabi", "lampang", "Trang"]):
        assert sorted(words[2:] + words[:2], key=in_alphabet) == words
    assert sorted(THAI) != THAI
