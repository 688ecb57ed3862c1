"""What a bank or a file wrote is shown as it is: it is no markup, and leads nowhere."""

import pytest

from spendo.assistant.analyst.wording import name


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("http://pay.example/x", r"http\://pay.example/x"),
        ("HTTPS://PAY.EXAMPLE", r"HTTPS\://PAY.EXAMPLE"),
        ("WWW.pay.example", r"WWW\.pay.example"),
        ("shop@pay.example", r"shop\@pay.example"),
        ("Joe's: 12:30", "Joe's: 12:30"),
        ("[here](/x)", r"\[here\](/x)"),
        ("A & B &amp; <b>", r"A & B \&amp; \<b\>"),
    ],
)
def test_a_name_is_words(written: str, shown: str) -> None:
    assert name(written) == shown
