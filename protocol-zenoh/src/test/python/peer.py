"""A session of the reference implementation that does what it is told, for the tests.

usage: peer.py MODE CONFIG     (CONFIG: "key=json5 value" for each line)

Reads commands from standard input, one a line, fields separated by tabs, and writes events likewise. The answer to each command is
"done COMMAND" after whatever it led to. A payload is "text:…" or "size:N" (N bytes that count up to 250); a payload that is reported is
"size:N:SHA256". "-" stands for nothing.
"""

import hashlib
import sys
import threading

import zenoh

output = threading.Lock()
kept = {}


def say(*fields):
    with output:
        sys.stdout.write("\t".join(str(field) for field in fields) + "\n")
        sys.stdout.flush()


def payload(spec):
    kind, _, value = spec.partition(":")
    if kind == "size":
        size = int(value)
        return (bytes(range(251)) * (size // 251 + 1))[:size]
    return value.encode()


def optional(spec):
    return None if spec == "-" else spec.encode()


def described(data):
    data = bytes(data)
    if len(data) <= 200 and all(32 <= byte < 127 for byte in data):
        return "text:" + data.decode()
    return f"size:{len(data)}:{hashlib.sha256(data).hexdigest()}"


def attached(attachment):
    return "-" if attachment is None else bytes(attachment).decode()


def report(event, name):
    def callback(sample):
        say(event, name, "PUT" if sample.kind == zenoh.SampleKind.PUT else "DELETE", sample.key_expr,
            described(sample.payload), sample.encoding, attached(sample.attachment))
    return callback


def answer(name, behaviour):
    def callback(query):
        say("query", name, query.selector, described(query.payload) if query.payload is not None else "-", attached(query.attachment))
        if behaviour == "echo":
            query.reply(query.key_expr, query.payload if query.payload is not None else b"", attachment=query.attachment)
        elif behaviour == "several":
            base = str(query.key_expr).removesuffix("/**")
            for number in range(3):
                query.reply(f"{base}/{number}", f"value {number}".encode(), encoding="text/plain")
            query.reply_err(b"not all", encoding="text/plain")
            query.reply_del(f"{base}/gone")
        elif behaviour == "error":
            query.reply_err(b"refused", encoding="application/json")
        elif behaviour == "keep":
            kept[f"query {name}"] = query  # So that it is not over.
    return callback


def put(session, key, spec, encoding="-", attachment="-", control="block", count="1"):
    for _ in range(int(count)):
        session.put(
            key, payload(spec), encoding=None if encoding == "-" else encoding, attachment=optional(attachment),
            congestion_control=zenoh.CongestionControl.BLOCK if control == "block" else zenoh.CongestionControl.DROP)


def get(session, selector, spec="-", attachment="-", target="BEST_MATCHING", consolidation="AUTO", timeout="20"):
    for reply in session.get(
            selector, payload=None if spec == "-" else payload(spec), attachment=optional(attachment),
            target=getattr(zenoh.QueryTarget, target), consolidation=getattr(zenoh.ConsolidationMode, consolidation),
            timeout=float(timeout)):
        if reply.ok is not None:
            say("reply", "DELETE" if reply.ok.kind == zenoh.SampleKind.DELETE else "PUT", reply.ok.key_expr, described(reply.ok.payload),
                reply.ok.encoding, attached(reply.ok.attachment))
        else:
            say("reply", "ERROR", "-", described(reply.err.payload), reply.err.encoding, "-")


def publish_many(session, prefix, count):
    kept[prefix] = [session.declare_publisher(f"{prefix}/{number}", congestion_control=zenoh.CongestionControl.BLOCK)
                    for number in range(int(count))]
    for number, publisher in enumerate(kept[prefix]):
        publisher.put(str(number).encode())


def match(name, entity):
    listener = entity.declare_matching_listener(lambda status: say("matching", name, "yes" if status.matching else "no"))
    kept[name] = entity
    kept[f"{name} listener"] = listener


def alive(session, key):
    for reply in session.liveliness().get(key, timeout=10):
        say("alive", reply.ok.key_expr)


COMMANDS = {
    "put": put,
    "delete": lambda session, key: session.delete(key),
    "subscribe": lambda session, name, key: kept.update({name: session.declare_subscriber(key, report("sample", name))}),
    "queryable": lambda session, name, key, behaviour, complete="no": kept.update(
        {name: session.declare_queryable(key, answer(name, behaviour), complete=complete == "yes")}),
    "get": get,
    "token": lambda session, name, key: kept.update({name: session.liveliness().declare_token(key)}),
    "watch": lambda session, name, key, history="yes": kept.update(
        {name: session.liveliness().declare_subscriber(key, report("token", name), history=history == "yes")}),
    "alive": alive,
    "undeclare": lambda session, name: kept.pop(name).undeclare(),
    "publish-many": publish_many,
    "publisher": lambda session, name, key: match(name, session.declare_publisher(key)),
    "querier": lambda session, name, key: match(name, session.declare_querier(key)),
    "close": lambda session: session.close(),
}


def main(mode, settings):
    config = zenoh.Config()
    config.insert_json5("mode", f'"{mode}"')
    config.insert_json5("scouting/multicast/enabled", "false")
    for line in settings.splitlines():
        key, _, value = line.partition("=")
        config.insert_json5(key, value)
    session = zenoh.open(config)
    say("open", session.zid())
    for line in sys.stdin:
        command, *fields = line.rstrip("\n").split("\t")
        try:
            COMMANDS[command](session, *fields)
            say("done", command)
        except Exception as failure:  # The test that gave the command says what it expected instead.
            say("failed", command, repr(failure))
    session.close()


main(sys.argv[1], sys.argv[2])
