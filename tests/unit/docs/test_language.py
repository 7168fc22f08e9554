import pytest

from congress.docs.text.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("All human beings are born free and equal in dignity and rights", "en"),
        ("A café in São Paulo, naïve and façade", "en"),
        ("Mọi người sinh ra đều được tự do và bình đẳng về phẩm giá", "vi"),
        ("Mo\u0323i ngu\u031bo\u031b\u0300i sinh ra đe\u0302\u0300u", "vi"),
        ("تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں", "ur"),
        ("تمام انسان WHO 2026 آزاد", "ur"),
        ("Report on the visit of Nguyễn to the committee of the congress in March", "en"),
        ("", "en"),
        ("2026 - 12", "en"),
    ],
)
def test_letters_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language
