package io.vyra.modulemanager.benchmark.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One {@code {name}.json} per benchmark, the newest result only. */
public final class ResultFiles {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ResultFiles() {}

    public static void write(Path folder, Result result) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(result.name() + ".json"), JSON.writeValueAsString(result) + "\n");
    }

    /** Those of the named benchmarks that there are, in the order of the names. */
    public static List<Result> read(Path folder, List<String> names) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(name + ".json");
            if (Files.exists(file)) {
                results.add(JSON.readValue(Files.readString(file), Result.class));
            }
        }
        return List.copyOf(results);
    }
}
