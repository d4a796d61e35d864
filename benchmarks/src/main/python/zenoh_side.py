"""One process of the Zenoh benchmark with the reference implementation. JavaSide is the same with this project's.

Reads commands from standard input, one a line, fields separated by tabs. The answer is one line: "done", with what was found, or "failed",
with the reason. Times are nanoseconds of the monotonic clock, which all processes of a machine share.
"""

import sys
import threading
import time

import zenoh

sessions = {}
kept = []
listeners = {}


class Listener:
    """Counts what arrives, or notes how long ago the first eight bytes say that it was sent."""

    def __init__(self, stamped):
        self.stamped = stamped
        self.expect(1)

    def expect(self, count):
        self.wanted = count
        self.count = 0
        self.first = 0
        self.last = 0
        self.latencies = []
        self.complete = threading.Event()

    def __call__(self, sample):
        now = time.monotonic_ns()
        if self.stamped:
            self.latencies.append(now - int.from_bytes(sample.payload.to_bytes()[:8], "big"))
        if self.count == 0:
            self.first = now
        self.count += 1
        if self.count == self.wanted:
            self.last = now
            self.complete.set()


def opened(mode, **endpoints):
    config = zenoh.Config()
    config.insert_json5("mode", f'"{mode}"')
    config.insert_json5("scouting/multicast/enabled", "false")
    for kind, endpoint in endpoints.items():
        config.insert_json5(f"{kind}/endpoints", f'["{endpoint}"]')
    return zenoh.open(config)


def route(name, endpoint):
    sessions[name] = opened("router", listen=endpoint)
    return endpoint


def connect(name, endpoint):
    sessions[name] = opened("client", connect=endpoint)


def answer(name, key):
    kept.append(sessions[name].declare_queryable(key, lambda query: query.reply(key, query.payload)))


def ask(name, key, size, count):
    session = sessions[name]
    payload = bytes(int(size))
    times = []
    for _ in range(int(count)):
        begin = time.monotonic_ns()
        answered = sum(1 for reply in session.get(key, payload=payload, timeout=5.0) if reply.ok is not None)
        if answered:
            times.append(time.monotonic_ns() - begin)
    return ",".join(map(str, times))


def listen(name, key, kind):
    listeners[key] = Listener(kind == "stamped")
    kept.append(sessions[name].declare_subscriber(key, listeners[key]))


def flood(name, key, size, count):
    payload = bytes(int(size))
    publisher = sessions[name].declare_publisher(key, congestion_control=zenoh.CongestionControl.BLOCK)
    for _ in range(int(count)):
        publisher.put(payload)
    publisher.undeclare()


def pace(name, key, size, rate, count):
    rest = bytes(int(size) - 8)
    publisher = sessions[name].declare_publisher(key, congestion_control=zenoh.CongestionControl.BLOCK)
    begin = time.monotonic_ns()
    for number in range(int(count)):
        left = begin + number * 1_000_000_000 // int(rate) - time.monotonic_ns()
        if left > 0:
            time.sleep(left / 1e9)
        publisher.put(time.monotonic_ns().to_bytes(8, "big") + rest)
    publisher.undeclare()


def arrived(key, patience):
    listener = listeners[key]
    complete = listener.complete.wait(int(patience) / 1000)
    return "\t".join([str(listener.wanted if complete else listener.count), str(listener.last - listener.first), ",".join(map(str, listener.latencies))])


COMMANDS = {
    "route": route,
    "connect": connect,
    "answer": answer,
    "ask": ask,
    "listen": listen,
    "expect": lambda key, count: listeners[key].expect(int(count)),
    "flood": flood,
    "pace": pace,
    "arrived": arrived,
}

for line in sys.stdin:
    command, *fields = line.rstrip("\n").split("\t")
    try:
        found = COMMANDS[command](*fields)
        print("done" if found is None else f"done\t{found}", flush=True)
    except Exception as failure:  # Whoever gave the command reports it.
        print("failed\t" + repr(failure).replace("\n", " "), flush=True)
for session in sessions.values():
    session.close()
