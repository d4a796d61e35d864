package io.vyra.modulemanager.zenoh.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.module.LayerValue;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.StateLayers;
import io.vyra.modulemanager.zenoh.bus.Answer;
import io.vyra.modulemanager.zenoh.bus.ModuleQuestions;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a module for its whole state ({@code get_state}) and hands it to the core. Thread-safe, blocking for at most
 * {@link #PATIENCE}.
 */
public final class StateReader {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ModuleQuestions queries;
    private final ModuleReports reports;
    private final Heartbeats heartbeats;
    private final ObjectNode nothing;

    public StateReader(ModuleQuestions queries, ModuleReports reports, Heartbeats heartbeats, ObjectNode nothing) {
        this.queries = queries;
        this.reports = reports;
        this.heartbeats = heartbeats;
        this.nothing = nothing;
    }

    /**
     * What the module says now; a layer that it tells in no known way keeps the value that was known.
     *
     * @return empty when it does not answer, or not with a state
     */
    public Optional<StateLayers> read(ModuleId module) {
        if (!(queries.ask(module, "get_state", nothing.deepCopy(), PATIENCE) instanceof Answer.Told told)) {
            return Optional.empty();
        }
        StateLayers known = reports.layers(module);
        StateLayers read = StateLayers.UNKNOWN;
        for (String layer : new String[] {"lifecycle", "operational", "health"}) {
            read = value(told.body().path(layer)).map(read::with).orElse(read);
        }
        if (read.isUnknown()) {
            return Optional.empty();
        }
        // An enum arrives as {} from older modules.
        StateLayers all = new StateLayers(
                read.lifecycle().or(known::lifecycle),
                read.operational().or(known::operational),
                read.health().or(known::health));
        heartbeats.heard(module);
        reports.state(module, all);
        return Optional.of(all);
    }

    private static Optional<LayerValue> value(JsonNode field) {
        return field.isTextual() ? LayerValue.parse(field.textValue()) : Optional.empty();
    }
}
