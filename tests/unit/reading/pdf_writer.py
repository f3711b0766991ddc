"""A PDF of words at positions and ruling lines, as small as PDF allows: what the tests of PDF reading are made with."""

Word = tuple[float, float, str]  # from the left, from the top, in points
Rule = tuple[float, float, float, float]

HEIGHT = 800
_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def pdf(*pages: list[Word], rules: list[Rule] = (), size: int = 10) -> bytes:  # type: ignore[assignment]
    """The bytes of a PDF, one list of words a page; letters of one font, each as wide as it is high in Han and half as wide else."""
    widths = " ".join("500" for _ in range(256))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor 6 0 R /DW 1000 /W [0 [{widths}]] >>",
        _stream(_TO_UNICODE),
        "<< /Type /FontDescriptor /FontName /F /Flags 4 /Ascent 800 /Descent -200 /FontBBox [0 -200 1000 800] /ItalicAngle 0 "
        "/CapHeight 700 /StemV 80 >>",
    ]
    for words in pages:
        drawn = [f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, text in words] + [
            f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S" for x0, y0, x1, y1 in rules
        ]
        number = len(objects) + 1
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 {HEIGHT}] /Contents {number + 1} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream("\n".join(drawn)))
    return _file(objects)


def grid_rules(xs: list[float], ys: list[float]) -> list[Rule]:
    """The lines of a full grid."""
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(objects: list[str], trailer: str = "") -> bytes:
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


def encrypted(data: bytes) -> bytes:
    """The same PDF, saying that it needs a password that nobody has."""
    key = "<" + "00" * 32 + ">"
    return data.replace(
        b"/Root 1 0 R ", f"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> ".encode()
    )
