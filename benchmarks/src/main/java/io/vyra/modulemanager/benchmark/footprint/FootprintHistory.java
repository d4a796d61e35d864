package io.vyra.modulemanager.benchmark.footprint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The measurements kept in a folder: the newest as a whole, and the figures of each commit that was ever measured, oldest first. */
record FootprintHistory(Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final ObjectMapper INDENTED = JSON.copy().enable(SerializationFeature.INDENT_OUTPUT);

    /** @param distributions figures by the distribution's name */
    record Entry(String commit, String measuredAt, String machine, Map<String, Figures> distributions) {
        static Entry of(Footprint footprint) {
            Map<String, Figures> figures = new TreeMap<>();
            footprint.distributions().forEach(it -> figures.put(it.name(), it.figures()));
            return new Entry(footprint.commit(), footprint.measuredAt(), footprint.machine(), figures);
        }
    }

    /** Puts a measurement down; it takes the place of an earlier one of its commit. */
    void add(Footprint footprint) throws IOException {
        List<Entry> entries = new ArrayList<>(entries());
        entries.removeIf(entry -> entry.commit().equals(footprint.commit()));
        entries.add(Entry.of(footprint));
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            lines.append(JSON.writeValueAsString(entry)).append('\n');
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("footprint.json"), INDENTED.writeValueAsString(footprint) + "\n");
        Files.writeString(history(), lines);
    }

    List<Entry> entries() throws IOException {
        if (!Files.exists(history())) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(history())) {
            entries.add(JSON.readValue(line, Entry.class));
        }
        return List.copyOf(entries);
    }

    private Path history() {
        return folder.resolve("footprint-history.jsonl");
    }
}
