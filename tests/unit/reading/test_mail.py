"""The e-mail reader."""

from email.message import EmailMessage

import pytest

from strategybot.reading.blocks import normalise
from strategybot.reading.mail import attachments, parse_eml


def _message(text: str = "Dear all,\n\nThe scheme opens in March.\n") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Café scheme – dates"
    message["From"] = "Jo Person <jo@example.org>"
    message["Date"] = "Mon, 03 May 2021 23:30:00 +0100"
    message.set_content(text)
    return message


def _texts(message: EmailMessage) -> list[tuple[str, str]]:
    return [(block.kind, normalise(block.text)) for block in parse_eml(message.as_bytes()).blocks]


def test_the_subject_is_the_title_and_no_person_is_in_the_metadata() -> None:
    parsed = parse_eml(_message().as_bytes())

    assert [(b.kind, normalise(b.text)) for b in parsed.blocks] == [
        ("heading", "Café scheme – dates"),
        ("paragraph", "Dear all,"),
        ("paragraph", "The scheme opens in March."),
    ]
    assert parsed.metadata == {"title": "Café scheme – dates", "published": "2021-05-03"}


def test_quoted_messages_keep_their_words_without_the_signs() -> None:
    assert _texts(_message("Yes.\n\nOn Monday, Jo wrote:\n> Is it open?\n>\n> > Really?\n"))[1:] == [
        ("paragraph", "Yes."),
        ("paragraph", "On Monday, Jo wrote: Is it open?"),
        ("paragraph", "Really?"),
    ]


def test_plain_words_are_preferred_and_html_is_read_if_there_are_none() -> None:
    both = _message("Plain words.")
    both.add_alternative("<p>Other words.</p>", subtype="html")
    page = _message("  ")
    page.add_alternative("<p>Only <b>here</b>.</p>", subtype="html")

    assert _texts(both)[1:] == [("paragraph", "Plain words.")]
    assert _texts(page)[1:] == [("paragraph", "Only here.")]


def test_attachments_have_safe_names_and_pictures_in_the_text_are_left_out() -> None:
    inner = _message("Inner words.")
    outer = _message()
    outer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../etc/plan.pdf")
    outer.add_attachment(b"two", maintype="application", subtype="pdf", filename="plan.pdf")
    outer.add_attachment(inner)
    outer.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png", disposition="inline")

    found = attachments(outer.as_bytes())

    assert [name for name, _ in found] == ["plan.pdf", "plan-2.pdf", "Café scheme – dates.eml"]
    assert [content for _, content in found[:2]] == [b"%PDF-1.7", b"two"]
    assert "Inner words." in str(parse_eml(found[2][1]).blocks)
    assert "Inner words." not in str(parse_eml(outer.as_bytes()).blocks)


@pytest.mark.parametrize("charset", ["x-unknown", "windows-1252", "utf-8"])
def test_words_in_a_wrong_or_unknown_character_set_are_read(charset: str) -> None:
    data = f"Subject: A\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()

    assert "£5" in str(parse_eml(data + "It is £5.".encode("cp1252")).blocks)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02 no header at all", b"just words\nand more"])
def test_what_has_no_headers_is_no_e_mail(data: bytes) -> None:
    with pytest.raises(ValueError, match="it is no e-mail"):
        parse_eml(data)


def test_a_bad_date_is_no_date() -> None:
    message = _message()
    message.replace_header("Date", "some day")

    assert "published" not in parse_eml(message.as_bytes()).metadata


def test_parts_nested_without_end_are_refused() -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5_000))

    with pytest.raises(ValueError, match="nested too deep"):
        parse_eml(b"Subject: A\n" + parts)
