// A user of the module manager in the graph of ROS 2, on eProsima Fast DDS, who speaks as rmw_fastrtps does and knows the manager's
// interfaces from their definitions alone.
//
// usage: fastdds-user DOMAIN NAMESPACE
//
// It is told the same on standard input as ../python/ros_user.py, and says the same.
#include <array>
#include <iostream>
#include <random>
#include <sstream>

#include "fastdds_participant.hpp"

using Uuid = Bytes;

static std::string type(const std::string& kind, const std::string& name) {
    return "vyra_modulemanager_interfaces::" + kind + "::dds_::" + name + "_";
}

static std::string truth(bool is_so) { return is_so ? "True" : "False"; }

template <typename... Fields>
void tell(const Fields&... fields) {
    std::ostringstream line;
    const char* separator = "";
    ((line << separator << fields, separator = "\t"), ...);
    say(line.str());
}

static bool flag(CdrReader& in) { return in.number<uint8_t>() != 0; }

// The code of a Problem; the rest must be there, too.
static std::string problem(CdrReader& in) {
    const std::string code = in.text();
    in.text();
    in.number<uint16_t>();
    in.text();
    for (uint32_t left = in.number<uint32_t>(); left > 0; left--) {
        in.text();
        in.text();
    }
    return code;
}

struct Module {
    std::string id, phase;
};

static Module module(CdrReader& in) {
    std::array<std::string, 12> texts;
    for (auto& text : texts) text = in.text();
    in.number<int32_t>();
    in.number<uint32_t>();
    in.text();
    flag(in);
    flag(in);
    in.text();
    in.text();
    return {texts[0], texts[8]};
}

static std::vector<Module> modules(CdrReader& in) {
    std::vector<Module> all(in.number<uint32_t>());
    for (auto& one : all) one = module(in);
    return all;
}

static Uuid random_uuid() {
    std::random_device random;
    Uuid uuid(16);
    for (auto& byte : uuid) byte = static_cast<uint8_t>(random());
    return uuid;
}

