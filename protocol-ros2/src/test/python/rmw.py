"""What a program of ROS 2 on rmw_cyclonedds is in DDS, on PyPI's Cyclone DDS: the names and qualities of what it writes and reads, what it says
of them as user data, the header by which requests and replies are brought together, and what it tells and learns of nodes.

For the programs of the tests; they are told what to do line by line, see `obey`.
"""

import os
import sys
import threading
import time
from types import SimpleNamespace

from cyclonedds.builtin import (
    BuiltinDataReader,
    BuiltinTopicDcpsParticipant,
    BuiltinTopicDcpsPublication,
    BuiltinTopicDcpsSubscription,
)
from cyclonedds.core import InstanceState, Policy, Qos, ReadCondition, SampleState, ViewState, WaitSet
from cyclonedds.domain import DomainParticipant
from cyclonedds.idl import make_idl_struct
from cyclonedds.idl.types import array, bounded_str, int64, sequence, uint8, uint64
from cyclonedds.pub import DataWriter
from cyclonedds.sub import DataReader
from cyclonedds.topic import Topic
from cyclonedds.util import duration

LOCK = threading.Lock()
LOOK_AGAIN = 0.01
# Of rmw_cyclonedds, which then gives the reply up.
WAIT_FOR_READER = 0.1


# ---- being told ----


def say(*fields):
    with LOCK:
        print("\t".join(str(field) for field in fields), flush=True)


def obey(program):
    """Each line is a method of the program and its arguments, with tabs between; the answer is `done` or `failed`."""
    for line in sys.stdin:
        command, *arguments = line.rstrip("\n").split("\t")
        try:
            getattr(program, command)(*arguments)
            say("done", command)
        except Exception as error:  # What the test shall see.
            say("failed", command, f"{type(error).__name__}: {error}".replace("\n", " "))


# ---- types ----


def message(name, /, **fields):
    """The type of a name such as std_msgs/msg/String."""
    package, kind, short = name.split("/")
    return make_idl_struct(short + "_", f"{package}::{kind}::dds_::{short}_", fields)


def _call(name, fields):
    # A message without fields has one byte.
    return message(name, guid=uint64, sequence=int64, **(fields or {"structure_needs_at_least_one_member": uint8}))


def service(name, request, response):
    return SimpleNamespace(
        request=_call(name + "_Request", request),
        response=_call(name + "_Response", response),
        asks_nothing=not request,
    )


GID = message("rmw_dds_common/msg/Gid", data=array[uint8, 16])
NODE_INFO = message(
    "rmw_dds_common/msg/NodeEntitiesInfo",
    node_namespace=bounded_str[256],
    node_name=bounded_str[256],
    reader_gid_seq=sequence[GID],
    writer_gid_seq=sequence[GID],
)
PARTICIPANT_INFO = message(
    "rmw_dds_common/msg/ParticipantEntitiesInfo", gid=GID, node_entities_info_seq=sequence[NODE_INFO]
)


def ros_type(dds):
    """std_msgs/msg/String of std_msgs::msg::dds_::String_."""
    return "/".join(part for part in dds.removesuffix("_").split("::") if part != "dds_")


# ---- qualities ----


def quality(depth=10, latched=False, keep_all=False, said=""):
    history = Policy.History.KeepAll if keep_all else Policy.History.KeepLast(depth)
    policies = [
        Policy.DataRepresentation(use_cdrv0_representation=True),
        Policy.Reliability.Reliable(duration(infinite=True)),
        Policy.WriterDataLifecycle(False),
        Policy.Userdata(said.encode()),
        history,
    ]
    if latched:
        policies += [Policy.Durability.TransientLocal, Policy.DurabilityService(0, history, -1, -1, -1)]
    return Qos(*policies)


def said_in(qos, key):
    """What user data says of a key; None when it says nothing."""
    for policy in qos or ():
        if isinstance(policy, Policy.Userdata):
            for pair in policy.data.decode(errors="replace").split(";"):
                if pair.startswith(key + "="):
                    return pair[len(key) + 1 :]
    return None


def _identity(key):
    """By which rmw_cyclonedds knows which reader and which writer are of one client or server."""
    return f"{key}={'.'.join(f'{byte:x}' for byte in os.urandom(16))};"


