"""Old workbooks (.xls): the smallest container and the few records that a reader needs."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows, merges=(), *, locked=False, hidden=()):
    """An old workbook with a sheet 台账, and hidden ones of these names beside it."""
    sheets = [("台账", _sheet(rows, merges), 0), *((name, _sheet([["旧"]]), 1) for name in hidden)]
    bounds_size = sum(4 + len(_bound(0, name, state)) for name, _body, state in sheets)
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0))
    head += _record(0x2F, b"\1" + bytes(53)) if locked else b""
    head += _record(0x42, struct.pack("<H", 1200))
    at = len(head) + bounds_size + 4
    bounds, bodies = b"", b""
    for name, body, state in sheets:
        bounds += _record(0x85, _bound(at + len(bodies), name, state))
        bodies += body
    return _contained(head + bounds + _record(0xA, b"") + bodies)


def _record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def _bound(at, name, state):
    return struct.pack("<IBBBB", at, state, 0, len(name), 1) + name.encode("utf-16-le")


def _sheet(rows, merges=()):
    width = max(len(row) for row in rows)
    made = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    made += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                made += _record(0x204, place + text)
            elif value is not None:
                made += _record(0x203, place + struct.pack("<d", value))
    if merges:
        areas = b"".join(struct.pack("<HHHH", *area) for area in merges)
        made += _record(0xE5, struct.pack("<H", len(merges)) + areas)
    return made + _record(0xA, b"")


def _contained(stream):
    """The stream “Workbook” in a compound file: header, table of sectors, directory, content."""
    stream = stream.ljust(8 * SECTOR, b"\0")  # a short one would go into a store of its own
    count = -(-len(stream) // SECTOR)
    chain = [FAT, END, *range(3, count + 2), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    directory += 2 * (bytes(68) + struct.pack("<III", FREE, FREE, FREE) + bytes(48))
    return header + table + directory + stream.ljust(count * SECTOR, b"\0")


def _entry(name, kind, child, start, size):
    label = name.encode("utf-16-le").ljust(64, b"\0")
    told = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, FREE, FREE, child)
    return label + told + bytes(36) + struct.pack("<IQ", start, size)
