package io.vyra.modulemanager.ros2.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Between the trees of the JSON library and those of {@link io.vyra.ros2.cdr.JsonForm}. Thread-safe. */
final class JsonMessages {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    Map<String, Object> read(ObjectNode message) {
        return mapper.convertValue(message, TREE);
    }

    ObjectNode write(Map<String, Object> message) {
        return mapper.valueToTree(message);
    }
}
