// Policies by their words, readers that count and tell, and the samples of the tests.
#pragma once

#include <chrono>
#include <condition_variable>
#include <fastdds/dds/publisher/DataWriter.hpp>
#include <fastdds/dds/subscriber/DataReader.hpp>
#include <fastdds/dds/subscriber/DataReaderListener.hpp>
#include <fastdds/dds/subscriber/SampleInfo.hpp>
#include <functional>
#include <iostream>
#include <map>
#include <mutex>

#include "raw_type.hpp"

namespace fdds = eprosima::fastdds::dds;
namespace rtps = eprosima::fastrtps::rtps;
using Clock = std::chrono::steady_clock;

constexpr auto PATIENCE = std::chrono::seconds(30);
const std::map<std::string, std::string> TYPES = {
    {"String", "std_msgs::msg::dds_::String_"},
    {"Blob", "test_msgs::msg::dds_::Blob_"},
    {"AddRequest", "example_interfaces::srv::dds_::AddTwoInts_Request_"},
    {"AddResponse", "example_interfaces::srv::dds_::AddTwoInts_Response_"},
    {"Nodes", "rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_"},
    {"HumbleNodes", "rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_"}};

inline void say(const std::string& line) {
    static std::mutex lock;
    const std::lock_guard<std::mutex> guard(lock);
    std::cout << line << std::endl;
}

inline bool has(const std::string& words, const char* word) { return words.find(word) != std::string::npos; }

// Reliability, durability and history are of different classes for writers and readers, but have the same names.
template <typename Qos>
void choose(Qos& qos, const std::string& words) {
    qos.reliability().kind = has(words, "reliable") ? fdds::RELIABLE_RELIABILITY_QOS : fdds::BEST_EFFORT_RELIABILITY_QOS;
    qos.reliability().max_blocking_time = eprosima::fastrtps::Duration_t(180, 0);
    qos.durability().kind = has(words, "transient_local") ? fdds::TRANSIENT_LOCAL_DURABILITY_QOS : fdds::VOLATILE_DURABILITY_QOS;
    const auto depth = words.find("keep_last=");
    if (depth != std::string::npos) {
        qos.history().kind = fdds::KEEP_LAST_HISTORY_QOS;
        qos.history().depth = std::stoi(words.substr(depth + 10));
    } else if (has(words, "keep_all")) {
        qos.history().kind = fdds::KEEP_ALL_HISTORY_QOS;
    }
    const auto alive = words.find("alive=");
    if (alive != std::string::npos) {
        const int lease = std::stoi(words.substr(alive + 6));
        qos.liveliness().lease_duration = eprosima::fastrtps::Duration_t(lease / 1000, lease % 1000 * 1000000u);
        qos.liveliness().announcement_period = eprosima::fastrtps::Duration_t(lease / 4000, lease / 4 % 1000 * 1000000u);
    }
    // Samples are of any size.
    qos.endpoint().history_memory_policy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
    // Only what is on the network counts here.
    qos.data_sharing().off();
}

// Counts samples, for those who wait for them.
class Counter {
public:
    void expect(long number) {
        const std::lock_guard<std::mutex> guard(lock);
        expected = number;
        counted = 0;
    }

    void count() {
        const std::lock_guard<std::mutex> guard(lock);
        last = Clock::now();
        if (counted++ == 0) first = last;
        if (counted >= expected) arrived.notify_all();
    }

    bool await() {
        std::unique_lock<std::mutex> guard(lock);
        return arrived.wait_for(guard, PATIENCE, [this] { return counted >= expected; });
    }

    long counted = 0;
    Clock::time_point first, last;

private:
    long expected = 0;
    std::mutex lock;
    std::condition_variable arrived;
};

class Reader : public fdds::DataReaderListener {
public:
    using Action = std::function<void(Reader&, const Bytes&, const fdds::SampleInfo&)>;

    explicit Reader(Action action) : action(std::move(action)) {}

    void on_data_available(fdds::DataReader* reader) override {
        fdds::SampleInfo info;
        while (reader->take_next_sample(&sample, &info) == eprosima::fastrtps::types::ReturnCode_t::RETCODE_OK) {
            if (info.valid_data) action(*this, sample, info);
        }
    }

    void on_liveliness_changed(fdds::DataReader*, const fdds::LivelinessChangedStatus& status) override {
        if (lives) lives(status.alive_count, status.alive_count + status.not_alive_count);
    }

    fdds::DataReader* handle = nullptr;
    Counter counter;
    // Is told how many writers are alive, and of how many.
    std::function<void(int, int)> lives;

private:
    Action action;
    Bytes sample;
};

inline void require(bool is_so, const std::string& what) {
    if (!is_so) throw std::runtime_error(what);
}

inline void write(fdds::DataWriter* writer, Bytes bytes) { require(writer->write(&bytes), "Fast DDS did not write"); }

inline Bytes text(const std::string& value) { return CdrWriter().text(value).bytes; }

inline Bytes counting(size_t size) {
    CdrWriter writer;
    writer.number(static_cast<uint32_t>(size));
    for (size_t i = 0; i < size; i++) writer.bytes.push_back(i % 251);
    return writer.bytes;
}

inline std::string describe_bytes(CdrReader reader) {
    const uint32_t size = reader.number<uint32_t>();
    const uint8_t* bytes = reader.take(size);
    for (uint32_t i = 0; i < size; i++) {
        if (bytes[i] != i % 251) return "size:" + std::to_string(size) + ":wrong at " + std::to_string(i);
    }
    return "size:" + std::to_string(size) + ":counting";
}

inline std::string describe_nodes(CdrReader reader, size_t gid) {
    std::string text;
    reader.take(gid);
    const uint32_t nodes = reader.number<uint32_t>();
    for (uint32_t i = 0; i < nodes; i++) {
        text += (i == 0 ? "" : ",") + reader.text();
        text += "|" + reader.text();
        for (int kind = 0; kind < 2; kind++) {
            const uint32_t count = reader.number<uint32_t>();
            reader.take(count * gid);
            text += "|" + std::to_string(count);
        }
    }
    return text;
}
