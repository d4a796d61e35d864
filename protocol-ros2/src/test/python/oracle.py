"""Judges payloads by rosbags. Each line on standard input has a type, a payload in hexadecimal and its JSON as the library writes it, with
tabs between; each line on standard output is "ok" or what differs. A line with a type alone is answered with the type's hash."""

import base64
import json
import math
import sys

import numpy
from rosbags.interfaces import Nodetype
from rosbags.typesys import Stores, get_typestore

STORE = get_typestore(Stores.ROS2_JAZZY)
OCTETS = {"byte", "char", "uint8", "int8"}


def number(base, value):
    if base in ("int64", "uint64"):
        return str(int(value))
    if base in ("float32", "float64"):
        value = float(value)
        if math.isnan(value):
            return "NaN"
        return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")
    if base == "byte":
        return int(value) & 0xFF
    if base == "bool":
        return bool(value)
    return str(value) if base == "string" else int(value)


def one(node, value):
    kind, detail = node
    if kind == Nodetype.NAME:
        return message(detail, value)
    return number(detail[0], value)


def member(node, value):
    kind, detail = node
    if kind not in (Nodetype.ARRAY, Nodetype.SEQUENCE):
        return one(node, value)
    element = detail[0]
    if element[0] == Nodetype.BASE and element[1][0] in OCTETS:
        return base64.b64encode(numpy.asarray(value).tobytes()).decode()
    return [one(element, item) for item in value]


def message(name, value):
    fields = STORE.fielddefs[name][1]
    return {
        field: member(node, getattr(value, field))
        for field, node in fields
        if field != "structure_needs_at_least_one_member"
    }


def same(ours, theirs):
    if isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in theirs)
    if isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(theirs, float) and not isinstance(ours, str):
        return float(ours) == theirs or float(numpy.float32(ours)) == theirs
    return type(ours) is type(theirs) and ours == theirs


def judge(name, payload, text):
    raw = bytes.fromhex(payload)
    value = STORE.deserialize_cdr(raw, name)
    theirs = message(name, value)
    if not same(json.loads(text), theirs):
        return f"value: {json.dumps(theirs)}"
    again = bytes(STORE.serialize_cdr(value, name, little_endian=raw[1] == 1))
    if again != raw and again.rstrip(b"\0") != raw.rstrip(b"\0"):
        return f"bytes: {again.hex()}"
    return "ok"


for line in sys.stdin:
    fields = line.rstrip("\n").split("\t")
    try:
        answer = STORE.hash_rihs01(fields[0]) if len(fields) == 1 else judge(*fields)
    except Exception as error:  # What the test shall see.
        answer = f"{type(error).__name__}: {error}".replace("\n", " ")
    print(answer, flush=True)
