package io.vyra.modulemanager.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.modulemanager.container.engine.ContainerEvent;
import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.ContainerState.Phase;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.EngineException.Reason;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.engine.ImageFacts;
import io.vyra.modulemanager.container.engine.LogPiece;
import io.vyra.modulemanager.container.engine.StreamListener;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.runtime.ModuleProcess.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An engine of paper: containers and images are notes, and it can be away, or go away in the middle of any command. Thread-safe. */
public final class PaperEngine implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Paper(String name, String image, ContainerState state) {}

    private record Listening(StreamListener<ContainerEvent> listener) {}

    private final Map<String, Paper> containers = new TreeMap<>();
    private final Map<String, ImageFacts> images = new TreeMap<>();
    private final Map<String, byte[]> archives = new TreeMap<>();
    private final List<ContainerSettings> created = new ArrayList<>();
    private final Set<String> nameless = new TreeSet<>();
    private final List<Listening> listeners = new ArrayList<>();
    private final Map<String, List<StreamListener<LogPiece>>> followers = new TreeMap<>();
    private final List<String> commands = new ArrayList<>();
    private boolean isAway;
    private int commandsLeft = Integer.MAX_VALUE;
    private boolean obeysTheLast;
    private int next = 1;
    private EngineFacts facts = new EngineFacts(EngineFacts.Kind.DOCKER, "20.10.24", "2", "overlay2", Optional.empty());

    /** From now on nobody answers; events stop. */
    public void goAway() {
        List<Listening> told;
        synchronized (this) {
            isAway = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(one -> one.listener().ended(Optional.of("gone")));
    }

    public synchronized void comeBack() {
        isAway = false;
        commandsLeft = Integer.MAX_VALUE;
    }

    /** Answers so many commands, then is away. @param obeysTheLast whether it still does what it no longer answers */
    public synchronized void goAwayAfter(int count, boolean obeys) {
        commandsLeft = count;
        obeysTheLast = obeys;
    }

    public synchronized void is(EngineFacts other) {
        facts = other;
    }

    public synchronized boolean isListenedTo() {
        return !listeners.isEmpty();
    }

    public synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    public synchronized List<ContainerState> all() {
        return containers.values().stream().map(Paper::state).toList();
    }

    /** What it was asked for, of every container it made. */
    public synchronized List<ContainerSettings> created() {
        return List.copyOf(created);
    }

    public synchronized byte[] archive(String name) {
        return archives.get(name);
    }

    /** The container's program ends, or is ended. */
    public void end(String id, int code, boolean outOfMemory, boolean heard) {
        synchronized (this) {
            Paper paper = containers.get(id);
            ContainerState was = paper.state();
            containers.put(
                    id,
                    new Paper(
                            paper.name(),
                            paper.image(),
                            new ContainerState(
                                    id,
                                    Phase.ENDED,
                                    0,
                                    code,
                                    outOfMemory,
                                    was.startedAt(),
                                    Optional.of(Instant.now()),
                                    "",
                                    was.labels())));
        }
        endLogs(id);
        if (heard) {
            tell(new ContainerEvent(id, OptionalInt.of(code)));
        }
    }

    /** Something happens to a container that is not its end, such as a signal. */
    public void happen(String id) {
        tell(new ContainerEvent(id, OptionalInt.empty()));
    }

    /** Somebody removes it behind the manager's back. */
    public void vanish(String id, OptionalInt code) {
        synchronized (this) {
            containers.remove(id);
        }
        endLogs(id);
        tell(new ContainerEvent(id, code));
    }

    private void tell(ContainerEvent event) {
        List<Listening> told;
        synchronized (this) {
            told = List.copyOf(listeners);
        }
        told.forEach(one -> one.listener().next(event));
    }

    /** Returns whether the answer gets lost. */
    private boolean command(String words) {
        if (isAway) {
            throw new EngineException(Reason.UNREACHABLE, "the engine is away");
        }
        commands.add(words);
        // Whoever follows a log inspects whenever it likes.
        if (!words.equals("inspect")) {
            commandsLeft--;
        }
        if (commandsLeft < 0) {
            isAway = true;
            if (obeysTheLast) {
                return true;
            }
            throw new EngineException(Reason.UNREACHABLE, "the engine went away at " + words);
        }
        return false;
    }

    private static void answer(boolean isLost) {
        if (isLost) {
            throw new EngineException(Reason.UNREACHABLE, "the engine went away before it answered");
        }
    }

    @Override
    public synchronized EngineFacts facts() {
        answer(command("facts"));
        return facts;
    }

    @Override
    public synchronized Created create(ContainerSettings settings) {
        boolean isLost = command("create");
        if (containers.values().stream().anyMatch(paper -> paper.name().equals(settings.name()))) {
            throw new EngineException(Reason.CONFLICT, "the name is in use");
        }
        if (!images.containsKey(settings.image())) {
            throw new EngineException(Reason.NOT_FOUND, "no such image");
        }
        created.add(settings);
        String id = "container-" + next;
        next++;
        containers.put(
                id,
                new Paper(
                        settings.name(),
                        images.get(settings.image()).id(),
                        new ContainerState(
                                id,
                                Phase.CREATED,
                                0,
                                0,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                "",
                                settings.labels())));
        answer(isLost);
        return new Created(id, List.of("no swap limit"));
    }

    @Override
    public synchronized void start(String id) {
        boolean isLost = command("start");
        become(id, Phase.RUNNING);
        answer(isLost);
    }

    private void become(String id, Phase phase) {
        Paper paper = containers.get(id);
        if (paper == null) {
            throw new EngineException(Reason.NOT_FOUND, "no such container");
        }
        ContainerState was = paper.state();
        containers.put(
                id,
                new Paper(
                        paper.name(),
                        paper.image(),
                        new ContainerState(
                                id,
                                phase,
                                4_711,
                                0,
                                false,
                                was.startedAt().or(() -> Optional.of(Instant.now())),
                                Optional.empty(),
                                "",
                                was.labels())));
    }

    @Override
    public synchronized Optional<ContainerState> inspect(String id) {
        answer(command("inspect"));
        return Optional.ofNullable(containers.get(id)).map(Paper::state);
    }

    @Override
    public synchronized List<String> find(Map<String, String> labels) {
        answer(command("find"));
        return containers.values().stream()
                .map(Paper::state)
                .filter(state -> state.labels().entrySet().containsAll(labels.entrySet()))
                .map(ContainerState::id)
                .toList();
    }

    @Override
    public void signal(String id, String signal) {
        synchronized (this) {
            answer(command("signal " + signal));
        }
        if (signal.equals("KILL")) {
            end(id, 137, false, true);
        }
    }

    @Override
    public synchronized void pause(String id) {
        answer(command("pause"));
        become(id, Phase.PAUSED);
    }

    @Override
    public synchronized void unpause(String id) {
        answer(command("unpause"));
        become(id, Phase.RUNNING);
    }

    @Override
    public synchronized void remove(String id) {
        boolean isLost = command("remove");
        containers.remove(id);
        answer(isLost);
    }

    @Override
    public synchronized Execution execute(String id, List<String> command, Duration timeout) {
        answer(command("execute " + command.getFirst()));
        return new Execution(Optional.of(0), "");
    }

    @Override
    public Stream events(Map<String, String> labels, Duration back, StreamListener<ContainerEvent> listener) {
        Listening listening = new Listening(listener);
        synchronized (this) {
            if (isAway) {
                throw new EngineException(Reason.UNREACHABLE, "the engine is away");
            }
            listeners.add(listening);
        }
        listener.began();
        return () -> {
            synchronized (this) {
                listeners.remove(listening);
            }
        };
    }

    @Override
    public Stream logs(String id, long since, StreamListener<LogPiece> listener) {
        listener.began();
        boolean isOver;
        synchronized (this) {
            isOver = !containers.containsKey(id) || !containers.get(id).state().isAlive();
            if (!isOver) {
                followers.computeIfAbsent(id, any -> new ArrayList<>()).add(listener);
            }
        }
        if (isOver) {
            listener.ended(Optional.empty());
        }
        return () -> {};
    }

    private void endLogs(String id) {
        List<StreamListener<LogPiece>> told;
        synchronized (this) {
            told = followers.containsKey(id) ? followers.remove(id) : List.of();
        }
        told.forEach(listener -> listener.ended(Optional.empty()));
    }

    @Override
    public Stream usage(String id, StreamListener<Usage> listener) {
        listener.next(new Usage(1, 2, 3));
        return () -> {};
    }

    @Override
    public synchronized Optional<ImageFacts> image(String name) {
        answer(command("image"));
        return Optional.ofNullable(images.get(name))
                .or(() -> images.values().stream()
                        .filter(image -> image.id().equals(name))
                        .findFirst());
    }

    @Override
    public synchronized List<String> imageNames(String prefix) {
        answer(command("names"));
        return images.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public synchronized InputStream save(String name) {
        answer(command("save"));
        String tag = images.entrySet().stream()
                .filter(entry ->
                        entry.getKey().equals(name) || entry.getValue().id().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
        return new ByteArrayInputStream(archives.get(tag));
    }

    /** Takes an archive in as engines do: by its manifest, and only when every layer is there and is what it must be. */
    @Override
    public void load(InputStream archive) {
        synchronized (this) {
            answer(command("load"));
        }
        try {
            byte[] bytes = archive.readAllBytes();
            Map<String, byte[]> files = entries(bytes);
            JsonNode image = JSON.readTree(files.get("manifest.json")).get(0);
            byte[] config = files.get(image.get("Config").asText());
            JsonNode read = JSON.readTree(config);
            List<String> layers = new ArrayList<>();
            for (int i = 0; i < image.get("Layers").size(); i++) {
                byte[] layer = files.get(image.get("Layers").get(i).asText());
                String wanted = read.path("rootfs").path("diff_ids").get(i).asText();
                if (layer == null || !("sha256:" + TestImage.sha256(layer)).equals(wanted)) {
                    throw new EngineException(Reason.REFUSED, "invalid layer " + i);
                }
                layers.add(wanted);
            }
            Map<String, String> labels = new TreeMap<>();
            read.path("config")
                    .path("Labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            List<String> volumes = new ArrayList<>();
            read.path("config").path("Volumes").fieldNames().forEachRemaining(volumes::add);
            synchronized (this) {
                for (JsonNode tag : image.get("RepoTags")) {
                    String name = tag.asText();
                    ImageFacts before = images.put(
                            name,
                            new ImageFacts(
                                    "sha256:" + TestImage.sha256(config),
                                    List.of(name),
                                    layers,
                                    labels,
                                    Set.copyOf(volumes),
                                    bytes.length));
                    archives.put(name, bytes);
                    if (before != null && !hasName(before.id())) {
                        nameless.add(before.id());
                    }
                }
            }
        } catch (IOException e) {
            throw new EngineException(Reason.REFUSED, "unexpected EOF: " + e.getMessage(), e);
        }
    }

    static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }

    @Override
    public synchronized void pull(String name, Duration patience) {
        answer(command("pull " + name));
        images.put(name, new ImageFacts("sha256:pulled", List.of(name), List.of(), Map.of(), Set.of(), 0));
    }

    private boolean hasName(String id) {
        return images.values().stream().anyMatch(image -> image.id().equals(id));
    }

    /** Ids of images that lost their last name to another one. */
    public synchronized Set<String> nameless() {
        return Set.copyOf(nameless);
    }

    @Override
    public synchronized void tag(String id, String name) {
        answer(command("tag " + name));
        String other = images.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new EngineException(Reason.NOT_FOUND, "no such image"))
                .getKey();
        images.put(name, images.get(other));
        archives.put(name, archives.get(other));
    }

    @Override
    public synchronized boolean removeImage(String name) {
        answer(command("untag " + name));
        ImageFacts found = images.get(name);
        long names = images.values().stream()
                .filter(image -> found != null && image.id().equals(found.id()))
                .count();
        if (names == 1
                && containers.values().stream().anyMatch(paper -> paper.image().equals(found.id()))) {
            return false;
        }
        images.remove(name);
        archives.remove(name);
        return true;
    }

    @Override
    public void close() {}
}
