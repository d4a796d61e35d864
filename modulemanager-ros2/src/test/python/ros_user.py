"""A user of the module manager in the graph of ROS 2, on Eclipse Cyclone DDS, who speaks as rmw_cyclonedds does and knows the manager's
interfaces from their definitions alone.

The domain and the manager's namespace are the arguments; how others are found is in CYCLONEDDS_URI. Each line on standard input is a
command, each line on standard output an event; fields are separated by tabs.

  list                  the modules by ListModules      -> module ID PHASE, then listed COUNT SUCCESS
  states                what is latched on module_states -> state ID PHASE, then latched COUNT
  set ID COMMAND        asks for it by SetModuleState    -> set SUCCESS CODE OPERATION
  remove ID             the goal of a RemoveModule       -> accepted, feedback PERCENT STATUS STEPS, result STATUS SUCCESS CODE
  register NAME UUID    as modules of earlier releases do -> register STATUS MESSAGE
  registered            what they ask for                -> registered NAME UUID VERSION

What `ros2 action send_goal` does, in parts; goals are spoken of by a name:

  install GOAL MODULE   the goal of an InstallModule     -> accepted GOAL IS_IT; then, as they come,
                                                            status GOAL STATUS, feedback GOAL PERCENT STATUS OPERATION
  result GOAL           waits for its result             -> result GOAL STATUS SUCCESS CODE MODULE
  cancel GOAL           or "*" for all                   -> canceling GOAL CODE COUNT

What `ros2 node list`, `ros2 node info` and `ros2 param` do:

  nodes                 -> node NAME of all
  info NODE             -> service NAME TYPE, topic NAME TYPE HASH of all
  parameters NODE       -> parameter NAME TYPE VALUE DESCRIPTION READ_ONLY of all
  get NODE NAME         -> value NAME TYPE VALUE
  change NODE NAME TEXT -> change NAME SUCCESSFUL REASON, once by set_parameters and once by set_parameters_atomically
  clients COUNT         that many of ListModules at once  -> answered COUNT
"""

import sys
import time

import ros_interfaces as ros
from actions import ActionClient
from cyclonedds.idl.types import sequence, uint8, uint16
from rmw import LOOK_AGAIN, Graph, Node, message, obey, say, service

PACKAGE = "vyra_modulemanager_interfaces"


def own(name, /, **fields):
    return message(f"{PACKAGE}/{name}", **fields)


def own_service(name, request, response):
    return service(f"{PACKAGE}/srv/{name}", request, response)


FIELD_ERROR = own("msg/FieldError", pointer=str, detail=str)
PROBLEM = own("msg/Problem", code=str, title=str, status=uint16, detail=str, errors=sequence[FIELD_ERROR])
MODULE_STATE = own(
    "msg/ModuleState",
    id=str,
    name=str,
    instance_id=str,
    alias=str,
    display_name=str,
    version=str,
    desired_state=str,
    desired_version=str,
    phase=str,
    lifecycle=str,
    operational=str,
    health=str,
    since=ros.TIME,
    reason=str,
    primary=bool,
    pinned=bool,
    update_version=str,
    operation_id=str,
)
MODULE_STATES = own("msg/ModuleStates", stamp=ros.TIME, modules=sequence[MODULE_STATE])
STEP = own("msg/OperationStep", id=str, title=str, status=str, percent=uint8, detail=str)

ANSWER = {"success": bool, "problem": PROBLEM}
LIST = own_service("ListModules", {"phase": str}, ANSWER | {"modules": sequence[MODULE_STATE]})
SET = own_service("SetModuleState", {"id": str, "command": str}, ANSWER | {"operation_id": str})
REGISTER = own_service(
    "RegisterModule",
    {
        "module_name": str,
        "module_id": ros.UUID,
        "description": str,
        "author": str,
        "version": str,
        "license": str,
        "dependencies": sequence[str],
    },
    {"status": uint8, "error_message": str},
)
REGISTERED = own_service(
    "GetRegisteredModules",
    {},
    {"module_names": sequence[str], "module_ids": sequence[ros.UUID], "versions": sequence[str]},
)

OPERATION = {"operation_id": str, "module_id": str, "status": str}
RESULT = ANSWER | OPERATION
FEEDBACK = OPERATION | {"percent": uint8, "steps": sequence[STEP]}
INSTALL = ros.action(
    f"{PACKAGE}/action/InstallModule",
    {"name": str, "version": str, "repository": str, "instance_id": str, "start": uint8},
    RESULT,
    FEEDBACK,
)
REMOVE = ros.action(f"{PACKAGE}/action/RemoveModule", {"id": str, "keep_data": bool}, RESULT, FEEDBACK)

PARAMETER_SERVICES = {
    "list_parameters": ros.LIST_PARAMETERS,
    "get_parameters": ros.GET_PARAMETERS,
    "get_parameter_types": ros.GET_PARAMETER_TYPES,
    "describe_parameters": ros.DESCRIBE_PARAMETERS,
    "set_parameters": ros.SET_PARAMETERS,
    "set_parameters_atomically": ros.SET_PARAMETERS_ATOMICALLY,
}


