import struct

from release.icon import ICON, SIZES, icon


def test_the_icon_has_every_size() -> None:
    content = ICON.read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind, count) == (0, 1, len(SIZES))
    pictures = []
    for number, size in enumerate(SIZES):
        *_, length, offset = struct.unpack_from("<BBBBHHII", content, 6 + 16 * number)
        picture = content[offset : offset + length]
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", picture[16:24]) == (size, size)
        pictures.append((size, picture))
    assert icon(pictures) == content