# ---- nodes ----


class Executor(threading.Thread):
    """Does one thing after the other, as the executor that programs of ROS 2 have unless they ask for another.

    Not by listeners: the receiving thread would wait in one for a thread of Python that waits in a write for the receiving thread.
    """

    def __init__(self, participant):
        super().__init__(daemon=True)
        self.callbacks = []
        self.waiting = WaitSet(participant)

    def add(self, reader, callback):
        self.callbacks.append((reader, callback))
        self.waiting.attach(ReadCondition(reader, ViewState.Any | InstanceState.Any | SampleState.Any))

    def run(self):
        while True:
            self.waiting.wait(duration(milliseconds=100))
            for reader, callback in list(self.callbacks):
                for sample in reader.take(N=100):
                    if sample.sample_info.valid_data:
                        callback(sample)


class Node:
    """A node in a program of its own, which tells of it as soon as it has something."""

    def __init__(self, domain, namespace, name):
        self.namespace, self.name = namespace, name
        self.full_name = (namespace if namespace != "/" else "") + "/" + name
        self.participant = DomainParticipant(domain, qos=Qos(Policy.Userdata(b"enclave=/;")))
        self.topics, self.readers, self.writers = {}, [], []
        self.told = DataWriter(
            self.participant, self.topic("ros_discovery_info", PARTICIPANT_INFO), qos=quality(1, latched=True)
        )
        self.executor = Executor(self.participant)
        self.executor.start()
        self._tell()

    def topic(self, name, kind):
        if name not in self.topics:
            self.topics[name] = Topic(self.participant, name, kind)
        return self.topics[name]

    def _tell(self):
        def gids(entities):
            return [GID(list(entity.guid.bytes)) for entity in entities]

        node = NODE_INFO(self.namespace, self.name, gids(self.readers), gids(self.writers))
        self.told.write(PARTICIPANT_INFO(GID(list(self.participant.guid.bytes)), [node]))

    def own(self, name):
        """The full name of what is private to the node."""
        return f"{self.full_name}/{name}"

    def writer(self, topic, kind, qos):
        writer = DataWriter(self.participant, self.topic(topic, kind), qos=qos)
        self.writers.append(writer)
        self._tell()
        return writer

    def reader(self, topic, kind, qos):
        reader = DataReader(self.participant, self.topic(topic, kind), qos=qos)
        self.readers.append(reader)
        self._tell()
        return reader

    def publisher(self, topic, kind, **qos):
        return self.writer("rt" + topic, kind, quality(**qos))

    def subscription(self, topic, kind, callback, **qos):
        reader = self.reader("rt" + topic, kind, quality(**qos))
        self.executor.add(reader, callback)
        return reader

    def client(self, name, kind, **qos):
        return Client(self, name, kind, **qos)

    def serve(self, name, kind, answer):
        """@param answer  the response's fields for a request; None when it is answered later, by `reply`, or never"""
        return Server(self, name, kind, answer)


class Server:
    def __init__(self, node, name, kind, answer):
        identity = _identity("serviceid")
        self.kind, self.answer = kind, answer
        self.writer = node.writer(f"rr{name}Reply", kind.response, quality(said=identity))
        self.reader = node.reader(f"rq{name}Request", kind.request, quality(said=identity))
        node.executor.add(self.reader, self._received)

    def _received(self, request):
        response = self.answer(request)
        if response is not None:
            self.reply(request, *response)

    def reply(self, request, *response):
        deadline = time.monotonic() + WAIT_FOR_READER
        while not self._has_reader(request):
            if time.monotonic() > deadline:
                say("dropped", type(request).__name__)
                return
            time.sleep(LOOK_AGAIN)
        self.writer.write(self.kind.response(request.guid, request.sequence, *response))

    def client_of(self, request):
        """What it says of itself, if it does."""
        writer = self.reader.get_matched_publication_data(request.sample_info.publication_handle)
        return said_in(writer.qos, "clientid") if writer else None

    def _has_reader(self, request):
        identity = self.client_of(request)
        if identity is None:
            return True
        readers = (self.writer.get_matched_subscription_data(one) for one in self.writer.get_matched_subscriptions())
        return any(said_in(reader.qos, "clientid") == identity for reader in readers if reader)


