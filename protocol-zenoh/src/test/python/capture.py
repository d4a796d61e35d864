"""Records what two peers of the reference implementation say to each other, for the codec's golden frames.

usage: capture.py OUT.hex

A router and a client of it run here, with a relay of this script between them. Each line of the result is one batch:
"> HEX" from the client to the router, "< HEX" back, "# TEXT" what was done. Identities are fixed, times are not.
"""

import socket
import sys
import tempfile
import threading
import time

import zenoh

lock = threading.Lock()
lines = []


def note(text):
    time.sleep(0.3)  # What went before shall lie before.
    with lock:
        lines.append(f"# {text}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def relay(target):
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source, sink, mark):
        pending = b""
        try:
            while chunk := source.recv(65536):
                sink.sendall(chunk)
                pending += chunk
                while len(pending) >= 2 and len(pending) >= 2 + (size := int.from_bytes(pending[:2], "little")):
                    with lock:
                        lines.append(f"{mark} {pending[2:2 + size].hex()}")
                    pending = pending[2 + size:]
        except OSError:
            pass
        for each in (source, sink):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def accept():
        while True:
            inward, _ = listener.accept()
            outward = socket.create_connection(("127.0.0.1", target))
            threading.Thread(target=pump, args=(inward, outward, ">"), daemon=True).start()
            threading.Thread(target=pump, args=(outward, inward, "<"), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def config(mode, **settings):
    result = zenoh.Config()
    result.insert_json5("mode", f'"{mode}"')
    result.insert_json5("scouting/multicast/enabled", "false")
    for key, value in settings.items():
        result.insert_json5(key.replace("__", "/"), value)
    return result


def main(out):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as users:
        users.write("module:secret\n")
        users.flush()
        port = free_port()
        router = zenoh.open(config(
            "router",
            id='"a1"',
            listen__endpoints=f'["tcp/127.0.0.1:{port}"]',
            transport__auth__usrpwd__dictionary_file=f'"{users.name}"',
            transport__auth__usrpwd__user='"router"',
            transport__auth__usrpwd__password='"router"'))
        client = zenoh.open(config(
            "client",
            id='"c0ffee"',
            connect__endpoints=f'["tcp/127.0.0.1:{relay(port)}"]',
            transport__link__tx__batch_size="2048",
            transport__auth__usrpwd__user='"module"',
            transport__auth__usrpwd__password='"secret"'))
        record(router, client)
        client.close()
        time.sleep(0.3)
        router.close()
    with open(out, "w") as file:
        file.write("# Said between two sessions of PyPI's eclipse-zenoh 1.10.2 by capture.py.\n")
        file.write("\n".join(lines) + "\n")


def record(router, client):
    note("put without anything")
    client.put("demo/plain", b"hello")
    note("put with encoding, attachment, priority, express, block")
    client.put("demo/rich", b"{}", encoding="application/json", attachment=b"along", express=True,
               priority=zenoh.Priority.REAL_TIME, congestion_control=zenoh.CongestionControl.BLOCK)
    note("put with schema and timestamp")
    client.put("demo/schema", "text", encoding="text/plain;charset=utf-8", timestamp=client.new_timestamp())
    note("delete with attachment")
    client.delete("demo/plain", attachment=b"gone")
    note("declared key expression")
    key = client.declare_keyexpr("demo/declared/key")
    client.put(key, b"short")
    publisher = client.declare_publisher("demo/published", priority=zenoh.Priority.BACKGROUND)
    publisher.put(b"one")
    publisher.delete()
    publisher.undeclare()
    note("put in fragments")
    client.put("demo/large", bytes(range(256)) * 20, congestion_control=zenoh.CongestionControl.BLOCK)
    note("subscriber, and a put from the other side")
    subscriber = client.declare_subscriber("demo/back/**", lambda sample: None)
    time.sleep(0.2)
    router.put("demo/back/one", b"1", attachment=b"a")
    router.put("demo/back/two", b"2", encoding="zenoh/string", priority=zenoh.Priority.DATA_LOW)
    router.delete("demo/back/one")
    router.put("demo/back/large", b"x" * 5000, congestion_control=zenoh.CongestionControl.BLOCK)
    time.sleep(0.2)
    subscriber.undeclare()
    note("query of the client")

    def answer(query):
        query.reply(query.key_expr, b"first", attachment=b"r")
        query.reply_err(b"no", encoding="text/plain")
        query.reply_del(query.key_expr)

    server = router.declare_queryable("demo/service", answer, complete=True)
    time.sleep(0.2)
    list(client.get("demo/service?x=1;y=2", payload=b"ask", encoding="application/json", attachment=b"q",
                    target=zenoh.QueryTarget.ALL, consolidation=zenoh.ConsolidationMode.NONE, timeout=3))
    list(client.get("demo/service"))
    server.undeclare()
    note("queryable of the client")
    queryable = client.declare_queryable("demo/client/service", answer, complete=True)
    time.sleep(0.2)
    list(router.get("demo/client/service?p", payload=b"ask", attachment=b"q", timeout=3))
    queryable.undeclare()
    note("querier")
    querier = client.declare_querier("demo/querier")
    list(querier.get())
    querier.undeclare()
    note("liveliness of the client")
    token = client.liveliness().declare_token("demo/alive/client")
    time.sleep(0.2)
    token.undeclare()
    note("liveliness of others")
    early = router.liveliness().declare_token("demo/alive/early")
    watcher = client.liveliness().declare_subscriber("demo/alive/*", lambda sample: None, history=True)
    time.sleep(0.2)
    late = router.liveliness().declare_token("demo/alive/late")
    time.sleep(0.2)
    list(client.liveliness().get("demo/alive/**"))
    early.undeclare()
    late.undeclare()
    time.sleep(0.2)
    watcher.undeclare()
    note("a silence of more than a quarter of a lease")
    time.sleep(2.8)
    note("close")


main(sys.argv[1])
