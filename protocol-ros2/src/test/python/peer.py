"""A participant of Eclipse Cyclone DDS that does what it is told.

Each line on standard input is a command, each line on standard output an event; fields are separated by tabs. The domain is the first
argument; how it finds others is in CYCLONEDDS_URI. Policies are words: reliable, best_effort, transient_local, keep_all, keep_last=N.
Bytes count up to 250 again and again and are reported as size:N:counting or size:N:wrong.

  writer NAME TOPIC TYPE POLICIES    reader NAME TOPIC TYPE POLICIES    delete NAME
  write NAME TEXT                    counting NAME SIZE COUNT           matched NAME COUNT
  node KIND NAMESPACE NAME WRITER    tells of a node as Nodes (since Iron) or HumbleNodes
  serve NAME TOPIC                   adds two integers, as rmw_cyclonedds does
  call NAME TOPIC A B                asks for it, as rmw_cyclonedds does
  half_client NAME TOPIC A B         asks for it without a reader of replies as yet, in one program with all others -> done when it has asked
  whole_client NAME                  has the reader now         -> reply NAME SUM
  serve_named NAME TOPIC             adds as well               -> asked NAME IDENTITY, of who asks
  serve_action ACTION                Fibonacci; an order below 0 is refused, 0 waits until it is canceled, 1 fails
  goal ACTION NAME ORDER             sends it a goal            -> accepted NAME IS_IT, feedback NAME SEQUENCE, status NAME STATUS
  result ACTION NAME                 waits for its result       -> result NAME STATUS SEQUENCE
  cancel ACTION NAME                 asks to give it up         -> canceling NAME CODE COUNT
"""

import sys
import threading
import time
from dataclasses import dataclass

import actions
import ros_interfaces
from cyclonedds.core import InstanceState, Policy, Qos, ReadCondition, SampleState, ViewState, WaitSet
from cyclonedds.domain import DomainParticipant
from cyclonedds.idl import IdlStruct
from cyclonedds.idl.types import array, bounded_str, int32, int64, sequence, uint8, uint64
from cyclonedds.pub import DataWriter
from cyclonedds.sub import DataReader
from cyclonedds.topic import Topic
from cyclonedds.util import duration
from rmw import Client, Node, obey, say, service

ADD = service("example_interfaces/srv/AddTwoInts", {"a": int64, "b": int64}, {"sum": int64})
FIBONACCI = ros_interfaces.action(
    "example_interfaces/action/Fibonacci",
    {"order": int32},
    {"sequence": sequence[int32]},
    {"sequence": sequence[int32]},
)


@dataclass
class String(IdlStruct, typename="std_msgs::msg::dds_::String_"):
    data: str


@dataclass
class Blob(IdlStruct, typename="test_msgs::msg::dds_::Blob_"):
    data: sequence[uint8]


@dataclass
class AddRequest(IdlStruct, typename="example_interfaces::srv::dds_::AddTwoInts_Request_"):
    guid: uint64
    sequence: int64
    a: int64
    b: int64


@dataclass
class AddResponse(IdlStruct, typename="example_interfaces::srv::dds_::AddTwoInts_Response_"):
    guid: uint64
    sequence: int64
    sum: int64


@dataclass
class Gid(IdlStruct, typename="rmw_dds_common::msg::dds_::Gid_"):
    data: array[uint8, 16]


@dataclass
class NodeEntitiesInfo(IdlStruct, typename="rmw_dds_common::msg::dds_::NodeEntitiesInfo_"):
    node_namespace: bounded_str[256]
    node_name: bounded_str[256]
    reader_gid_seq: sequence[Gid]
    writer_gid_seq: sequence[Gid]


@dataclass
class ParticipantEntitiesInfo(IdlStruct, typename="rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_"):
    gid: Gid
    node_entities_info_seq: sequence[NodeEntitiesInfo]


@dataclass
class HumbleGid(IdlStruct, typename="rmw_dds_common::msg::dds_::HumbleGid_"):
    data: array[uint8, 24]


