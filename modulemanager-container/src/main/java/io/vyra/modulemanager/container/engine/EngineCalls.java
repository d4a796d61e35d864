package io.vyra.modulemanager.container.engine;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks an engine, and turns what goes wrong into an {@link EngineException} in the engine's own words. Thread-safe. */
final class EngineCalls {
    private static final int ATTEMPTS = 4;
    private static final String MESSAGE = "\"message\":\"";
    private static final String GONE = "\"cause\":\"no such container\"";

    private final EngineAddress address;
    private final Optional<EngineTls> tls;

    EngineCalls(EngineAddress address, Optional<EngineTls> tls) {
        this.address = address;
        this.tls = tls;
    }

    <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineException e) {
            throw e;
        } catch (NotFoundException e) {
            throw new EngineException(EngineException.Reason.NOT_FOUND, words(e), e);
        } catch (ConflictException e) {
            throw new EngineException(EngineException.Reason.CONFLICT, words(e), e);
        } catch (DockerException e) {
            throw new EngineException(
                    isGone(e) ? EngineException.Reason.NOT_FOUND : EngineException.Reason.REFUSED, words(e), e);
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    /** Podman that is asked about a container while it removes it answers with status 500, not 404. */
    private static boolean isGone(DockerException e) {
        return String.valueOf(e.getMessage()).contains(GONE);
    }

    /**
     * A question, which may be asked again. After a restart of the engine the connections that were kept from before are dead, and each is
     * found to be so only by using it.
     */
    <T> T query(Supplier<T> question) {
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

    void tell(Runnable command) {
        ask(() -> {
            command.run();
            return null;
        });
    }

    /** Empty instead of {@code NOT_FOUND}. */
    <T> Optional<T> absent(Supplier<T> question) {
        try {
            return Optional.of(ask(question));
        } catch (EngineException e) {
            if (e.reason() == EngineException.Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private EngineException unreachable(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String why = tls.flatMap(files -> TlsTrouble.words(e, files)).orElseGet(cause::getMessage);
        return new EngineException(
                EngineException.Reason.UNREACHABLE,
                "the container engine at " + address + " does not answer: " + why,
                e);
    }

    /** Engines answer with {@code {"message":"…"}}; people want the text in it. */
    static String words(DockerException e) {
        String text = e.getMessage() == null ? "" : e.getMessage();
        int begin = text.indexOf(MESSAGE);
        int end = text.lastIndexOf('"');
        if (begin < 0 || end <= begin + MESSAGE.length()) {
            return text.strip();
        }
        // Podman puts other keys behind it.
        String rest = text.substring(begin + MESSAGE.length(), end);
        int next = rest.indexOf("\",\"");
        return (next < 0 ? rest : rest.substring(0, next))
                .replace("\\\"", "\"")
                .replace("\\n", " ")
                .strip();
    }
}
