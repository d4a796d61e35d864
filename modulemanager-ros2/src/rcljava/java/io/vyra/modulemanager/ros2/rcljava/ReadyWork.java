package io.vyra.modulemanager.ros2.rcljava;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ros2.rcljava.executors.AnyExecutable;
import org.ros2.rcljava.executors.BaseExecutor;
import org.ros2.rcljava.node.Node;

/**
 * rcljava's executor by hand: after a turn it remembers nothing that was ready, as {@code SingleThreadedExecutor} does, so that what is disposed
 * of between two turns is not touched again.
 */
final class ReadyWork extends BaseExecutor implements SpinThread.Turn {
    private static final System.Logger LOG = System.getLogger(ReadyWork.class.getName());

    /** What is to be made waits at most that long. */
    private static final long PATIENCE = Duration.ofMillis(20).toNanos();

    private final Node node;

    ReadyWork(Node node) {
        this.node = node;
        addNode(() -> node);
    }

    /** rcljava has noted already that this was its turn, so that a callback that throws leaves nothing behind. */
    private void execute(AnyExecutable ready) {
        try {
            executeAnyExecutable(ready);
        } catch (ServiceHandlers.AnsweredLater e) {
            LOG.log(System.Logger.Level.TRACE, "A request is answered later", e);
        }
    }

    @Override
    public void take() {
        if (node.getSubscriptions().isEmpty()
                && node.getServices().isEmpty()
                && node.getClients().isEmpty()) {
            // The executor does not wait for nothing.
            LockSupport.parkNanos(PATIENCE);
            return;
        }
        waitForWork(PATIENCE);
        for (AnyExecutable next = getNextExecutable(); next != null; next = getNextExecutable()) {
            execute(next);
        }
    }
}
