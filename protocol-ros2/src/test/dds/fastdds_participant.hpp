// How programs of the tests join a domain with Fast DDS, and make what they write and read with.
#pragma once

#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/dds/publisher/Publisher.hpp>
#include <fastdds/dds/subscriber/Subscriber.hpp>
#include <fastdds/dds/topic/Topic.hpp>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>
#include <fastrtps/utils/IPLocator.h>
#include <memory>
#include <thread>

#include "fastdds_entities.hpp"

// With a lease in milliseconds; unicast finds others on the loopback by asking every port. The built-in transports are UDP and shared memory.
inline fdds::DomainParticipant* join_domain(uint32_t domain, bool is_unicast, int lease, bool is_builtin = false) {
    fdds::DomainParticipantQos qos;
    qos.name("peer");
    // UDP alone by default: shared memory would hide what is tested.
    auto udp = std::make_shared<eprosima::fastdds::rtps::UDPv4TransportDescriptor>();
    qos.transport().use_builtin_transports = is_builtin;
    if (!is_builtin) qos.transport().user_transports.push_back(udp);
    auto& builtin = qos.wire_protocol().builtin;
    builtin.discovery_config.leaseDuration = eprosima::fastrtps::Duration_t(lease / 1000, lease % 1000 * 1000000u);
    builtin.discovery_config.leaseDuration_announcementperiod = eprosima::fastrtps::Duration_t(lease / 4000, lease / 4 % 1000 * 1000000u);
    if (is_unicast) {
        udp->interfaceWhiteList.emplace_back("127.0.0.1");
        rtps::Locator_t own;
        rtps::IPLocator::setIPv4(own, "127.0.0.1");
        builtin.metatrafficUnicastLocatorList.push_back(own);
        for (uint32_t number = 0; number < 16; number++) {
            rtps::Locator_t other;
            rtps::IPLocator::setIPv4(other, "127.0.0.1");
            other.port = 7410 + 250 * domain + 2 * number;
            builtin.initialPeersList.push_back(other);
        }
    }
    fdds::DomainParticipant* participant = fdds::DomainParticipantFactory::get_instance()->create_participant(domain, qos);
    require(participant != nullptr, "Fast DDS made no participant");
    return participant;
}

// The topic of that name, whose type has this name in DDS.
inline fdds::Topic* topic_of(fdds::DomainParticipant* participant, const std::string& name, const std::string& type_name) {
    if (auto* known = participant->lookup_topicdescription(name)) return dynamic_cast<fdds::Topic*>(known);
    fdds::TypeSupport type(new RawType(type_name));
    type.register_type(participant);
    fdds::Topic* made = participant->create_topic(name, type_name, fdds::TOPIC_QOS_DEFAULT);
    require(made != nullptr, "Fast DDS made no topic " + name);
    return made;
}

inline int matched_with(fdds::DataWriter* writer) {
    fdds::PublicationMatchedStatus status;
    writer->get_publication_matched_status(status);
    return status.current_count;
}

inline int matched_with(fdds::DataReader* reader) {
    fdds::SubscriptionMatchedStatus status;
    reader->get_subscription_matched_status(status);
    return status.current_count;
}

template <typename Entity>
void await_matched_with(Entity* entity, const std::function<bool(int)>& enough) {
    const auto until = Clock::now() + PATIENCE;
    while (!enough(matched_with(entity))) {
        require(Clock::now() < until, "It is matched with " + std::to_string(matched_with(entity)));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}
