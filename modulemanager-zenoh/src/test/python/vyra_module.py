"""A VYRA module as vyra_base makes them, on the reference implementation of Zenoh, that does what it is told, for the tests.

usage: vyra_module.py ENDPOINT MODULE_ID [SETTING=JSON5 ...]

Reads commands from standard input, one a line, fields separated by tabs, and writes events likewise: "query FUNCTION PAYLOAD" for each
question, "goal ACTION" for each goal, "done COMMAND" after each command. Without a terminal on the other side (the manager starts it) it
just runs.

As the real ones: a client, payloads are UTF-8 JSON without an encoding, errors are {"error": ...} in ordinary replies, a query without a
payload is not answered, and a result is published once, 50 ms after the end of its action.
"""

import json
import os
import sys
import threading
import time
import uuid

import zenoh

output = threading.Lock()


def say(*fields):
    with output:
        sys.stdout.write("\t".join(str(field) for field in fields) + "\n")
        sys.stdout.flush()


class Module:
    def __init__(self, session, module_id):
        self.session = session
        self.id = module_id
        self.layers = {"lifecycle": "Active", "operational": "Ready", "health": "Healthy"}
        self.params = {"speed": 1, "name": "arm"}
        self.behaviour = {}  # function or action -> silent, late, error, refuse, reject, lost, garbage
        self.kept = {}
        for function in ("get_state", "get_parameter", "set_parameter", "read_all_params", "get_interface_list", "pause", "resume", "stop"):
            self.serve(function, getattr(self, function))
        for action, wanted in (("request_lc_suspend", "Suspended"), ("request_lc_resume", "Active")):
            self.serve(action + "/goal", lambda arguments, action=action, wanted=wanted: self.goal(action, wanted))
            self.serve(action + "/cancel", lambda arguments: {"canceled": True})

    def serve(self, function, answer):
        key = f"{self.id}/{function}"

        def callback(query):
            payload = bytes(query.payload).decode() if query.payload is not None else None
            say("query", function, payload)
            if payload is None:
                return
            behaviour = self.behaviour.get(function)
            if behaviour == "silent":
                self.kept[uuid.uuid4()] = query  # Kept, so that the library does not end it.
                return
            if behaviour == "late":
                answer(json.loads(payload))
                self.kept[uuid.uuid4()] = query
                return
            if behaviour == "garbage":
                query.reply(key, b"\xff\xfe not json")
            elif behaviour == "refuse":
                query.reply_err(b"no such luck")
            elif behaviour == "error":
                query.reply(key, json.dumps({"error": "it is broken"}))
            else:
                query.reply(key, json.dumps(answer(json.loads(payload)), default=lambda value: {}))

        self.kept[function] = self.session.declare_queryable(key, callback)

    def get_state(self, arguments):
        return dict(self.layers, timestamp="2026-06-01 12:00:00.000005", metadata={}, success=True)

    def get_parameter(self, arguments):
        if arguments.get("key") not in self.params:
            return {"error": f"unknown key {arguments.get('key')}"}
        return {"success": True, "value": self.params[arguments["key"]]}

    def set_parameter(self, arguments):
        self.params[arguments["key"]] = arguments["value"]
        return {"success": True, "message": "set"}

    def read_all_params(self, arguments):
        return {"all_params_json": json.dumps(self.params)}

    def get_interface_list(self, arguments):
        return {"interface_list": [json.dumps({"functionname": "get_state", "type": "service"})]}

    def task(self, value):
        self.layers["operational"] = value
        return {"success": True, "message": ""}

    def pause(self, arguments):
        return self.task("Paused")

    def resume(self, arguments):
        return self.task("Ready")

    def stop(self, arguments):
        return self.task("Stopped")

    def goal(self, action, wanted):
        behaviour = self.behaviour.get(action)
        say("goal", action)
        if behaviour == "reject":
            return {"accepted": False, "message": "a task is running"}
        goal_id = str(uuid.uuid4())

        def work():
            time.sleep(0.05)
            success = behaviour != "fail"
            self.put(f"{action}/{goal_id}/feedback", {"progress": 50})
            if success:
                self.become("lifecycle", wanted)
            time.sleep(0.05)
            if behaviour != "lost":
                message = "done" if success else "the brake is stuck"
                self.put(f"{action}/{goal_id}/result", {"success": success, "message": message, "final_state": self.layers["lifecycle"]})

        threading.Thread(target=work, daemon=True).start()
        return {"accepted": True, "goal_id": goal_id}

    def put(self, function, value):
        self.session.put(f"{self.id}/{function}", json.dumps(value))

    def become(self, layer, value, how="told"):
        previous, self.layers[layer] = self.layers[layer], value
        if how == "told":
            self.put("feeder/StateFeed", {"previous": previous, "current": value, "timestamp": "2026-06-01 12:00:00.000005"})

    def news(self, message, kind="info"):
        self.put("feeder/NewsFeed", {"type": kind, "message": message, "timestamp": {}, "module_id": self.id, "module_name": self.id[:-33]})

    def error(self, description):
        self.put("feeder/ErrorFeed", {"error_id": str(uuid.uuid4()), "error_code": 7, "module_id": self.id, "description": description,
                                      "solution": "look at it", "miscellaneous": "", "timestamp": {}})

    def log(self, level, message):
        self.put("feeder/LogFeed", {"level": level, "message": message, "logger_name": "test", "module_id": self.id,
                                    "module_name": self.id[:-33], "timestamp": {}})

    def raw(self, key, text):
        self.session.put(key, text.encode("utf-8").decode("unicode_escape").encode("latin-1"))

    def big(self, key, size):
        self.session.put(key, b"{" + b" " * int(size) + b"}")

    def behave(self, function, behaviour):
        self.behaviour[function] = behaviour

    def token(self, name):
        self.kept[name] = self.session.liveliness().declare_token(f"{self.id}/{name}")

    def undeclare(self, name):
        self.kept.pop(name).undeclare()

    def ask(self, key, payload="{}"):
        for reply in self.session.get(key, payload=payload.encode(), timeout=30):
            if reply.ok is not None:
                say("reply", "ok", reply.ok.key_expr, bytes(reply.ok.payload).decode(), reply.ok.encoding)
            else:
                say("reply", "error", "-", bytes(reply.err.payload).decode(), reply.err.encoding)

    def subscribe(self, name, key):
        self.kept[name] = self.session.declare_subscriber(
            key, lambda sample: say("sample", name, sample.key_expr, bytes(sample.payload).decode()))

    def alive(self, key):
        for reply in self.session.liveliness().get(key, timeout=10):
            say("alive", reply.ok.key_expr)

    def heartbeat(self):
        self.put("feeder/StateFeed", {"previous": "N/A", "current": self.layers["lifecycle"], "timestamp": "2026-06-01 12:00:00"})
        self.news("heartbeat: 2026-06-01T12:00:00")


def open_session(mode, endpoint, settings):
    config = zenoh.Config()
    config.insert_json5("mode", f'"{mode}"')
    config.insert_json5("scouting/multicast/enabled", "false")
    config.insert_json5("listen/endpoints" if mode == "router" else "connect/endpoints", f'["{endpoint}"]')
    for setting in settings:
        key, _, value = setting.partition("=")
        config.insert_json5(key, value)
    return zenoh.open(config)


def main(endpoint, module_id, *settings):
    if module_id == "router":
        session = open_session("router", endpoint, settings)
        say("open", session.zid())
        sys.stdin.read()
        session.close()
        return
    session = open_session("client", endpoint, settings)
    module = Module(session, module_id)
    module.heartbeat()
    say("open", session.zid())
    if os.environ.get("MM_TOKEN"):
        while True:  # The manager ends it with a signal.
            time.sleep(1)
            module.heartbeat()
    for line in sys.stdin:
        command, *fields = line.rstrip("\n").split("\t")
        try:
            getattr(module, command)(*fields)
            say("done", command)
        except Exception as failure:  # The test that gave the command says what it expected instead.
            say("failed", command, repr(failure))
    session.close()


main(*sys.argv[1:])