static Uuid parse_uuid(const std::string& digits) {
    Uuid uuid;
    for (size_t i = 0; i < digits.size(); i += 2) uuid.push_back(static_cast<uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    return uuid;
}

static std::string hexadecimal(const uint8_t* bytes) {
    static const char* const digits = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < 16; i++) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

// Samples that have come, for whoever waits for one.
class Inbox {
public:
    void put(int64_t number, const Bytes& sample) {
        const std::lock_guard<std::mutex> guard(lock);
        samples.emplace(number, sample);
        arrived.notify_all();
    }

    Bytes await(int64_t number) {
        std::unique_lock<std::mutex> guard(lock);
        require(arrived.wait_for(guard, PATIENCE, [&] { return samples.count(number) > 0; }), "Nothing came");
        return samples.at(number);
    }

private:
    std::map<int64_t, Bytes> samples;
    std::mutex lock;
    std::condition_variable arrived;
};

class User {
public:
    User(uint32_t domain, std::string name_space) : name_space(std::move(name_space)), participant(join_domain(domain, true, 10000)) {
        publisher = participant->create_publisher(fdds::PUBLISHER_QOS_DEFAULT);
        subscriber = participant->create_subscriber(fdds::SUBSCRIBER_QOS_DEFAULT);
    }

    ~User() {
        for (auto& reader : readers) reader->handle->set_listener(nullptr);
        participant->delete_contained_entities();
        fdds::DomainParticipantFactory::get_instance()->delete_participant(participant);
    }

    void obey(const std::vector<std::string>& words);

private:
    Reader& listen(const std::string& topic, const std::string& type_name, const std::string& words, Reader::Action action);
    Bytes call(const std::string& service, const std::string& kind, const std::string& type_name, const Bytes& request);
    void list();
    void states();
    void set(const std::string& id, const std::string& command);
    void remove(const std::string& id);
    void enrol(const std::string& name, const std::string& uuid);
    void enrolled();

    std::string name_space;
    fdds::DomainParticipant* participant;
    fdds::Publisher* publisher;
    fdds::Subscriber* subscriber;
    std::vector<std::unique_ptr<Reader>> readers;
};

Reader& User::listen(const std::string& topic, const std::string& type_name, const std::string& words, Reader::Action action) {
    fdds::DataReaderQos qos;
    choose(qos, words);
    readers.push_back(std::make_unique<Reader>(std::move(action)));
    Reader& reader = *readers.back();
    reader.handle = subscriber->create_datareader(topic_of(participant, topic, type_name), qos, &reader);
    require(reader.handle != nullptr, "Fast DDS made no reader of " + topic);
    return reader;
}

// As rmw_fastrtps does: the request names the reader of replies, the reply that reader and the request's number.
Bytes User::call(const std::string& service, const std::string& kind, const std::string& type_name, const Bytes& request) {
    const std::string full_name = name_space + "/" + service;
    auto inbox = std::make_shared<Inbox>();
    Reader& replies = listen("rr" + full_name + "Reply", type(kind, type_name + "_Response"), "reliable,keep_all",
        [inbox](Reader& self, const Bytes& sample, const fdds::SampleInfo& info) {
            if (info.related_sample_identity.writer_guid() == self.handle->guid()) {
                inbox->put(info.related_sample_identity.sequence_number().to64long(), sample);
            }
        });
    fdds::DataWriterQos qos;
    choose(qos, "reliable,keep_all");
    fdds::DataWriter* requests =
        publisher->create_datawriter(topic_of(participant, "rq" + full_name + "Request", type(kind, type_name + "_Request")), qos);
    require(requests != nullptr, "Fast DDS made no writer of requests");
    await_matched_with(requests, [](int found) { return found >= 1; });
    await_matched_with(replies.handle, [](int found) { return found >= 1; });
    rtps::WriteParams from;
    from.related_sample_identity().writer_guid(replies.handle->guid());
    Bytes sample = request;
    require(requests->write(&sample, from), "Fast DDS did not write a request");
    const Bytes answer = inbox->await(from.sample_identity().sequence_number().to64long());
    publisher->delete_datawriter(requests);
    return answer;
}

void User::list() {
    const Bytes answer = call("list_modules", "srv", "ListModules", CdrWriter().text("").bytes);
    CdrReader in(answer);
    const bool is_success = flag(in);
    problem(in);
    const std::vector<Module> all = modules(in);
    for (const auto& one : all) tell("module", one.id, one.phase);
    tell("listed", all.size(), truth(is_success));
}

void User::states() {
    auto inbox = std::make_shared<Inbox>();
    listen("rt" + name_space + "/module_states", type("msg", "ModuleStates"), "reliable,transient_local,keep_last=1",
        [inbox](Reader&, const Bytes& sample, const fdds::SampleInfo&) { inbox->put(0, sample); });
    const Bytes latched = inbox->await(0);
    CdrReader in(latched);
    in.number<int32_t>();
    in.number<uint32_t>();
    const std::vector<Module> all = modules(in);
    for (const auto& one : all) tell("state", one.id, one.phase);
    tell("latched", all.size());
}

void User::set(const std::string& id, const std::string& command) {
    const Bytes answer = call("set_module_state", "srv", "SetModuleState", CdrWriter().text(id).text(command).bytes);
    CdrReader in(answer);
    const bool is_success = flag(in);
    const std::string code = problem(in);
    tell("set", truth(is_success), code, in.text());
}

void User::remove(const std::string& id) {
    const Uuid goal = random_uuid();
    auto inbox = std::make_shared<Inbox>();
    // The feedback's reader first: the manager learns of readers in this order, and of all of them before it answers.
    Reader& feedback = listen("rt" + name_space + "/remove_module/_action/feedback", type("action", "RemoveModule_FeedbackMessage"),
        "reliable,keep_last=100", [inbox, goal](Reader&, const Bytes& sample, const fdds::SampleInfo&) {
            CdrReader in(sample);
            if (!std::equal(goal.begin(), goal.end(), in.take(16))) return;
            in.text();
            in.text();
            const std::string status = in.text();
            const int percent = in.number<uint8_t>();
            const uint32_t steps = in.number<uint32_t>();
            for (uint32_t left = steps; left > 0; left--) {
                for (int text = 0; text < 3; text++) in.text();
                in.number<uint8_t>();
                in.text();
            }
            tell("feedback", percent, status, steps);
            inbox->put(percent, sample);
        });
    await_matched_with(feedback.handle, [](int found) { return found >= 1; });
    const Bytes accepted = call("remove_module/_action/send_goal", "action", "RemoveModule_SendGoal",
        CdrWriter().raw(goal).text(id).number<uint8_t>(0).bytes);
    CdrReader acceptance(accepted);
    tell("accepted", truth(flag(acceptance)));
    const Bytes ended = call("remove_module/_action/get_result", "action", "RemoveModule_GetResult", CdrWriter().raw(goal).bytes);
    inbox->await(100);
    CdrReader in(ended);
    const int status = in.number<int8_t>();
    const bool is_success = flag(in);
    tell("result", status, truth(is_success), problem(in));
}

void User::enrol(const std::string& name, const std::string& uuid) {
    CdrWriter request;
    request.text(name).raw(parse_uuid(uuid)).text("a description").text("an author").text("1.0.0").text("a licence");
    request.number<uint32_t>(2).text("first").text("second");
    const Bytes answer = call("register_module", "srv", "RegisterModule", request.bytes);
    CdrReader in(answer);
    const int status = in.number<uint8_t>();
    tell("register", status, in.text());
}

void User::enrolled() {
    // A message without fields has one byte.
    const Bytes answer = call("get_registered_modules", "srv", "GetRegisteredModules", CdrWriter().number<uint8_t>(0).bytes);
    CdrReader in(answer);
    std::vector<std::string> names(in.number<uint32_t>());
    for (auto& name : names) name = in.text();
    std::vector<std::string> uuids(in.number<uint32_t>());
    for (auto& uuid : uuids) uuid = hexadecimal(in.take(16));
    std::vector<std::string> versions(in.number<uint32_t>());
    for (auto& version : versions) version = in.text();
    for (size_t i = 0; i < names.size(); i++) tell("registered", names.at(i), uuids.at(i), versions.at(i));
}

void User::obey(const std::vector<std::string>& words) {
    const std::string& command = words.at(0);
    if (command == "list") {
        list();
    } else if (command == "states") {
        states();
    } else if (command == "set") {
        set(words.at(1), words.at(2));
    } else if (command == "remove") {
        remove(words.at(1));
    } else if (command == "register") {
        enrol(words.at(1), words.at(2));
    } else if (command == "registered") {
        enrolled();
    } else {
        throw std::runtime_error("There is no such command");
    }
}

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: " << argv[0] << " DOMAIN NAMESPACE" << std::endl;
        return 2;
    }
    User user(static_cast<uint32_t>(std::stoul(argv[1])), argv[2]);
    tell("ready", argv[2]);
    for (std::string line; std::getline(std::cin, line);) {
        std::vector<std::string> words;
        std::istringstream fields(line);
        for (std::string word; std::getline(fields, word, '\t');) words.push_back(word);
        try {
            user.obey(words);
            tell("done", words.at(0));
        } catch (const std::exception& error) {  // What the test shall see.
            tell("failed", words.at(0), error.what());
        }
    }
    return 0;
}
