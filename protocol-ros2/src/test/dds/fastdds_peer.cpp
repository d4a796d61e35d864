// A participant of eProsima Fast DDS that does what it is told; README.md says what it understands.
//
// usage: fastdds-peer DOMAIN unicast|multicast|builtin LEASE-MILLISECONDS
//
// builtin is multicast with the transports that Fast DDS, and so rmw_fastrtps, has by default: UDP and shared memory.
#include <fastcdr/Cdr.h>

#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include "fastdds_participant.hpp"

class Peer {
public:
    Peer(uint32_t domain, std::string way, int lease) : domain(domain), way(std::move(way)), lease(lease) { join(); }

    ~Peer() { leave(); }

    void obey(const std::vector<std::string>& words);

private:
    void join();
    void leave();
    fdds::Topic* topic(const std::string& name, const std::string& kind);
    fdds::DataWriter* write_to(const std::string& name, const std::string& topic, const std::string& kind, const std::string& words);
    Reader& listen_to(const std::string& name, const std::string& topic, const std::string& kind, const std::string& words, Reader::Action action);
    void tell(const std::string& name, const std::string& topic, const std::string& kind, const std::string& words);
    void count(const std::string& name, const std::string& topic, const std::string& words);
    void await_matched(const std::string& name, const std::function<bool(int)>& enough);
    void serve(const std::string& name, const std::string& topic);
    void call(const std::string& name, const std::string& topic, long count);
    void node(const std::string& kind, const std::string& space, const std::string& name, const std::string& writer);
    void restart(const std::string& topic, long lives);
    void ping(const std::string& name, size_t size, long rounds);

    uint32_t domain;
    std::string way;
    int lease;
    fdds::DomainParticipant* participant = nullptr;
    fdds::Publisher* publisher = nullptr;
    fdds::Subscriber* subscriber = nullptr;
    std::map<std::string, fdds::DataWriter*> writers;
    std::map<std::string, std::unique_ptr<Reader>> readers;
};

void Peer::join() {
    participant = join_domain(domain, way == "unicast", lease, way == "builtin");
    publisher = participant->create_publisher(fdds::PUBLISHER_QOS_DEFAULT);
    subscriber = participant->create_subscriber(fdds::SUBSCRIBER_QOS_DEFAULT);
}

void Peer::leave() {
    // Nobody is called back any more before the readers' listeners go.
    for (auto& reader : readers) reader.second->handle->set_listener(nullptr);
    participant->delete_contained_entities();
    fdds::DomainParticipantFactory::get_instance()->delete_participant(participant);
    writers.clear();
    readers.clear();
}

fdds::Topic* Peer::topic(const std::string& name, const std::string& kind) {
    return topic_of(participant, name, TYPES.at(kind));
}

fdds::DataWriter* Peer::write_to(
        const std::string& name, const std::string& topic_name, const std::string& kind, const std::string& words) {
    fdds::DataWriterQos qos;
    choose(qos, words);
    if (has(words, "asynchronous")) qos.publish_mode().kind = fdds::ASYNCHRONOUS_PUBLISH_MODE;
    fdds::DataWriter* writer = publisher->create_datawriter(topic(topic_name, kind), qos);
    require(writer != nullptr, "Fast DDS made no writer " + name);
    return writers[name] = writer;
}

Reader& Peer::listen_to(const std::string& name, const std::string& topic_name, const std::string& kind, const std::string& words,
        Reader::Action action) {
    fdds::DataReaderQos qos;
    choose(qos, words);
    auto reader = std::make_unique<Reader>(std::move(action));
    Reader& kept = *reader;
    if (has(words, "alive=")) {
        kept.lives = [name](int alive, int all) { say("life\t" + name + "\t" + std::to_string(alive) + " of " + std::to_string(all)); };
    }
    readers[name] = std::move(reader);
    kept.handle = subscriber->create_datareader(topic(topic_name, kind), qos, &kept);
    require(kept.handle != nullptr, "Fast DDS made no reader " + name);
    return kept;
}

void Peer::tell(const std::string& name, const std::string& topic_name, const std::string& kind, const std::string& words) {
    listen_to(name, topic_name, kind, words, [name, kind](Reader&, const Bytes& sample, const fdds::SampleInfo&) {
        const CdrReader reader(sample);
        const std::string described = kind == "String" ? CdrReader(sample).text()
                : kind == "Blob" ? describe_bytes(reader) : describe_nodes(reader, kind == "Nodes" ? 16 : 24);
        say("sample\t" + name + "\t" + described);
    });
}

void Peer::count(const std::string& name, const std::string& topic_name, const std::string& words) {
    listen_to(name, topic_name, "Blob", words, [](Reader& self, const Bytes&, const fdds::SampleInfo&) { self.counter.count(); });
}

