package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs programs in containers that run already. Thread-safe. */
final class EngineExecution {
    private static final Logger LOG = Logger.getLogger(EngineExecution.class);
    private static final int MOST_OUTPUT = 4_096;

    private final DockerClient commands;
    private final DockerClient streams;
    private final EngineCalls calls;
    private final boolean isLocal;

    /** @param isLocal whether the engine's processes are this machine's */
    EngineExecution(DockerClient commands, DockerClient streams, EngineCalls calls, boolean isLocal) {
        this.commands = commands;
        this.streams = streams;
        this.calls = calls;
        this.isLocal = isLocal;
    }

    Engine.Execution run(String container, List<String> command, Duration timeout) {
        String execution = calls.ask(() -> commands.execCreateCmd(container)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(command.toArray(String[]::new))
                .exec()
                .getId());
        Output output = new Output();
        boolean ended;
        try {
            ended = calls.ask(() -> await(streams.execStartCmd(execution).exec(output), timeout));
        } finally {
            EngineStreams.close(output);
        }
        if (!ended) {
            end(execution);
            return new Engine.Execution(Optional.empty(), output.words());
        }
        Long code = calls.ask(() -> commands.inspectExecCmd(execution).exec().getExitCodeLong());
        return new Engine.Execution(Optional.of(code == null ? -1 : code.intValue()), output.words());
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
    private void end(String execution) {
        if (isLocal) {
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

    /** The beginning of what was printed. */
    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onNext(Frame frame) {
            synchronized (text) {
                if (text.length() < MOST_OUTPUT) {
                    text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
            }
        }

        String words() {
            synchronized (text) {
                return text.toString();
            }
        }
    }
}
