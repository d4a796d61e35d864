"""A node of a robot on Eclipse Cyclone DDS, as one on rmw_cyclonedds with rclcpp is: managed, with parameters, a log and diagnostics.

The domain, the namespace and the name are the arguments; how others are found is in CYCLONEDDS_URI. Each line on standard input is a command, each
line on standard output an event; fields are separated by tabs. It does one thing after the other, as with rclcpp's usual executor.

  manage                          serves its lifecycle     -> transition ID and told STATE whenever it is asked
  behave TRANSITION HOW           from now on:
                                    refuse    says that it would not, and stays where it is
                                    silent    makes it and does not answer
                                    stuck     neither makes it nor answers
                                    passing   is on the way and says so until it may finish, then answers
                                    busy      does nothing else until it may finish, not even say where it is -> waiting COUNT, of who asks it
  finish                          ends what is on the way
  become STATE                    is there by itself
  state                           where it is              -> state ID
  declare NAME TYPE JSON          a parameter, of that number of ParameterType
  range NAME FROM TO              of a number
  parameter NAME                  -> parameter NAME TYPE JSON
  log LEVEL TEXT                  to /rosout
  diagnose LEVEL NAME             to /diagnostics
"""

import json
import sys
import threading

import ros_interfaces as ros
from actions import now
from rmw import LOOK_AGAIN, Node, obey, say

UNCONFIGURED, INACTIVE, ACTIVE = 1, 2, 3
CONFIGURE, CLEANUP, ACTIVATE, DEACTIVATE = 1, 2, 3, 4
# From where to where a transition leads, and where the node is meanwhile.
WAYS = {
    CONFIGURE: (UNCONFIGURED, INACTIVE, 10),
    CLEANUP: (INACTIVE, UNCONFIGURED, 11),
    ACTIVATE: (INACTIVE, ACTIVE, 13),
    DEACTIVATE: (ACTIVE, INACTIVE, 14),
}
LABELS = {1: "unconfigured", 2: "inactive", 3: "active", 10: "configuring", 11: "cleaningup", 13: "activating", 14: "deactivating"}


class Lifecycle:
    def __init__(self, node):
        self.state, self.behaviours = UNCONFIGURED, {}
        self.may_finish = threading.Event()
        self.states = node.serve(node.own("get_state"), ros.GET_STATE, lambda _: (self.tell(),))
        self.changes = node.serve(node.own("change_state"), ros.CHANGE_STATE, self.change)

    def tell(self):
        say("told", self.state)
        return ros.STATE(self.state, LABELS[self.state])

    def change(self, request):
        wanted = request.transition.id
        say("transition", wanted)
        begin, end, between = WAYS[wanted]
        how = self.behaviours.pop(wanted, "answer")
        if self.state != begin or how == "refuse":
            return (False,)
        if how == "stuck":
            return None
        if how == "passing":
            self.state = between
            threading.Thread(target=self.arrive_later, args=(request, end), daemon=True).start()
            return None
        if how == "busy":
            self.state = between
            self.work()
        self.state = end
        return None if how == "silent" else (True,)

    def arrive_later(self, request, end):
        self.may_finish.wait()
        self.state = end
        self.changes.reply(request, True)

    def work(self):
        waiting = 0
        while not self.may_finish.wait(LOOK_AGAIN):
            now_waiting = len(self.states.reader.read(N=100))
            if now_waiting != waiting:
                waiting = now_waiting
                say("waiting", waiting)


class Parameters:
    """As rclcpp has them: what was not declared is in no answer, and a parameter keeps its type."""

    def __init__(self, node):
        self.values, self.ranges = {}, {}
        serve = lambda name, kind, answer: node.serve(node.own(name), kind, answer)  # noqa: E731
        serve("list_parameters", ros.LIST_PARAMETERS, lambda _: (ros.LIST_RESULT(sorted(self.values), []),))
        serve("get_parameters", ros.GET_PARAMETERS, lambda asked: (self.of(asked.names, self.values.get),))
        serve("get_parameter_types", ros.GET_PARAMETER_TYPES, self.types)
        serve("describe_parameters", ros.DESCRIBE_PARAMETERS, lambda asked: (self.of(asked.names, self.describe),))
        serve("set_parameters", ros.SET_PARAMETERS, lambda asked: ([self.set([one]) for one in asked.parameters],))
        serve("set_parameters_atomically", ros.SET_PARAMETERS_ATOMICALLY, lambda asked: (self.set(asked.parameters),))

    def of(self, names, find):
        return [find(name) for name in names] if all(name in self.values for name in names) else []

    def types(self, asked):
        return ([self.values[name].type if name in self.values else 0 for name in asked.names],)

    def describe(self, name):
        value, limits = self.values[name], self.ranges.get(name)
        doubles = [ros.DOUBLE_RANGE(*limits, 0.0)] if limits and value.type == 3 else []
        integers = [ros.INTEGER_RANGE(*map(int, limits), 0)] if limits and value.type == 2 else []
        return ros.DESCRIPTOR(name, value.type, f"what {name} is", "", False, False, doubles, integers)

    def set(self, changes):
        refusals = [refusal for change in changes if (refusal := self.refusal(change))]
        if not refusals:
            self.values.update((change.name, change.value) for change in changes)
        return ros.SET_RESULT(not refusals, refusals[0] if refusals else "")

    def refusal(self, change):
        name, value = change.name, change.value
        if name not in self.values:
            return f"parameter '{name}' cannot be set because it was not declared"
        known = self.values[name].type
        if value.type != known:
            return f"Wrong parameter type, {{{name}}} is {ros.VALUE_TYPES[known]} and not {ros.VALUE_TYPES[value.type]}"
        if name in self.ranges and not self.ranges[name][0] <= ros.content(value) <= self.ranges[name][1]:
            return f"Parameter {{{name}}} doesn't comply with its range."
        return None


class RobotNode:
    def __init__(self, node):
        self.node = node
        self.lifecycle = None
        self.parameters = Parameters(node)
        self.rosout = node.publisher("/rosout", ros.LOG, depth=1000, latched=True)
        self.diagnostics = node.publisher("/diagnostics", ros.DIAGNOSTICS)

    def manage(self):
        self.lifecycle = Lifecycle(self.node)

    def behave(self, transition, how):
        self.lifecycle.may_finish.clear()
        self.lifecycle.behaviours[int(transition)] = how

    def finish(self):
        self.lifecycle.may_finish.set()

    def become(self, state):
        self.lifecycle.state = int(state)

    def state(self):
        say("state", self.lifecycle.state)

    def declare(self, name, kind, content):
        self.parameters.values[name] = ros.value(int(kind), json.loads(content))

    def range(self, name, lowest, highest):
        self.parameters.ranges[name] = (float(lowest), float(highest))

    def parameter(self, name):
        value = self.parameters.values[name]
        say("parameter", name, value.type, json.dumps(ros.content(value)))

    def log(self, level, text):
        logger = self.node.full_name[1:].replace("/", ".")
        self.rosout.write(ros.LOG(now(), int(level), logger, text, "driver.cpp", "spin", 7))

    def diagnose(self, level, name):
        status = ros.STATUS(int(level), name, "as it is", "motor-1", [ros.KEY_VALUE("temperature", "81.5")])
        self.diagnostics.write(ros.DIAGNOSTICS(ros.HEADER(now(), ""), [status]))


robot_node = RobotNode(Node(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
say("ready", robot_node.node.full_name)
obey(robot_node)
