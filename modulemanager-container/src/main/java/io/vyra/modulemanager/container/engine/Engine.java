package io.vyra.modulemanager.container.engine;

import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.runtime.ModuleProcess.Usage;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container engine. Thread-safe; every method may throw {@link EngineException}, which says whether the engine was there.
 */
public interface Engine extends AutoCloseable {

    EngineFacts facts();

    /** @param warnings what the engine does not enforce, in its words */
    record Created(String id, List<String> warnings) {}

    /** Makes a container, which does not run yet. The name is the lock: an engine makes no second one of that name. */
    Created create(ContainerSettings settings);

    void start(String id);

    /** Empty when there is none. */
    Optional<ContainerState> inspect(String id);

    /** Ids of the containers with all these labels, running or not. */
    List<String> find(Map<String, String> labels);

    /** @param signal without {@code SIG}; goes to the container's first process */
    void signal(String id, String signal);

    void pause(String id);

    void unpause(String id);

    /** Ends it if it runs, and removes it. Nothing happens when there is none. */
    void remove(String id);

    /** @param output the beginning of what the program printed */
    record Execution(Optional<Integer> code, String output) {}

    /** Runs a program in the container; the code is empty when it took too long. */
    Execution execute(String id, List<String> command, Duration timeout);

    /** A stream that goes on until it is closed or the engine ends it. */
    interface Stream extends AutoCloseable {
        @Override
        void close();
    }

    /** Events of the containers with all these labels, and those of the last {@code back}. */
    Stream events(Map<String, String> labels, Duration back, StreamListener<ContainerEvent> listener);

    /** What it printed since this time in seconds since 1970, and goes on printing; ends with the container. */
    Stream logs(String id, long since, StreamListener<LogPiece> listener);

    /** Its use of resources about once a second. */
    Stream usage(String id, StreamListener<Usage> listener);

    /** Empty when the engine has none of this name. */
    Optional<ImageFacts> image(String name);

    /** Names of images that begin so. */
    List<String> imageNames(String prefix);

    /** The image as an archive, as {@code docker save} makes it. */
    InputStream save(String name);

    /** Takes an archive in, as {@code docker load} does. */
    void load(InputStream archive);

    /**
     * Gives an image one more name.
     *
     * @param name with a tag
     */
    void tag(String id, String name);

    /** Fetches an image from its registry. */
    void pull(String name, Duration patience);

    /**
     * Removes a name, and the image with its last one. Nothing happens when there is none, or a container uses it.
     *
     * @return false when a container uses it
     */
    boolean removeImage(String name);

    @Override
    void close();
}