void Peer::await_matched(const std::string& name, const std::function<bool(int)>& enough) {
    const auto writer = writers.find(name);
    if (writer != writers.end()) {
        await_matched_with(writer->second, enough);
    } else {
        await_matched_with(readers.at(name)->handle, enough);
    }
}

// As rmw_fastrtps does: the reply names the client's reader and the number of the request.
void Peer::serve(const std::string& name, const std::string& service) {
    fdds::DataWriter* replies = write_to(name + "-reply", "rr/" + service + "Reply", "AddResponse", "reliable,keep_all");
    listen_to(name, "rq/" + service + "Request", "AddRequest", "reliable,keep_all",
        [replies](Reader&, const Bytes& sample, const fdds::SampleInfo& info) {
            CdrReader reader(sample);
            const int64_t a = reader.number<int64_t>();
            Bytes response = CdrWriter().number<int64_t>(a + reader.number<int64_t>()).bytes;
            rtps::WriteParams to;
            to.related_sample_identity(info.sample_identity);
            const rtps::GUID_t& client = info.related_sample_identity.writer_guid();
            if (client != rtps::GUID_t::unknown()) to.related_sample_identity().writer_guid(client);
            require(replies->write(&response, to), "Fast DDS did not write a reply");
        });
}

void Peer::call(const std::string& name, const std::string& service, long count) {
    struct Expected {
        std::mutex lock;
        rtps::SequenceNumber_t number;
    };
    auto expected = std::make_shared<Expected>();
    const std::string replies_name = name + "-reply";
    Reader& replies = listen_to(replies_name, "rr/" + service + "Reply", "AddResponse", "reliable,keep_all",
        [expected](Reader& self, const Bytes&, const fdds::SampleInfo& info) {
            const std::lock_guard<std::mutex> guard(expected->lock);
            if (info.related_sample_identity.writer_guid() == self.handle->guid()
                    && info.related_sample_identity.sequence_number() == expected->number) {
                self.counter.count();
            }
        });
    fdds::DataWriter* requests = write_to(name, "rq/" + service + "Request", "AddRequest", "reliable,keep_all");
    await_matched(name, [](int found) { return found >= 1; });
    await_matched(replies_name, [](int found) { return found >= 1; });
    long answered = 0;
    for (; answered < count; answered++) {
        Bytes request = CdrWriter().number<int64_t>(answered).number<int64_t>(1).bytes;
        replies.counter.expect(1);
        rtps::WriteParams from;
        from.related_sample_identity().writer_guid(replies.handle->guid());
        {
            // An answer may be there before its number is known.
            const std::lock_guard<std::mutex> guard(expected->lock);
            require(requests->write(&request, from), "Fast DDS did not write a request");
            expected->number = from.sample_identity().sequence_number();
        }
        if (!replies.counter.await()) break;
    }
    say("called\t" + name + "\t" + std::to_string(answered));
}

// Tells of a node with a writer, as nodes of ROS 2 do.
void Peer::node(const std::string& kind, const std::string& space, const std::string& name, const std::string& writer) {
    const size_t size = kind == "Nodes" ? 16 : 24;
    const auto gid = [size](const rtps::GUID_t& guid) {
        Bytes bytes(guid.guidPrefix.value, guid.guidPrefix.value + 12);
        bytes.insert(bytes.end(), guid.entityId.value, guid.entityId.value + 4);
        bytes.resize(size);
        return bytes;
    };
    CdrWriter info;
    info.raw(gid(participant->guid())).number<uint32_t>(1).text(space).text(name);
    info.number<uint32_t>(0).number<uint32_t>(1).raw(gid(writers.at(writer)->guid()));
    write(write_to("nodes", "ros_discovery_info", kind, "reliable,transient_local,keep_last=1"), info.bytes);
}

// Leaves the domain and joins it again, each time with a writer that tells which life it is; tells how long all that took, in nanoseconds.
void Peer::restart(const std::string& topic_name, long lives) {
    const auto begin = Clock::now();
    for (long life = 1; life <= lives; life++) {
        leave();
        join();
        write(write_to("life", topic_name, "String", "reliable,transient_local,keep_last=1"), text("life " + std::to_string(life)));
    }
    say("restarted\t" + topic_name + "\t" + std::to_string(std::chrono::nanoseconds(Clock::now() - begin).count()));
}

// Waits after each sample until its echo is there; tells how long each took, in nanoseconds.
void Peer::ping(const std::string& name, size_t size, long rounds) {
    Counter& back = readers.at(name + "-echo")->counter;
    fdds::DataWriter* forth = writers.at(name);
    Bytes sample = counting(size);
    std::ostringstream times;
    for (long i = 0; i < rounds; i++) {
        back.expect(1);
        const auto begin = Clock::now();
        require(forth->write(&sample), "Fast DDS did not write");
        require(back.await(), "No echo came");
        times << (i == 0 ? "" : ",") << std::chrono::nanoseconds(back.first - begin).count();
    }
    say("pinged\t" + name + "\t" + times.str());
}

