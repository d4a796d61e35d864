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
"""

import sys
import threading
import time
import uuid
from dataclasses import dataclass

from cyclonedds.core import InstanceState, Policy, Qos, ReadCondition, SampleState, ViewState, WaitSet
from cyclonedds.domain import DomainParticipant
from cyclonedds.idl import IdlStruct
from cyclonedds.idl.types import array, int8, int32, int64, sequence, uint8, uint16, uint32, uint64
from cyclonedds.pub import DataWriter
from cyclonedds.sub import DataReader
from cyclonedds.topic import Topic
from cyclonedds.util import duration

PACKAGE = "vyra_modulemanager_interfaces"
LOCK = threading.Lock()


@dataclass
class Time(IdlStruct, typename="builtin_interfaces::msg::dds_::Time_"):
    sec: int32
    nanosec: uint32


@dataclass
class Uuid(IdlStruct, typename="unique_identifier_msgs::msg::dds_::UUID_"):
    uuid: array[uint8, 16]


@dataclass
class FieldError(IdlStruct, typename=f"{PACKAGE}::msg::dds_::FieldError_"):
    pointer: str
    detail: str


@dataclass
class Problem(IdlStruct, typename=f"{PACKAGE}::msg::dds_::Problem_"):
    code: str
    title: str
    status: uint16
    detail: str
    errors: sequence[FieldError]


@dataclass
class ModuleState(IdlStruct, typename=f"{PACKAGE}::msg::dds_::ModuleState_"):
    id: str
    name: str
    instance_id: str
    alias: str
    display_name: str
    version: str
    desired_state: str
    desired_version: str
    phase: str
    lifecycle: str
    operational: str
    health: str
    since: Time
    reason: str
    primary: bool
    pinned: bool
    update_version: str
    operation_id: str


@dataclass
class ModuleStates(IdlStruct, typename=f"{PACKAGE}::msg::dds_::ModuleStates_"):
    stamp: Time
    modules: sequence[ModuleState]


@dataclass
class OperationStep(IdlStruct, typename=f"{PACKAGE}::msg::dds_::OperationStep_"):
    id: str
    title: str
    status: str
    percent: uint8
    detail: str


@dataclass
class ListRequest(IdlStruct, typename=f"{PACKAGE}::srv::dds_::ListModules_Request_"):
    guid: uint64
    sequence: int64
    phase: str


@dataclass
class ListResponse(IdlStruct, typename=f"{PACKAGE}::srv::dds_::ListModules_Response_"):
    guid: uint64
    sequence: int64
    success: bool
    problem: Problem
    modules: sequence[ModuleState]


@dataclass
class SetRequest(IdlStruct, typename=f"{PACKAGE}::srv::dds_::SetModuleState_Request_"):
    guid: uint64
    sequence: int64
    id: str
    command: str


@dataclass
class SetResponse(IdlStruct, typename=f"{PACKAGE}::srv::dds_::SetModuleState_Response_"):
    guid: uint64
    sequence: int64
    success: bool
    problem: Problem
    operation_id: str


@dataclass
class RegisterRequest(IdlStruct, typename=f"{PACKAGE}::srv::dds_::RegisterModule_Request_"):
    guid: uint64
    sequence: int64
    module_name: str
    module_id: Uuid
    description: str
    author: str
    version: str
    license: str
    dependencies: sequence[str]


@dataclass
class RegisterResponse(IdlStruct, typename=f"{PACKAGE}::srv::dds_::RegisterModule_Response_"):
    guid: uint64
    sequence: int64
    status: uint8
    error_message: str


@dataclass
class RegisteredRequest(IdlStruct, typename=f"{PACKAGE}::srv::dds_::GetRegisteredModules_Request_"):
    guid: uint64
    sequence: int64
    # A message without fields has one byte.
    structure_needs_at_least_one_member: uint8


@dataclass
class RegisteredResponse(IdlStruct, typename=f"{PACKAGE}::srv::dds_::GetRegisteredModules_Response_"):
    guid: uint64
    sequence: int64
    module_names: sequence[str]
    module_ids: sequence[Uuid]
    versions: sequence[str]


@dataclass
class Goal(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_Goal_"):
    id: str
    keep_data: bool


@dataclass
class Result(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_Result_"):
    success: bool
    problem: Problem
    operation_id: str
    module_id: str
    status: str


@dataclass
class Feedback(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_Feedback_"):
    operation_id: str
    module_id: str
    status: str
    percent: uint8
    steps: sequence[OperationStep]


@dataclass
class FeedbackMessage(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_FeedbackMessage_"):
    goal_id: Uuid
    feedback: Feedback


@dataclass
class SendGoalRequest(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_SendGoal_Request_"):
    guid: uint64
    sequence: int64
    goal_id: Uuid
    goal: Goal


@dataclass
class SendGoalResponse(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_SendGoal_Response_"):
    guid: uint64
    sequence: int64
    accepted: bool
    stamp: Time


@dataclass
class GetResultRequest(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_GetResult_Request_"):
    guid: uint64
    sequence: int64
    goal_id: Uuid


@dataclass
class GetResultResponse(IdlStruct, typename=f"{PACKAGE}::action::dds_::RemoveModule_GetResult_Response_"):
    guid: uint64
    sequence: int64
    status: int8
    result: Result


def say(*fields):
    with LOCK:
        print("\t".join(str(field) for field in fields), flush=True)


def qos(*more):
    return Qos(
        Policy.DataRepresentation(use_cdrv0_representation=True), Policy.Reliability.Reliable(duration(seconds=10)), *more
    )


class Service:
    """Calls a service; the first sixteen bytes of requests and replies bring both together."""

    def __init__(self, participant, name, request, response):
        keep = Policy.History.KeepAll
        self.request = request
        self.calls = 0
        self.reader = DataReader(participant, Topic(participant, f"rr{name}Reply", response), qos=qos(keep))
        self.writer = DataWriter(participant, Topic(participant, f"rq{name}Request", request), qos=qos(keep))

    def call(self, *fields):
        while not (self.writer.get_matched_subscriptions() and self.reader.get_matched_publications()):
            time.sleep(0.01)
        self.calls += 1
        self.writer.write(self.request(4711, self.calls, *fields))
        while True:
            for reply in samples(self.reader):
                if (reply.guid, reply.sequence) == (4711, self.calls):
                    return reply


def samples(reader):
    """Those that have come; waits for a while when there are none."""
    waiting = WaitSet(reader.participant)
    waiting.attach(ReadCondition(reader, ViewState.Any | InstanceState.Any | SampleState.Any))
    waiting.wait(duration(milliseconds=200))
    return [sample for sample in reader.take(N=100) if sample.sample_info.valid_data]


class User:
    def __init__(self, domain, namespace):
        self.participant = DomainParticipant(domain)
        self.namespace = namespace

    def service(self, name, request, response):
        return Service(self.participant, f"{self.namespace}/{name}", request, response)

    def list(self):
        reply = self.service("list_modules", ListRequest, ListResponse).call("")
        for module in reply.modules:
            say("module", module.id, module.phase)
        say("listed", len(reply.modules), reply.success)

    def states(self):
        topic = Topic(self.participant, f"rt{self.namespace}/module_states", ModuleStates)
        latched = qos(Policy.Durability.TransientLocal, Policy.History.KeepLast(1))
        reader = DataReader(self.participant, topic, qos=latched)
        found = []
        while not found:
            found = samples(reader)
        for module in found[-1].modules:
            say("state", module.id, module.phase)
        say("latched", len(found[-1].modules))

    def set(self, module, command):
        reply = self.service("set_module_state", SetRequest, SetResponse).call(module, command)
        say("set", reply.success, reply.problem.code, reply.operation_id)

    def register(self, name, digits):
        fields = (name, Uuid(list(bytes.fromhex(digits))), "a description", "an author", "1.0.0", "a licence", ["first", "second"])
        reply = self.service("register_module", RegisterRequest, RegisterResponse).call(*fields)
        say("register", reply.status, reply.error_message)

    def registered(self):
        reply = self.service("get_registered_modules", RegisteredRequest, RegisteredResponse).call(0)
        for name, module, version in zip(reply.module_names, reply.module_ids, reply.versions, strict=True):
            say("registered", name, bytes(module.uuid).hex(), version)

    def remove(self, module):
        action = f"{self.namespace}/remove_module/_action"
        # The feedback's reader first: the manager learns of readers in this order, and of all of them before it answers.
        topic = Topic(self.participant, f"rt{action}/feedback", FeedbackMessage)
        feedback = DataReader(self.participant, topic, qos=qos(Policy.History.KeepLast(100)))
        send = Service(self.participant, f"{action}/send_goal", SendGoalRequest, SendGoalResponse)
        result = Service(self.participant, f"{action}/get_result", GetResultRequest, GetResultResponse)
        while not feedback.get_matched_publications():
            time.sleep(0.01)
        goal = Uuid(list(uuid.uuid4().bytes))
        say("accepted", send.call(goal, Goal(module, False)).accepted)
        end = result.call(goal)
        heard = []
        while not any(one.feedback.percent == 100 for one in heard):
            heard += [one for one in samples(feedback) if list(one.goal_id.uuid) == list(goal.uuid)]
        for one in heard:
            say("feedback", one.feedback.percent, one.feedback.status, len(one.feedback.steps))
        say("result", end.status, end.result.success, end.result.problem.code)


user = User(int(sys.argv[1]), sys.argv[2])
say("ready", sys.argv[2])
for line in sys.stdin:
    command, *arguments = line.rstrip("\n").split("\t")
    try:
        getattr(user, command)(*arguments)
        say("done", command)
    except Exception as error:  # What the test shall see.
        say("failed", command, f"{type(error).__name__}: {error}".replace("\n", " "))
