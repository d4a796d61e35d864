package io.vyra.modulemanager.ros2.rcljava;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.ros2.rcljava.executors.BaseExecutor;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.service.RMWRequestId;
import org.ros2.rcljava.service.Service;

/**
 * Sends the answer to a request whose callback has ended. rcljava has that as a private method of its executor, which calls it right after the
 * callback. Only in the port's thread: {@code rcl_send_response} is for one thread at a time.
 */
final class LateAnswers {
    private static final System.Logger LOG = System.getLogger(LateAnswers.class.getName());

    private final Method method;

    private LateAnswers(Method method) {
        this.method = method;
    }

    /** Empty when this rcljava has no such method; then a callback must wait for its answer. */
    static Optional<LateAnswers> find() {
        try {
            Method method = BaseExecutor.class.getDeclaredMethod(
                    "nativeSendServiceResponse",
                    long.class,
                    RMWRequestId.class,
                    long.class,
                    long.class,
                    long.class,
                    MessageDefinition.class);
            method.setAccessible(true);
            return Optional.of(new LateAnswers(method));
        } catch (NoSuchMethodException | InaccessibleObjectException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "This rcljava answers requests one after the other: a slow service holds up all others",
                    e);
            return Optional.empty();
        }
    }

    /** Nothing happens when the service has been disposed of meanwhile: its memory is gone. */
    void send(Service<?> service, RMWRequestId request, MessageDefinition response) {
        long handle = service.getHandle();
        if (handle == 0) {
            return;
        }
        try {
            method.invoke(
                    null,
                    handle,
                    request,
                    response.getFromJavaConverterInstance(),
                    response.getToJavaConverterInstance(),
                    response.getDestructorInstance(),
                    response);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("rcljava did not send an answer", e);
        }
    }
}