@dataclass
class HumbleNodeEntitiesInfo(IdlStruct, typename="rmw_dds_common::msg::dds_::HumbleNodeEntitiesInfo_"):
    node_namespace: bounded_str[256]
    node_name: bounded_str[256]
    reader_gid_seq: sequence[HumbleGid]
    writer_gid_seq: sequence[HumbleGid]


@dataclass
class HumbleParticipantEntitiesInfo(IdlStruct, typename="rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_"):
    gid: HumbleGid
    node_entities_info_seq: sequence[HumbleNodeEntitiesInfo]


TYPES = {"Nodes": ParticipantEntitiesInfo, "HumbleNodes": HumbleParticipantEntitiesInfo, "String": String, "Blob": Blob, "AddRequest": AddRequest, "AddResponse": AddResponse}


def policies(words):
    found = [Policy.DataRepresentation(use_cdrv0_representation=True)]
    depth = [int(word.split("=")[1]) for word in words.split(",") if word.startswith("keep_last=")]
    if depth:
        # What a late reader gets has a history of its own; rmw_cyclonedds sets it too.
        found.append(Policy.DurabilityService(0, Policy.History.KeepLast(depth[0]), -1, -1, -1))
    for word in words.split(","):
        if word == "reliable":
            found.append(Policy.Reliability.Reliable(duration(seconds=180)))
        elif word == "best_effort":
            found.append(Policy.Reliability.BestEffort)
        elif word == "transient_local":
            found.append(Policy.Durability.TransientLocal)
        elif word == "keep_all":
            found.append(Policy.History.KeepAll)
        elif word.startswith("keep_last="):
            found.append(Policy.History.KeepLast(int(word.split("=")[1])))
        elif word:
            raise ValueError(word)
    return Qos(*found)


def counting(size):
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def describe(sample):
    if isinstance(sample, String):
        return sample.data
    if isinstance(sample, Blob):
        data = bytes(sample.data)
        return f"size:{len(data)}:{'counting' if data == counting(len(data)) else 'wrong'}"
    if isinstance(sample, (ParticipantEntitiesInfo, HumbleParticipantEntitiesInfo)):
        return ",".join(
            f"{node.node_namespace}|{node.node_name}|{len(node.reader_gid_seq)}|{len(node.writer_gid_seq)}"
            for node in sample.node_entities_info_seq
        )
    return str(sample)