// A text of UTF-16 units between two octets, as Fast CDR writes it for rmw_fastrtps, which gives it each unit as a wchar_t.
static std::string wide(const std::string& units) {
    std::wstring text;
    for (size_t i = 0; i + 4 <= units.size(); i += 4) text.push_back(static_cast<wchar_t>(std::stoul(units.substr(i, 4), nullptr, 16)));
    // It leaves what it fills up as it is.
    std::vector<char> memory(1024);
    eprosima::fastcdr::FastBuffer buffer(memory.data(), memory.size());
    eprosima::fastcdr::Cdr cdr(buffer, eprosima::fastcdr::Cdr::LITTLE_ENDIANNESS, eprosima::fastcdr::Cdr::DDS_CDR);
    cdr.serialize_encapsulation();
    cdr << static_cast<uint8_t>(1) << text << static_cast<uint8_t>(2);
    std::ostringstream hex;
    hex << std::hex << std::setfill('0');
    for (size_t i = 0; i < cdr.getSerializedDataLength(); i++) hex << std::setw(2) << static_cast<int>(static_cast<uint8_t>(buffer.getBuffer()[i]));
    return hex.str();
}

void Peer::obey(const std::vector<std::string>& words) {
    const std::string& command = words[0];
    const auto number = [&words](size_t index) { return std::stol(words.at(index)); };
    if (command == "reader") {
        tell(words.at(1), words.at(2), words.at(3), words.at(4));
    } else if (command == "writer") {
        write_to(words.at(1), words.at(2), words.at(3), words.at(4));
    } else if (command == "delete") {
        publisher->delete_datawriter(writers.at(words.at(1)));
        writers.erase(words.at(1));
    } else if (command == "write") {
        write(writers.at(words.at(1)), text(words.at(2)));
    } else if (command == "counting") {
        const Bytes sample = counting(number(2));
        for (long i = 0; i < number(3); i++) write(writers.at(words.at(1)), sample);
    } else if (command == "matched") {
        await_matched(words.at(1), [&](int found) { return found >= number(2); });
    } else if (command == "alone") {
        await_matched(words.at(1), [](int found) { return found == 0; });
    } else if (command == "node") {
        node(words.at(1), words.at(2), words.at(3), words.at(4));
    } else if (command == "serve") {
        serve(words.at(1), words.at(2));
    } else if (command == "calls") {
        call(words.at(1), words.at(2), number(3));
    } else if (command == "wide") {
        say("wide\t" + words.at(1) + "\t" + wide(words.at(2)));
    } else if (command == "restart") {
        restart(words.at(1), number(2));
    } else if (command == "echo") {
        fdds::DataWriter* writer = write_to(words.at(1), words.at(3), "Blob", "reliable,keep_last=16");
        listen_to(words.at(1) + "-echo", words.at(2), "Blob", "reliable,keep_last=16",
            [writer](Reader&, const Bytes& sample, const fdds::SampleInfo&) { writer->write(const_cast<Bytes*>(&sample)); });
    } else if (command == "pinger") {
        count(words.at(1) + "-echo", words.at(3), "reliable,keep_last=16");
        write_to(words.at(1), words.at(2), "Blob", "reliable,keep_last=16");
    } else if (command == "ping") {
        ping(words.at(1), number(2), number(3));
    } else if (command == "counter") {
        count(words.at(1), words.at(2), "reliable,keep_all");
    } else if (command == "expect") {
        readers.at(words.at(1))->counter.expect(number(2));
    } else if (command == "arrived") {
        Counter& counter = readers.at(words.at(1))->counter;
        counter.await();
        say("arrived\t" + words.at(1) + "\t" + std::to_string(counter.counted) + "\t"
                + std::to_string(std::chrono::nanoseconds(counter.last - counter.first).count()));
    } else {
        throw std::runtime_error("There is no such command");
    }
}

static std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream fields(line);
    for (std::string word; std::getline(fields, word, '\t');) words.push_back(word);
    return words;
}

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: " << argv[0] << " DOMAIN unicast|multicast|builtin LEASE-MILLISECONDS" << std::endl;
        return 2;
    }
    Peer peer(static_cast<uint32_t>(std::stoul(argv[1])), argv[2], std::stoi(argv[3]));
    say(std::string("ready\t") + argv[1]);
    for (std::string line; std::getline(std::cin, line);) {
        const std::vector<std::string> words = split(line);
        try {
            peer.obey(words);
            say("done\t" + words.at(0));
        } catch (const std::exception& error) {  // What the test shall see.
            say("failed\t" + words.at(0) + "\t" + error.what());
        }
    }
    return 0;
}
