package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.runtime.ModuleProcess.Usage;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final EngineAddress address;
    private final DockerClient commands;
    private final DockerClient streams;
    private final EngineCalls calls;
    private final EngineStreams heard;
    private final EngineExecution execution;
    private final EngineImages images;

    public DockerEngine(EngineAddress address, Optional<EngineTls> tls) {
        this.address = address;
        DockerClientConfig configuration = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address.toString())
                .withDockerTlsVerify(false)
                .withApiVersion(API)
                .build();
        this.commands = client(configuration, address, tls, Optional.of(ANSWER_LIMIT));
        this.streams = client(configuration, address, tls, Optional.empty());
        this.calls = new EngineCalls(address, tls);
        this.heard = new EngineStreams(calls);
        this.execution = new EngineExecution(commands, streams, calls, address.isLocal());
        this.images = new EngineImages(commands, streams, calls);
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

    @Override
    public EngineFacts facts() {
        return calls.query(() -> EngineAnswers.facts(
                commands.versionCmd().exec(), commands.infoCmd().exec(), address));
    }

    @Override
    public Created create(ContainerSettings settings) {
        return calls.ask(() -> {
            CreateContainerResponse made = CreateRequest.of(commands.createContainerCmd(settings.image()), settings)
                    .exec();
            String[] warnings = made.getWarnings();
            return new Created(made.getId(), warnings == null ? List.of() : Arrays.asList(warnings));
        });
    }

    @Override
    public void start(String id) {
        calls.tell(() -> {
            try {
                commands.startContainerCmd(id).exec();
            } catch (NotModifiedException e) {
                LOG.debugf("container runs already container=%s", id);
            }
        });
    }

    @Override
    public Optional<ContainerState> inspect(String id) {
        return calls.absent(() -> calls.query(
                () -> EngineAnswers.state(commands.inspectContainerCmd(id).exec())));
    }

    @Override
    public List<String> find(Map<String, String> labels) {
        return calls.query(() -> commands.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                .map(Container::getId)
                .toList());
    }

    @Override
    public void signal(String id, String signal) {
        calls.tell(
                () -> commands.killContainerCmd(id).withSignal("SIG" + signal).exec());
    }

    @Override
    public void pause(String id) {
        calls.tell(() -> commands.pauseContainerCmd(id).exec());
    }

    @Override
    public void unpause(String id) {
        calls.tell(() -> commands.unpauseContainerCmd(id).exec());
    }

    @Override
    public void remove(String id) {
        calls.absent(() -> {
            commands.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return id;
        });
    }

    @Override
    public Execution execute(String id, List<String> command, Duration timeout) {
        return execution.run(id, command, timeout);
    }

    @Override
    public Stream events(Map<String, String> labels, Duration back, StreamListener<ContainerEvent> listener) {
        long since = Instant.now().minus(back).getEpochSecond();
        return heard.begin(
                streams.eventsCmd()
                        .withSince(Long.toString(since))
                        .withEventTypeFilter(EventType.CONTAINER)
                        .withLabelFilter(labels),
                listener,
                EngineAnswers::event);
    }

    @Override
    public Stream logs(String id, long since, StreamListener<LogPiece> listener) {
        return heard.begin(
                streams.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTimestamps(true)
                        .withFollowStream(true)
                        .withSince((int) Math.min(since, Integer.MAX_VALUE)),
                listener,
                DockerEngine::piece);
    }

    private static Optional<LogPiece> piece(Frame frame) {
        return Optional.of(new LogPiece(frame.getStreamType() == StreamType.STDERR, frame.getPayload()));
    }

    @Override
    public Stream usage(String id, StreamListener<Usage> listener) {
        return heard.begin(streams.statsCmd(id), listener, EngineAnswers::usage);
    }

    @Override
    public Optional<ImageFacts> image(String name) {
        return images.find(name);
    }

    @Override
    public List<String> imageNames(String prefix) {
        return images.names(prefix);
    }

    @Override
    public InputStream save(String name) {
        return images.save(name);
    }

    @Override
    public void load(InputStream archive) {
        images.load(archive);
    }

    @Override
    public void tag(String id, String name) {
        images.tag(id, name);
    }

    @Override
    public void pull(String name, Duration patience) {
        images.pull(name, patience);
    }

    @Override
    public boolean removeImage(String name) {
        return images.remove(name);
    }

    @Override
    public void close() {
        EngineStreams.close(commands);
        EngineStreams.close(streams);
    }
}
