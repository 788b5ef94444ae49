"""Hostile and broken pages, texts, tables, messages and archives."""

import io
import zipfile
from collections.abc import Iterator

from tests.builders.hostile_file import INSTRUCTION, VISIBLE, HostileFile

DEEP_TAGS = 200_000
DEEP_PARTS = 1_000
MEMBERS = 10_000
WAYS_TO_HIDE = {
    "display": 'style="display:none"', "visibility": 'style="visibility: hidden"', "size": 'style="font-size:0"',
    "opacity": 'style="opacity:0"', "white": 'style="color:#fff;background:#ffffff"',
    "off-screen": 'style="position:absolute;left:-9999px"', "attribute": "hidden",
    "clipped": 'style="height:0;overflow:hidden"',
}  # fmt: skip


def hostile_texts() -> Iterator[HostileFile]:
    yield from _pages()
    yield from _texts()
    yield from _tables()
    yield from _messages()
    yield from _archives()
    yield from _names()


def _page(inside: str, head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Streets</title>{head}</head>'
        f"<body><main><h1>Streets</h1><p>{VISIBLE}</p>{inside}</main></body></html>"
    ).encode()


def _pages() -> Iterator[HostileFile]:
    yield HostileFile("deep.html", _page("<div>" * DEEP_TAGS + "deep" + "</div>" * DEEP_TAGS), "bounded")
    yield HostileFile("never-closed.html", _page("<b><i>" * (DEEP_TAGS // 2)), "bounded")
    yield HostileFile(
        "many-attributes.html", _page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x"), "bounded"
    )
    for name, way in WAYS_TO_HIDE.items():
        page = _page(f"<p {way}>{INSTRUCTION}</p>")
        yield HostileFile(
            f"hidden-by-{name}.html", page, "read", keeps=(VISIBLE,), hides=(INSTRUCTION,), remark="hidden-text"
        )
    sheet = _page(f'<p class="aside-note">{INSTRUCTION}</p>', "<style>.aside-note { display: none }</style>")
    yield HostileFile(
        "hidden-by-style-sheet.html", sheet, "read", keeps=(VISIBLE,), hides=(INSTRUCTION,), remark="hidden-text"
    )
    unseen = f"<!-- {INSTRUCTION} --><script>var a = '{INSTRUCTION}'</script><template><p>{INSTRUCTION}</p></template>"
    yield HostileFile("unseen-parts.html", _page(unseen), "read", keeps=(VISIBLE,), hides=(INSTRUCTION,))
    shown = _page(f"<p>{INSTRUCTION}</p>")
    yield HostileFile("instructing.html", shown, "read", keeps=(VISIBLE, INSTRUCTION), remark="instruction")
    yield HostileFile(
        "utf-16.html", _page("").decode().replace('<meta charset="utf-8">', "").encode("utf-16"), "bounded"
    )
    yield HostileFile("zero-bytes.html", b"", "refused")


def _texts() -> Iterator[HostileFile]:
    tags = "".join(chr(0xE0000 + ord(c)) for c in INSTRUCTION)
    yield HostileFile(
        "tag-characters.md", f"# Streets\n\n{VISIBLE}{tags}\n".encode(), "read", keeps=(VISIBLE,), hides=(tags,),
        remark="hidden-text",
    )  # fmt: skip
    broken = VISIBLE.replace("plan", "pl\u200ban").replace("cleaner", "clean\u2060er")
    yield HostileFile("zero-width.md", f"# Streets\n\n{broken}\n".encode(), "read", keeps=(VISIBLE,))
    turned = f"# Streets\n\n{VISIBLE} \u202e{INSTRUCTION[::-1]}\u202c\n"
    yield HostileFile("turned-round.md", turned.encode(), "read", keeps=(VISIBLE,), hides=("\u202e",))
    yield HostileFile(
        "instructing.md", f"# A\n\n{INSTRUCTION}\n".encode(), "read", keeps=(INSTRUCTION,), remark="instruction"
    )
    yield HostileFile("zero-bytes.md", b"", "refused")
    yield HostileFile("binary.txt", bytes(range(256)) * 400, "bounded")
    yield HostileFile("one-long-word.txt", b"growth" * 2_000_000, "bounded")
    yield HostileFile("deep-quotes.md", (">" * 50_000 + " x\n").encode(), "bounded")
    yield HostileFile("deep-lists.md", "".join(f"{' ' * 2 * n}- x\n" for n in range(2_000)).encode(), "bounded")
    yield HostileFile("open-brackets.md", b"[" * 200_000, "bounded")


def _tables() -> Iterator[HostileFile]:
    yield HostileFile("one-line.csv", b"growth," * 1_500_000, "bounded")
    yield HostileFile("one-cell.csv", b'Scheme,Notes\nA,"' + b"growth " * 1_500_000 + b'"\n', "bounded")
    yield HostileFile("open-quote.csv", b'Scheme,Notes\nA,"' + b"growth\n" * 500_000, "bounded")
    uneven = b"Scheme,District\nA,Leeds,more,and more\nB\nC,Bradford\n"
    yield HostileFile("uneven.csv", uneven, "read", keeps=("Scheme: C; District: Bradford",))
    formula = b'Scheme,Notes\n=cmd|calc,"@SUM(1)"\nC,plain\n'
    yield HostileFile("formulas.csv", formula, "read", keeps=("Scheme: C; Notes: plain",))


def _messages() -> Iterator[HostileFile]:
    head = "Subject: Streets\nFrom: team@authority.example\nMIME-Version: 1.0\n"
    opening = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(DEEP_PARTS))
    closing = "".join(f"--b{n}--\n" for n in reversed(range(DEEP_PARTS)))
    deep = f"{head}{opening}Content-Type: text/plain\n\n{VISIBLE}\n{closing}"
    yield HostileFile("deep-parts.eml", deep.encode(), "bounded")
    odd = f"{head}Subject: =?x-unknown?Q?=FF?=\nContent-Type: text/plain; charset=x-none\n\n{VISIBLE}\n"
    yield HostileFile("unknown-charset.eml", odd.encode(), "bounded")
    code = f"{head}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!not base64!!\n"
    yield HostileFile("broken-base64.eml", code.encode(), "bounded")
    name = f"{head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{VISIBLE}\n--b\n"
    name += 'Content-Type: text/markdown\nContent-Disposition: attachment; filename="../../evil.md"\n\n# Evil\n--b--\n'
    yield HostileFile("attachment-above.eml", name.encode(), "read", keeps=(VISIBLE,))


def _zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _archives() -> Iterator[HostileFile]:
    good = f"# Streets\n\n{VISIBLE}\n".encode()
    for name, path in (("above", "../../evil.md"), ("absolute", "/tmp/evil.md"), ("drive", "C:\\evil.md")):
        yield HostileFile(f"path-{name}.zip", _zip({"good.md": good, path: b"# Evil\n\nEvil words.\n"}), "bounded")
    yield HostileFile("many-members.zip", _zip({f"{n}.md": good for n in range(MEMBERS)}), "bounded")
    nested = _zip({"0.txt": b"growth " * 5_000_000})
    for _ in range(5):
        nested = _zip({f"{n}.zip": nested for n in range(10)})
    yield HostileFile("nested.zip", nested, "bounded")
    locked = bytearray(_zip({"secret.md": good}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flags] |= 1
    yield HostileFile("encrypted.zip", bytes(locked), "refused")
    link = zipfile.ZipInfo("link.md")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr(zipfile.ZipInfo("good.md"), good)
    yield HostileFile("link-inside.zip", target.getvalue(), "bounded", hides=("root:x:0:0",))
    yield HostileFile("truncated.zip", _zip({"good.md": good * 50})[:-30], "refused")
    yield HostileFile("nothing-inside.zip", _zip({}), "bounded")


def _names() -> Iterator[HostileFile]:
    good = f"# Streets\n\n{VISIBLE}\n".encode()
    long = "a very long name " * 14
    names = (
        "two  spaces and (brackets).md", "Straßen–Plan ‘23’ £.md", "🌳 net zero.md", f"{long.strip()}.md", "-rf.md",
        "quote\"and'quote.md", "percent%2F..%2Fname.md", "UPPER.MD", "ends with dot..md",
    )  # fmt: skip
    for name in names:
        yield HostileFile(name, good, "read", keeps=(VISIBLE,))
