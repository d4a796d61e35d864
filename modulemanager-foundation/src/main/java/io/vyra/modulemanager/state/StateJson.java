package io.vyra.modulemanager.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vyra.modulemanager.module.VersionRange;
import java.io.Serial;
import org.semver4j.Semver;

/**
 * How values are written into a text column: as JSON of their fields.
 *
 * <p>A field a later release added is ignored when read, so that an operation written by it can still be undone after a downgrade
 * within one schema version. Thread-safe.
 */
public final class StateJson {
    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(Semver.class, ToStringSerializer.instance)
                    .addDeserializer(Semver.class, new SemverDeserializer())
                    .addSerializer(VersionRange.class, ToStringSerializer.instance)
                    .addDeserializer(VersionRange.class, new VersionRangeDeserializer()))
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StateException("a " + value.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /**
     * @throws StateException when the text is not such a value; the database was then changed by something else
     */
    public <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new StateException(
                    "a " + type.getName() + " in the database is damaged: " + e.getOriginalMessage()
                            + ". Restore a backup with --restore FILE.",
                    e);
        }
    }

    private static final class SemverDeserializer extends FromStringDeserializer<Semver> {
        @Serial
        private static final long serialVersionUID = 1L;

        SemverDeserializer() {
            super(Semver.class);
        }

        @Override
        protected Semver _deserialize(String value, com.fasterxml.jackson.databind.DeserializationContext context) {
            return new Semver(value);
        }
    }

    private static final class VersionRangeDeserializer extends FromStringDeserializer<VersionRange> {
        @Serial
        private static final long serialVersionUID = 1L;

        VersionRangeDeserializer() {
            super(VersionRange.class);
        }

        @Override
        protected VersionRange _deserialize(
                String value, com.fasterxml.jackson.databind.DeserializationContext context) {
            return VersionRange.parse(value);
        }
    }
}
