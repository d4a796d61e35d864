package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The images of an engine. Thread-safe. */
final class EngineImages {
    private static final Logger LOG = Logger.getLogger(EngineImages.class);

    private final DockerClient commands;
    private final DockerClient streams;
    private final EngineCalls calls;

    EngineImages(DockerClient commands, DockerClient streams, EngineCalls calls) {
        this.commands = commands;
        this.streams = streams;
        this.calls = calls;
    }

    Optional<ImageFacts> find(String name) {
        return calls.absent(() -> calls.query(
                () -> EngineAnswers.image(commands.inspectImageCmd(name).exec())));
    }

    List<String> names(String prefix) {
        return calls.query(() -> {
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

    InputStream save(String name) {
        return calls.ask(() -> streams.saveImageCmd(name).exec());
    }

    void load(InputStream archive) {
        Complaints<LoadResponseItem> complaints = new Complaints<>();
        calls.ask(() -> {
            try {
                return streams.loadImageAsyncCmd(archive).exec(complaints).awaitCompletion();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the image was loaded", e);
            } finally {
                EngineStreams.close(complaints);
            }
        });
        complaints.requireNone();
    }

    /** What an engine says with a status that promises success. */
    private static final class Complaints<A extends ResponseItem> extends ResultCallback.Adapter<A> {
        private final List<String> said = new ArrayList<>();

        @Override
        public synchronized void onNext(A item) {
            if (item.getErrorDetail() != null) {
                said.add(String.valueOf(item.getErrorDetail().getMessage()));
            } else if (item.getError() != null) {
                said.add(item.getError());
            }
        }

        synchronized void requireNone() {
            if (!said.isEmpty()) {
                throw new EngineException(EngineException.Reason.REFUSED, String.join("; ", said));
            }
        }
    }

    /** Not with docker-java's own callback, which takes no answer without a status, as Podman's to a failure is. */
    void pull(String name, Duration patience) {
        Complaints<PullResponseItem> complaints = new Complaints<>();
        boolean ended = calls.ask(() -> {
            try {
                return streams.pullImageCmd(name)
                        .exec(complaints)
                        .awaitCompletion(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the image was pulled", e);
            } finally {
                EngineStreams.close(complaints);
            }
        });
        complaints.requireNone();
        if (!ended) {
            throw new EngineException(
                    EngineException.Reason.REFUSED, "it was not there after " + patience.toSeconds() + " s");
        }
    }

    void tag(String id, String name) {
        int colon = name.lastIndexOf(':');
        calls.tell(() -> commands.tagImageCmd(id, name.substring(0, colon), name.substring(colon + 1))
                .exec());
    }

    boolean remove(String name) {
        try {
            calls.absent(() -> {
                commands.removeImageCmd(name).exec();
                return name;
            });
            return true;
        } catch (EngineException e) {
            if (e.reason() != EngineException.Reason.CONFLICT) {
                throw e;
            }
            LOG.debugf("image still used image=%s", name);
            return false;
        }
    }
}
