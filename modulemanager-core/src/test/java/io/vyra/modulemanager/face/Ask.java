package io.vyra.modulemanager.face;

import java.nio.file.Path;
import java.util.Optional;

/** What somebody asks of the manager, whatever carries it; an absent part is left out of the message. */
public sealed interface Ask {

    /** @param phase only modules in this one */
    record ListModules(Optional<String> phase) implements Ask {}

    record GetModule(String id) implements Ask {}

    record ExplainModule(String id) implements Ask {}

    /** @param command such as {@code start} */
    record Command(String id, String command) implements Ask {}

    /** A command that is done once, however often it is asked for. @param key of idempotency */
    record KeyedCommand(String id, String command, String key) implements Ask {}

    record Install(
            Optional<String> name, Optional<String> version, Optional<String> repository, Optional<String> instanceId)
            implements Ask {
        public static Install of(String name) {
            return new Install(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Install withVersion(String range) {
            return new Install(name, Optional.of(range), repository, instanceId);
        }

        public Install withRepository(String id) {
            return new Install(name, version, Optional.of(id), instanceId);
        }

        public Install withInstance(String uuid) {
            return new Install(name, version, repository, Optional.of(uuid));
        }
    }

    record Update(String id, String version) implements Ask {}

    record Remove(String id) implements Ask {}

    /** @param ifMatch the tag that the module had when it was read; {@code *} for any */
    record ChangeAlias(String id, String alias, Optional<String> ifMatch) implements Ask {}

    record Upload(Path file) implements Ask {}

    record GetOperation(String id) implements Ask {}

    record CancelOperation(String id) implements Ask {}
}
