// A type of any name whose samples are CDR as it is on the wire, and just enough CDR to make and read the samples of the tests.
#pragma once

#include <cstdint>
#include <cstring>
#include <fastdds/dds/topic/TopicDataType.hpp>
#include <stdexcept>
#include <string>
#include <vector>

using Bytes = std::vector<uint8_t>;

class RawType : public eprosima::fastdds::dds::TopicDataType {
public:
    using Payload = eprosima::fastrtps::rtps::SerializedPayload_t;

    explicit RawType(const std::string& name) {
        setName(name.c_str());
        m_typeSize = 1024;
        m_isGetKeyDefined = false;
        auto_fill_type_information(false);
        auto_fill_type_object(false);
    }

    bool serialize(void* data, Payload* payload) override {
        const Bytes& bytes = *static_cast<Bytes*>(data);
        if (bytes.size() > payload->max_size) return false;
        std::memcpy(payload->data, bytes.data(), bytes.size());
        payload->length = static_cast<uint32_t>(bytes.size());
        payload->encapsulation = CDR_LE;
        return true;
    }

    bool deserialize(Payload* payload, void* data) override {
        static_cast<Bytes*>(data)->assign(payload->data, payload->data + payload->length);
        return true;
    }

    std::function<uint32_t()> getSerializedSizeProvider(void* data) override {
        return [data] { return static_cast<uint32_t>(static_cast<Bytes*>(data)->size()); };
    }

    void* createData() override { return new Bytes; }

    void deleteData(void* data) override { delete static_cast<Bytes*>(data); }

    bool getKey(void*, eprosima::fastrtps::rtps::InstanceHandle_t*, bool) override { return false; }
};

// Writes little-endian CDR with its encapsulation.
class CdrWriter {
public:
    CdrWriter() : bytes{0, 1, 0, 0} {}

    template <typename Number>
    CdrWriter& number(Number value) {
        while ((bytes.size() - 4) % sizeof value != 0) bytes.push_back(0);
        const auto* raw = reinterpret_cast<const uint8_t*>(&value);
        bytes.insert(bytes.end(), raw, raw + sizeof value);
        return *this;
    }

    CdrWriter& text(const std::string& value) {
        number<uint32_t>(static_cast<uint32_t>(value.size() + 1));
        bytes.insert(bytes.end(), value.begin(), value.end());
        bytes.push_back(0);
        return *this;
    }

    CdrWriter& raw(const Bytes& value) {
        bytes.insert(bytes.end(), value.begin(), value.end());
        return *this;
    }

    Bytes bytes;
};

// Reads little-endian CDR behind its encapsulation.
class CdrReader {
public:
    explicit CdrReader(const Bytes& bytes) : bytes(bytes) {}

    template <typename Number>
    Number number() {
        while ((position - 4) % sizeof(Number) != 0) position++;
        Number value;
        std::memcpy(&value, take(sizeof value), sizeof value);
        return value;
    }

    std::string text() {
        const uint32_t length = number<uint32_t>();
        const auto* start = reinterpret_cast<const char*>(take(length));
        return {start, length - 1};
    }

    const uint8_t* take(size_t count) {
        if (count > bytes.size() - position) throw std::runtime_error("The sample is too short");
        const uint8_t* start = bytes.data() + position;
        position += count;
        return start;
    }

private:
    const Bytes& bytes;
    size_t position = 4;
};