class User:
    def __init__(self, domain, namespace):
        self.node = Node(domain, "/", "foreign_user")
        self.graph = Graph(self.node)
        self.namespace = namespace
        self.opened = {}

    def once(self, key, make):
        if key not in self.opened:
            self.opened[key] = make()
        return self.opened[key]

    def service(self, name, kind):
        return self.once(name, lambda: self.node.client(f"{self.namespace}/{name}", kind))

    # ---- the manager's services and topics ----

    def list(self):
        reply = self.service("list_modules", LIST).call("")
        for module in reply.modules:
            say("module", module.id, module.phase)
        say("listed", len(reply.modules), reply.success)

    def clients(self, count):
        """All of one program: of which of them a server knows the reader already, only what they say of themselves tells.

        Each reads the replies to all of them and keeps the last of those that were not taken. With the ten that a client keeps unless it asks
        for more, a burst of twenty displaces the reply to a client whose turn comes later: in rmw_cyclonedds, too, whoever serves.
        """
        name = f"{self.namespace}/list_modules"
        clients = [self.node.client(name, LIST, depth=int(count)) for _ in range(int(count))]
        calls = [(client, client.send("")) for client in clients]
        say("answered", sum(client.receive(call).success for client, call in calls))

    def states(self):
        found = []
        self.node.subscription(f"{self.namespace}/module_states", MODULE_STATES, found.append, depth=1, latched=True)
        while not found:
            time.sleep(LOOK_AGAIN)
        for module in found[-1].modules:
            say("state", module.id, module.phase)
        say("latched", len(found[-1].modules))

    def set(self, module, command):
        reply = self.service("set_module_state", SET).call(module, command)
        say("set", reply.success, reply.problem.code, reply.operation_id)

    def register(self, name, digits):
        identity = ros.UUID(list(bytes.fromhex(digits)))
        fields = (name, identity, "a description", "an author", "1.0.0", "a licence", ["first", "second"])
        reply = self.service("register_module", REGISTER).call(*fields)
        say("register", reply.status, reply.error_message)

    def registered(self):
        reply = self.service("get_registered_modules", REGISTERED).call()
        for name, module, version in zip(reply.module_names, reply.module_ids, reply.versions, strict=True):
            say("registered", name, bytes(module.uuid).hex(), version)

    # ---- its actions ----

    def remove(self, module):
        heard = []

        def describe(feedback):
            return feedback.percent, feedback.status, len(feedback.steps)

        client = ActionClient(
            self.node,
            f"{self.namespace}/remove_module",
            REMOVE,
            describe,
            lambda event, _, *fields: heard.append((event, *fields)),
        )
        client.send("removal", REMOVE.goal(module, False))
        end = client.result("removal")
        # Feedback comes by another way than the result.
        while not any(event[:2] == ("feedback", 100) for event in heard):
            time.sleep(LOOK_AGAIN)
        for event in heard:
            say(*event)
        say("result", end.status, end.result.success, end.result.problem.code)

    def installer(self):
        return self.once(
            "installer",
            lambda: ActionClient(
                self.node,
                f"{self.namespace}/install_module",
                INSTALL,
                lambda feedback: (feedback.percent, feedback.status, feedback.operation_id),
            ),
        )

    def install(self, goal, module):
        self.installer().send(goal, INSTALL.goal(module, "", "", "", 0))

    def result(self, goal):
        end = self.installer().result(goal)
        say("result", goal, end.status, end.result.success, end.result.problem.code, end.result.module_id)

    def cancel(self, goal):
        if goal == "*":
            self.installer().cancel_all()
        else:
            self.installer().cancel(goal)

    # ---- the graph ----

    def nodes(self):
        for name in sorted(self.graph.nodes()):
            say("node", name)

    def info(self, node):
        for name, kind in sorted(self.graph.services(node).items()):
            say("service", name, kind)
        for name, (kind, type_hash) in sorted(self.graph.topics(node).items()):
            say("topic", name, kind, type_hash)

    # ---- parameters ----

    def ask(self, node, name, *fields):
        """As the command does, which waits until all six services are there."""
        clients = self.once(
            node, lambda: {one: self.node.client(f"{node}/{one}", kind) for one, kind in PARAMETER_SERVICES.items()}
        )
        while not all(client.is_served() for client in clients.values()):
            time.sleep(LOOK_AGAIN)
        return clients[name].call(*fields)

    def parameters(self, node):
        names = list(self.ask(node, "list_parameters", [], 0).result.names)
        types = self.ask(node, "get_parameter_types", names).types
        values = self.ask(node, "get_parameters", names).values
        descriptors = self.ask(node, "describe_parameters", names).descriptors
        for name, kind, value, descriptor in zip(names, types, values, descriptors, strict=True):
            if kind != value.type or (name, kind) != (descriptor.name, descriptor.type):
                raise ValueError(f"{name} is {kind}, {value.type} and {descriptor}")
            told = (ros.content(value), descriptor.description, descriptor.read_only)
            say("parameter", name, ros.VALUE_TYPES[kind], *told)

    def get(self, node, name):
        for value in self.ask(node, "get_parameters", [name]).values:
            say("value", name, ros.VALUE_TYPES[value.type], ros.content(value))

    def change(self, node, name, text):
        changes = [ros.PARAMETER(name, ros.value(4, text))]
        for result in (
            *self.ask(node, "set_parameters", changes).results,
            self.ask(node, "set_parameters_atomically", changes).result,
        ):
            say("change", name, result.successful, result.reason)


user = User(int(sys.argv[1]), sys.argv[2])
say("ready", sys.argv[2])
obey(user)
