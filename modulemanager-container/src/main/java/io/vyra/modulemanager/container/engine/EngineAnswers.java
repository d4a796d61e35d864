package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.Version;
import io.vyra.modulemanager.runtime.ModuleProcess.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads answers of Docker's engine API 1.41, where Docker and Podman leave out or call differently some of what they say. */
final class EngineAnswers {
    /** What Go writes for no time at all lies before it. */
    private static final Instant LEAST_TIME = Instant.EPOCH;

    private EngineAnswers() {}

    static EngineFacts facts(Version version, Info info, EngineAddress address) {
        boolean isPodman = version.getComponents() != null
                && version.getComponents().stream()
                        .anyMatch(part -> String.valueOf(part.getName()).contains("Podman"));
        Object cgroups = info.getRawValues().get("CgroupVersion");
        return new EngineFacts(
                isPodman ? EngineFacts.Kind.PODMAN : EngineFacts.Kind.DOCKER,
                String.valueOf(version.getVersion()),
                cgroups == null ? "1" : cgroups.toString(),
                String.valueOf(info.getDriver()),
                address.isLocal() ? Optional.ofNullable(info.getDockerRootDir()).map(Path::of) : Optional.empty(),
                EngineLimits.of(info));
    }

    static ContainerState state(InspectContainerResponse found) {
        InspectContainerResponse.ContainerState state = found.getState();
        Map<String, String> labels = found.getConfig().getLabels();
        return new ContainerState(
                found.getId(),
                phase(state),
                state.getPidLong() == null ? 0 : state.getPidLong(),
                state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()),
                state.getError() == null ? "" : state.getError(),
                labels == null ? Map.of() : labels);
    }

    /** {@code Running} stays true while it is paused in Docker, and not in Podman. */
    private static ContainerState.Phase phase(InspectContainerResponse.ContainerState state) {
        String status = state.getStatus() == null ? "" : state.getStatus();
        if (Boolean.TRUE.equals(state.getPaused()) || status.equals("paused")) {
            return ContainerState.Phase.PAUSED;
        }
        if (Boolean.TRUE.equals(state.getRunning()) || status.equals("running") || status.equals("stopping")) {
            return ContainerState.Phase.RUNNING;
        }
        return status.equals("created") || status.equals("configured") || status.equals("initialized")
                ? ContainerState.Phase.CREATED
                : ContainerState.Phase.ENDED;
    }

    private static Optional<Instant> time(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(LEAST_TIME::isBefore);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Empty for an event that names no container. */
    static Optional<ContainerEvent> event(Event event) {
        String id = event.getActor() == null ? event.getId() : event.getActor().getId();
        Map<String, String> attributes =
                event.getActor() == null || event.getActor().getAttributes() == null
                        ? Map.of()
                        : event.getActor().getAttributes();
        String action = event.getAction() == null ? event.getStatus() : event.getAction();
        boolean isEnd = "die".equals(action) || "died".equals(action);
        String code = attributes.getOrDefault("exitCode", attributes.getOrDefault("containerExitCode", ""));
        return Optional.ofNullable(id)
                .map(container -> new ContainerEvent(
                        container,
                        isEnd && code.matches("\\d{1,9}")
                                ? OptionalInt.of(Integer.parseInt(code))
                                : OptionalInt.empty()));
    }

    /** Empty for what an engine sends of a container that has ended. */
    static Optional<Usage> usage(Statistics statistics) {
        if (statistics.getCpuStats() == null
                || statistics.getCpuStats().getCpuUsage() == null
                || statistics.getCpuStats().getCpuUsage().getTotalUsage() == null) {
            return Optional.empty();
        }
        double seconds = statistics.getCpuStats().getCpuUsage().getTotalUsage() / 1e9;
        Long bytes = statistics.getMemoryStats() == null
                ? null
                : statistics.getMemoryStats().getUsage();
        Long processes = statistics.getPidsStats() == null
                ? null
                : statistics.getPidsStats().getCurrent();
        return Optional.of(new Usage(seconds, bytes == null ? 0 : bytes, processes == null ? 0 : processes.intValue()));
    }

    static ImageFacts image(InspectImageResponse found) {
        return new ImageFacts(
                found.getId(),
                found.getRepoTags() == null ? List.of() : found.getRepoTags(),
                found.getRootFS() == null || found.getRootFS().getLayers() == null
                        ? List.of()
                        : found.getRootFS().getLayers(),
                found.getConfig() == null || found.getConfig().getLabels() == null
                        ? Map.of()
                        : found.getConfig().getLabels(),
                found.getConfig() == null || found.getConfig().getVolumes() == null
                        ? Set.of()
                        : found.getConfig().getVolumes().keySet(),
                found.getSize() == null ? 0 : found.getSize());
    }
}
