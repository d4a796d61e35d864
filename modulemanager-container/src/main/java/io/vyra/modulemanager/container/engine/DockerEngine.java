package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.AsyncDockerCmd;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.runtime.ModuleProcess.Usage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Docker's engine API 1.41 (Docker 20.10), which Podman's service speaks too, over docker-java.
 *
 * <p>Commands have a time limit, streams have none: an engine may be silent for hours.
 */
public final class DockerEngine implements Engine {
    private static final Logger LOG = Logger.getLogger(DockerEngine.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final String API = "1.41";
    private static final int ATTEMPTS = 4;
    private static final int MOST_OUTPUT = 4_096;
    /** What Go writes for no time at all. */
    private static final Instant LEAST_TIME = Instant.EPOCH;

    private final EngineAddress address;
    private final DockerClient commands;
    private final DockerClient streams;

    public DockerEngine(EngineAddress address, Optional<EngineTls> tls) {
        this.address = address;
        DockerClientConfig configuration = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address.toString())
                .withDockerTlsVerify(false)
                .withApiVersion(API)
                .build();
        this.commands = client(configuration, address, tls, Optional.of(ANSWER_LIMIT));
        this.streams = client(configuration, address, tls, Optional.empty());
    }

    private static DockerClient client(
            DockerClientConfig configuration,
            EngineAddress address,
            Optional<EngineTls> tls,
            Optional<Duration> answerLimit) {
        ZerodepDockerHttpClient.Builder http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.uri())
                .connectionTimeout(CONNECT_LIMIT)
                .maxConnections(1_000);
        tls.ifPresent(http::sslConfig);
        answerLimit.ifPresent(http::responseTimeout);
        return DockerClientImpl.getInstance(configuration, http.build());
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineException e) {
            throw e;
        } catch (NotFoundException e) {
            throw new EngineException(EngineException.Reason.NOT_FOUND, words(e), e);
        } catch (ConflictException e) {
            throw new EngineException(EngineException.Reason.CONFLICT, words(e), e);
        } catch (DockerException e) {
            throw new EngineException(EngineException.Reason.REFUSED, words(e), e);
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    /**
     * A question, which may be asked again. After a restart of the engine the connections that were kept from before are dead, and each is
     * found to be so only by using it.
     */
    private <T> T query(Supplier<T> question) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ask(question);
            } catch (EngineException e) {
                if (!e.isUnreachable() || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void tell(Runnable command) {
        ask(() -> {
            command.run();
            return null;
        });
    }

    private EngineException unreachable(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new EngineException(
                EngineException.Reason.UNREACHABLE,
                "the container engine at " + address + " does not answer: " + cause.getMessage(),
                e);
    }

    /** Engines answer with {@code {"message":"…"}}; people want the text in it. */
    static String words(DockerException e) {
        String text = e.getMessage() == null ? "" : e.getMessage();
        int begin = text.indexOf("\"message\":\"");
        int end = text.lastIndexOf('"');
        if (begin < 0 || end <= begin + 11) {
            return text.strip();
        }
        // Podman puts other keys behind it.
        String rest = text.substring(begin + 11, end);
        int next = rest.indexOf("\",\"");
        return (next < 0 ? rest : rest.substring(0, next))
                .replace("\\\"", "\"")
                .replace("\\n", " ")
                .strip();
    }

    @Override
    public EngineFacts facts() {
        return query(() -> {
            Version version = commands.versionCmd().exec();
            Info info = commands.infoCmd().exec();
            boolean isPodman = version.getComponents() != null
                    && version.getComponents().stream()
                            .anyMatch(part -> String.valueOf(part.getName()).contains("Podman"));
            Object cgroups = info.getRawValues().get("CgroupVersion");
            return new EngineFacts(
                    isPodman ? EngineFacts.Kind.PODMAN : EngineFacts.Kind.DOCKER,
                    String.valueOf(version.getVersion()),
                    cgroups == null ? "1" : cgroups.toString(),
                    String.valueOf(info.getDriver()),
                    address.isLocal()
                            ? Optional.ofNullable(info.getDockerRootDir()).map(Path::of)
                            : Optional.empty());
        });
    }

    @Override
    public Created create(ContainerSettings settings) {
        return ask(() -> {
            CreateContainerResponse made = CreateRequest.of(commands.createContainerCmd(settings.image()), settings)
                    .exec();
            String[] warnings = made.getWarnings();
            return new Created(made.getId(), warnings == null ? List.of() : Arrays.asList(warnings));
        });
    }

    @Override
    public void start(String id) {
        tell(() -> {
            try {
                commands.startContainerCmd(id).exec();
            } catch (NotModifiedException e) {
                LOG.debugf("container runs already container=%s", id);
            }
        });
    }

    @Override
    public Optional<ContainerState> inspect(String id) {
        return absent(() -> query(() -> state(commands.inspectContainerCmd(id).exec())));
    }

    /** Empty instead of {@code NOT_FOUND}. */
    private <T> Optional<T> absent(Supplier<T> question) {
        try {
            return Optional.of(ask(question));
        } catch (EngineException e) {
            if (e.reason() == EngineException.Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ContainerState state(InspectContainerResponse found) {
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
            return Optional.of(java.time.OffsetDateTime.parse(text).toInstant()).filter(LEAST_TIME::isBefore);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> find(Map<String, String> labels) {
        return query(() -> commands.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                .map(Container::getId)
                .toList());
    }

    @Override
    public void signal(String id, String signal) {
        tell(() -> commands.killContainerCmd(id).withSignal("SIG" + signal).exec());
    }

    @Override
    public void pause(String id) {
        tell(() -> commands.pauseContainerCmd(id).exec());
    }

    @Override
    public void unpause(String id) {
        tell(() -> commands.unpauseContainerCmd(id).exec());
    }

    @Override
    public void remove(String id) {
        absent(() -> {
            commands.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return id;
        });
    }

    @Override
    public Execution execute(String id, List<String> command, Duration timeout) {
        String execution = ask(() -> commands.execCreateCmd(id)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(command.toArray(String[]::new))
                .exec()
                .getId());
        StringBuilder output = new StringBuilder();
        ResultCallback.Adapter<Frame> printed = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                synchronized (output) {
                    if (output.length() < MOST_OUTPUT) {
                        output.append(new String(frame.getPayload(), java.nio.charset.StandardCharsets.UTF_8));
                    }
                }
            }
        };
        boolean ended;
        try {
            ended = ask(() -> await(streams.execStartCmd(execution).exec(printed), timeout));
        } finally {
            close(printed);
        }
        String words;
        synchronized (output) {
            words = output.toString();
        }
        if (!ended) {
            endExecution(execution);
            return new Execution(Optional.empty(), words);
        }
        Long code = ask(() -> commands.inspectExecCmd(execution).exec().getExitCodeLong());
        return new Execution(Optional.of(code == null ? -1 : code.intValue()), words);
    }

    private static boolean await(ResultCallback.Adapter<?> callback, Duration limit) {
        try {
            return callback.awaitCompletion(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The API cannot end what it executes; on this machine the kernel can. */
    private void endExecution(String execution) {
        if (address.isLocal()) {
            try {
                Long pid = commands.inspectExecCmd(execution).exec().getPidLong();
                if (pid != null && pid > 1) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            } catch (RuntimeException e) {
                LOG.warnf("program in a container not ended execution=%s cause=%s", execution, e.toString());
            }
        }
    }

    @Override
    public Stream events(Map<String, String> labels, Duration back, StreamListener<ContainerEvent> listener) {
        long since = Instant.now().minus(back).getEpochSecond();
        return stream(
                streams.eventsCmd()
                        .withSince(Long.toString(since))
                        .withEventTypeFilter(EventType.CONTAINER)
                        .withLabelFilter(labels),
                listener,
                DockerEngine::event);
    }

    private static Optional<ContainerEvent> event(Event event) {
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

    @Override
    public Stream logs(String id, long since, StreamListener<LogPiece> listener) {
        return stream(
                streams.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTimestamps(true)
                        .withFollowStream(true)
                        .withSince((int) Math.min(since, Integer.MAX_VALUE)),
                listener,
                frame -> Optional.of(new LogPiece(frame.getStreamType() == StreamType.STDERR, frame.getPayload())));
    }

    @Override
    public Stream usage(String id, StreamListener<Usage> listener) {
        return stream(streams.statsCmd(id), listener, DockerEngine::usage);
    }

    private static Optional<Usage> usage(Statistics statistics) {
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

    private <C extends AsyncDockerCmd<C, A>, A, T> Stream stream(
            C command, StreamListener<T> listener, Function<A, Optional<T>> read) {
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean closed = new AtomicBoolean();
        ResultCallback.Adapter<A> callback = new ResultCallback.Adapter<>() {
            @Override
            public void onStart(Closeable stream) {
                super.onStart(stream);
                if (closed.get()) {
                    // Closed before the engine answered, when there was nothing to close yet.
                    DockerEngine.close(this);
                    return;
                }
                listener.began();
            }

            @Override
            public void onNext(A item) {
                read.apply(item).ifPresent(listener::next);
            }

            /** Not the parent's, which logs what is told to the listener anyway. */
            @Override
            public void onError(Throwable failure) {
                end(Optional.of(String.valueOf(failure.getMessage())));
            }

            @Override
            public void onComplete() {
                end(Optional.empty());
            }

            private void end(Optional<String> why) {
                DockerEngine.close(this);
                if (over.compareAndSet(false, true)) {
                    listener.ended(why);
                }
            }
        };
        ask(() -> command.exec(callback));
        return () -> {
            closed.set(true);
            close(callback);
        };
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException e) {
            LOG.debugf("stream not closed cause=%s", e.toString());
        }
    }

    @Override
    public Optional<ImageFacts> image(String name) {
        return absent(() -> query(() -> image(commands.inspectImageCmd(name).exec())));
    }

    private static ImageFacts image(InspectImageResponse found) {
        return new ImageFacts(
                found.getId(),
                found.getRepoTags() == null ? List.of() : found.getRepoTags(),
                found.getRootFS() == null || found.getRootFS().getLayers() == null
                        ? List.of()
                        : found.getRootFS().getLayers(),
                found.getConfig() == null || found.getConfig().getLabels() == null
                        ? Map.of()
                        : found.getConfig().getLabels());
    }

    @Override
    public List<String> imageNames(String prefix) {
        return query(() -> {
            List<String> names = new ArrayList<>();
            for (Image image : commands.listImagesCmd().exec()) {
                String[] tags = image.getRepoTags();
                Arrays.stream(tags == null ? new String[0] : tags)
                        .filter(tag -> tag.startsWith(prefix))
                        .forEach(names::add);
            }
            return names;
        });
    }

    @Override
    public InputStream save(String name) {
        return ask(() -> streams.saveImageCmd(name).exec());
    }

    @Override
    public void load(InputStream archive) {
        List<String> complaints = new ArrayList<>();
        ResultCallback.Adapter<LoadResponseItem> loaded = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(LoadResponseItem item) {
                if (item.isErrorIndicated() && item.getErrorDetail() != null) {
                    complaints.add(String.valueOf(item.getErrorDetail().getMessage()));
                }
            }
        };
        ask(() -> {
            try {
                return streams.loadImageAsyncCmd(archive).exec(loaded).awaitCompletion();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the image was loaded", e);
            } finally {
                close(loaded);
            }
        });
        if (!complaints.isEmpty()) {
            throw new EngineException(EngineException.Reason.REFUSED, String.join("; ", complaints));
        }
    }

    @Override
    public void pull(String name, Duration patience) {
        boolean ended = ask(() -> {
            try {
                return streams.pullImageCmd(name).start().awaitCompletion(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the image was pulled", e);
            }
        });
        if (!ended) {
            throw new EngineException(
                    EngineException.Reason.REFUSED, "it was not there after " + patience.toSeconds() + " s");
        }
    }

    @Override
    public void removeImage(String name) {
        try {
            absent(() -> {
                commands.removeImageCmd(name).exec();
                return name;
            });
        } catch (EngineException e) {
            if (e.reason() != EngineException.Reason.CONFLICT) {
                throw e;
            }
            LOG.debugf("image still used image=%s", name);
        }
    }

    @Override
    public void close() {
        close(commands);
        close(streams);
    }
}
