"""Judges payloads by rosbags. Each line on standard input has a type, a payload in hexadecimal and its JSON as the library writes it, with
tabs between; each line on standard output is "ok" or what differs. A line with a type alone is answered with the type's hash.

The arguments are folders of packages with definition files. Messages that rosbags brings along are its own all the same; it brings no
services and no actions along, and reads only messages, so what those consist of is put together here."""

import base64
import json
import math
import sys
from pathlib import Path

import numpy
from rosbags.interfaces import Nodetype
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

STORE = get_typestore(Stores.ROS2_JAZZY)
OCTETS = {"byte", "char", "uint8", "int8"}
EMPTY = ("structure_needs_at_least_one_member", (Nodetype.BASE, ("uint8", 0)))
ID = "unique_identifier_msgs/UUID goal_id\n"


def sections(path):
    """The messages that a definition file consists of, as texts."""
    texts = [""]
    for line in path.read_text().splitlines():
        if line.strip() == "---":
            texts.append("")
        else:
            texts[-1] += line + "\n"
    return texts


def parts(path):
    """The messages of a definition file, by the suffixes of their names."""
    texts = sections(path)
    if path.suffix == ".msg":
        return {"": texts[0]}
    if path.suffix == ".srv":
        return {"_Request": texts[0], "_Response": texts[1]}
    action = f"{path.parent.parent.name}/action/{path.stem}"
    return {
        "_Goal": texts[0],
        "_Result": texts[1],
        "_Feedback": texts[2],
        "_SendGoal_Request": f"{ID}{action}_Goal goal",
        "_SendGoal_Response": "bool accepted\nbuiltin_interfaces/Time stamp",
        "_GetResult_Request": ID,
        "_GetResult_Response": f"int8 status\n{action}_Result result",
        "_FeedbackMessage": f"{ID}{action}_Feedback feedback",
    }


def register(folder):
    found = {}
    for path in sorted(Path(folder).glob("*/*/*.*")):
        if path.parent.name != path.suffix[1:] or path.suffix not in (".msg", ".srv", ".action"):
            continue
        package = path.parent.parent.name
        for suffix, text in parts(path).items():
            # A name without a package is that of a message of the same package, wherever it stands.
            (constants, fields), = get_types_from_msg(text + "\n", f"{package}/msg/{path.stem}{suffix}").values()
            name = f"{package}/{path.parent.name}/{path.stem}{suffix}"
            if name not in STORE.fielddefs:
                found[name] = (constants, fields or [EMPTY])
    STORE.register(found)


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
    if again != raw:
        return f"bytes: {again.hex()}"
    return "ok"


for argument in sys.argv[1:]:
    register(argument)
for line in sys.stdin:
    fields = line.rstrip("\n").split("\t")
    try:
        answer = STORE.hash_rihs01(fields[0]) if len(fields) == 1 else judge(*fields)
    except Exception as error:  # What the test shall see.
        answer = f"{type(error).__name__}: {error}".replace("\n", " ")
    print(answer, flush=True)
