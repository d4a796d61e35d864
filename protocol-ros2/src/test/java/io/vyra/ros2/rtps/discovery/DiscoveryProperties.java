package io.vyra.ros2.rtps.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.wire.MalformedDataException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is announced is understood as the same; what is cut off is refused; what is changed is something or refused. */
class DiscoveryProperties {
    private static final byte[] HEADER = {0, 3, 0, 0};

    @Provide
    Arbitrary<ParticipantDescription> participants() {
        return Descriptions.anyParticipant();
    }

    @Provide
    Arbitrary<EndpointDescription> endpoints() {
        return Descriptions.anyEndpoint();
    }

    @Property
    void shouldReadTheParticipantThatWasWritten(@ForAll("participants") ParticipantDescription description) {
        assertThat(DiscoveryCodec.readParticipant(Slice.of(DiscoveryCodec.write(description))))
                .isEqualTo(description);
    }

    @Property
    void shouldReadTheEndpointThatWasWritten(
            @ForAll("endpoints") EndpointDescription description, @ForAll boolean isWriter) {
        assertThat(DiscoveryCodec.readEndpoint(Slice.of(DiscoveryCodec.write(description)), isWriter))
                .isEqualTo(description);
    }

    @Property
    void shouldReadTheKeyThatWasWritten(@ForAll("endpoints") EndpointDescription description, @ForAll boolean whole) {
        Guid guid = description.guid();

        assertThat(DiscoveryCodec.readKey(Slice.of(DiscoveryCodec.writeKey(whole, guid))))
                .isEqualTo(guid);
    }

    @Property
    void shouldRefuseWhatIsCutOff(
            @ForAll("endpoints") EndpointDescription description, @ForAll @IntRange(max = 1_000_000) int length) {
        byte[] payload = DiscoveryCodec.write(description);

        assertThatThrownBy(() -> DiscoveryCodec.readEndpoint(new Slice(payload, 0, length % payload.length), true))
                .isInstanceOf(MalformedDataException.class);
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseAChangedEndpoint(
            @ForAll("endpoints") EndpointDescription description,
            @ForAll @IntRange(max = 1_000_000) int index,
            @ForAll byte value,
            @ForAll boolean isWriter) {
        byte[] payload = DiscoveryCodec.write(description);
        payload[index % payload.length] = value;

        DiscoveryFuzzTest.readAgain(payload, it -> DiscoveryCodec.readEndpoint(it, isWriter), DiscoveryCodec::write);
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseAChangedParticipant(
            @ForAll("participants") ParticipantDescription description,
            @ForAll @IntRange(max = 1_000_000) int index,
            @ForAll byte value) {
        byte[] payload = DiscoveryCodec.write(description);
        payload[index % payload.length] = value;

        DiscoveryFuzzTest.readAgain(payload, DiscoveryCodec::readParticipant, DiscoveryCodec::write);
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseAnyBytesOfParameters(@ForAll byte[] bytes) {
        byte[] payload = new byte[HEADER.length + bytes.length];
        System.arraycopy(HEADER, 0, payload, 0, HEADER.length);
        System.arraycopy(bytes, 0, payload, HEADER.length, bytes.length);

        for (byte[] each : new byte[][] {bytes, payload}) {
            DiscoveryFuzzTest.readAgain(each, DiscoveryCodec::readParticipant, DiscoveryCodec::write);
            DiscoveryFuzzTest.readAgain(each, it -> DiscoveryCodec.readEndpoint(it, true), DiscoveryCodec::write);
            DiscoveryFuzzTest.readAgain(each, DiscoveryCodec::readKey, guid -> DiscoveryCodec.writeKey(false, guid));
        }
    }
}