class Peer:
    def __init__(self, domain):
        self.participant = DomainParticipant(domain)
        self.entities = {}
        self.topics = {}
        self.calls = 0
        self.nodes = {}
        self.clients = {}
        self.action_clients = {}
        self.servers = {}

    def topic(self, name, kind):
        if (name, kind) not in self.topics:
            self.topics[name, kind] = Topic(self.participant, name, TYPES[kind])
        return self.topics[name, kind]

    def listen(self, name, topic, kind, words, action):
        # Not by a listener: the receiving thread would wait in it for a thread of Python that waits in a write for the receiving thread.
        reader = DataReader(self.participant, self.topic(topic, kind), qos=policies(words))
        self.entities[name] = reader
        waiting = WaitSet(self.participant)
        waiting.attach(ReadCondition(reader, ViewState.Any | InstanceState.Any | SampleState.Any))

        def take():
            while self.entities.get(name) is reader:
                if waiting.wait(duration(milliseconds=200)):
                    for sample in reader.take(N=1000):
                        if sample.sample_info.valid_data:
                            action(sample)

        threading.Thread(target=take, daemon=True).start()

    def writer(self, name, topic, kind, words):
        self.entities[name] = DataWriter(self.participant, self.topic(topic, kind), qos=policies(words))

    def reader(self, name, topic, kind, words):
        self.listen(name, topic, kind, words, lambda sample: say("sample", name, describe(sample)))

    def node(self, kind, namespace, name, writer):
        """Tells of a node with a writer, as nodes of ROS 2 do."""
        gid, entities = (Gid, NodeEntitiesInfo) if kind == "Nodes" else (HumbleGid, HumbleNodeEntitiesInfo)
        size = 16 if kind == "Nodes" else 24

        def identify(guid):
            return gid(list(guid.bytes) + [0] * (size - 16))

        self.writer("nodes", "ros_discovery_info", kind, "reliable,transient_local,keep_last=1")
        own = [identify(self.entities[writer].guid)] if writer else []
        self.entities["nodes"].write(
            TYPES[kind](identify(self.participant.guid), [entities(namespace, name, [], own)])
        )

    def delete(self, name):
        del self.entities[name]

    def write(self, name, text):
        self.entities[name].write(String(text))

    def counting(self, name, size, count):
        data = list(counting(int(size)))
        for _ in range(int(count)):
            self.entities[name].write(Blob(data))

    def matched(self, name, count):
        entity = self.entities[name]
        while True:
            found = (
                entity.get_matched_subscriptions()
                if isinstance(entity, DataWriter)
                else entity.get_matched_publications()
            )
            if len(found) >= int(count):
                return
            time.sleep(0.01)

    def serve(self, name, topic):
        self.writer(name + "-reply", f"rr/{topic}Reply", "AddResponse", "reliable,keep_all")

        def answer(request):
            self.entities[name + "-reply"].write(
                AddResponse(request.guid, request.sequence, request.a + request.b)
            )

        self.listen(name, f"rq/{topic}Request", "AddRequest", "reliable,keep_all", answer)

    def call(self, name, topic, a, b):
        if name not in self.entities:
            self.listen(
                name + "-reply",
                f"rr/{topic}Reply",
                "AddResponse",
                "reliable,keep_all",
                lambda reply: say("reply", name, reply.sequence, reply.sum),
            )
            self.writer(name, f"rq/{topic}Request", "AddRequest", "reliable,keep_all")
        self.matched(name, 1)
        self.matched(name + "-reply", 1)
        self.calls += 1
        self.entities[name].write(AddRequest(4711, self.calls, int(a), int(b)))

    def node_of_its_own(self, name):
        if name not in self.nodes:
            self.nodes[name] = Node(int(sys.argv[1]), "/", name)
        return self.nodes[name]

    def half_client(self, name, topic, a, b):
        client = Client(self.node_of_its_own("foreign_client"), "/" + topic, ADD, listens=False)
        self.clients[name] = client, client.send(int(a), int(b))

    def whole_client(self, name):
        client, call = self.clients[name]
        client.listen()
        say("reply", name, client.receive(call).sum)

    def serve_named(self, name, topic):
        def answer(request):
            say("asked", name, self.servers[name].client_of(request))
            return (request.a + request.b,)

        self.servers[name] = self.node_of_its_own("foreign_server").serve("/" + topic, ADD, answer)

    def serve_action(self, action):
        node = self.node_of_its_own("foreign_server")
        self.servers[action] = actions.ActionServer(
            node, "/" + action, FIBONACCI, ([],), lambda goal: goal.order >= 0, fibonacci
        )

    def client_of(self, action):
        if action not in self.action_clients:
            node = self.node_of_its_own("foreign_client")
            self.action_clients[action] = actions.ActionClient(
                node, "/" + action, FIBONACCI, lambda feedback: [list(feedback.sequence)]
            )
        return self.action_clients[action]

    def goal(self, action, name, order):
        self.client_of(action).send(name, FIBONACCI.goal(int(order)))

    def result(self, action, name):
        reply = self.client_of(action).result(name)
        say("result", name, reply.status, list(reply.result.sequence))

    def cancel(self, action, name):
        self.client_of(action).cancel(name)


def fibonacci(goal, progress):
    order = goal.request.order
    sequence = [0, 1]
    say("executing", "goal", order)
    if order == 0:
        goal.canceling.wait()
        return actions.CANCELED, [sequence]
    for _ in range(2, order + 1):
        sequence.append(sequence[-1] + sequence[-2])
        progress(list(sequence))
    return actions.SUCCEEDED if order > 1 else actions.ABORTED, [sequence]


peer = Peer(int(sys.argv[1]))
say("ready", sys.argv[1])
obey(peer)