class Client:
    def __init__(self, node, name, kind, listens=True, depth=10):
        """@param listens  else it is half of a client until it is told to `listen`, as a server may see it for a while
        @param depth  of replies to all clients of the service, of which ROS 2 has ten kept unless told otherwise
        """
        self.node, self.name, self.kind, self.calls = node, name, kind, 0
        self.quality = quality(depth=depth, said=_identity("clientid"))
        self.guid = int.from_bytes(os.urandom(8), "little")
        self.writer = node.writer(f"rq{name}Request", kind.request, self.quality)
        self.reader = self.listen() if listens else None

    def listen(self):
        self.reader = self.node.reader(f"rr{self.name}Reply", self.kind.response, self.quality)
        return self.reader

    def is_served(self):
        servers = [self.writer.get_matched_subscription_data(one) for one in self.writer.get_matched_subscriptions()]
        replying = [self.reader.get_matched_publication_data(one) for one in self.reader.get_matched_publications()]
        known = {said_in(one.qos, "serviceid") for one in servers if one} - {None}
        if not known:
            return bool(servers and replying)
        return any(said_in(one.qos, "serviceid") in known for one in replying if one)

    def send(self, *fields):
        """Waits for a server; the result tells which call it is."""
        while not (self.is_served() if self.reader else self.writer.get_matched_subscriptions()):
            time.sleep(LOOK_AGAIN)
        self.calls += 1
        self.writer.write(self.kind.request(self.guid, self.calls, *((0,) if self.kind.asks_nothing else fields)))
        return self.calls

    def receive(self, call):
        while True:
            for reply in self.reader.take(N=100):
                if reply.sample_info.valid_data and (reply.guid, reply.sequence) == (self.guid, call):
                    return reply
            time.sleep(LOOK_AGAIN)

    def call(self, *fields):
        return self.receive(self.send(*fields))


# ---- the graph ----


class Graph:
    """What a program learns of the others: nodes of participants that say to be of ROS 2, and what belongs to them."""

    def __init__(self, node):
        self.builtin = {
            topic: BuiltinDataReader(node.participant, topic)
            for topic in (BuiltinTopicDcpsParticipant, BuiltinTopicDcpsPublication, BuiltinTopicDcpsSubscription)
        }
        self.told = DataReader(
            node.participant,
            node.topic("ros_discovery_info", PARTICIPANT_INFO),
            qos=quality(latched=True, keep_all=True),
        )

    def _found(self, topic):
        found = self.builtin[topic].read(N=10_000)
        return [
            one
            for one in found
            if one.sample_info.valid_data and one.sample_info.instance_state == InstanceState.Alive
        ]

    def nodes(self):
        """What is told of each node, by full name."""
        members = {
            one.key.bytes for one in self._found(BuiltinTopicDcpsParticipant) if said_in(one.qos, "enclave") is not None
        }
        last = {}
        for told in self.told.read(N=10_000):
            if told.sample_info.valid_data:
                last[bytes(told.gid.data)] = told
        return {
            (node.node_namespace if node.node_namespace != "/" else "") + "/" + node.node_name: node
            for gid, told in last.items()
            if gid in members
            for node in told.node_entities_info_seq
        }

    def services(self, name):
        """What a node serves: types by name. Empty while the node is unknown."""
        node = self.nodes().get(name)
        own = {bytes(gid.data) for gid in node.reader_gid_seq} if node else set()
        return {
            one.topic_name.removeprefix("rq").removesuffix("Request"): ros_type(one.type_name).removesuffix("_Request")
            for one in self._found(BuiltinTopicDcpsSubscription)
            if one.key.bytes in own and one.topic_name.startswith("rq/")
        }

    def topics(self, name):
        """What a node publishes: types by name."""
        node = self.nodes().get(name)
        own = {bytes(gid.data) for gid in node.writer_gid_seq} if node else set()
        return {
            one.topic_name.removeprefix("rt"): (ros_type(one.type_name), said_in(one.qos, "typehash"))
            for one in self._found(BuiltinTopicDcpsPublication)
            if one.key.bytes in own and one.topic_name.startswith("rt/")
        }
