package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.Manifest.Permissions;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.semver4j.Semver;

/** Values the tests of this package share. */
final class CatalogFixtures {
    /** Long enough for a busy machine with a cold JVM; small enough in bytes that exceeding them is quick. */
    static final TransferLimits PATIENT = limits(Duration.ofSeconds(60));

    /** For servers that are silent on purpose. */
    static final TransferLimits IMPATIENT = limits(Duration.ofMillis(500));

    static final String UUID = "0123456789abcdef0123456789abcdef";

    private CatalogFixtures() {}

    static Repository repository(String id, String url) {
        return new Repository(id, id, url, 100, true, "", Optional.empty(), Optional.empty());
    }

    static Repository repository(String id, String url, int priority) {
        return new Repository(id, id, url, priority, true, "", Optional.empty(), Optional.empty());
    }

    private static TransferLimits limits(Duration silence) {
        return new TransferLimits(Duration.ofSeconds(60), silence, silence, Duration.ofSeconds(60), 1 << 20, 1 << 20);
    }

    static RepositoryClients clients() {
        return clients(PATIENT, Map.of());
    }

    static RepositoryClients clients(TransferLimits limits, Map<String, String> environment) {
        return new RepositoryClients(limits, new Placeholders(name -> Optional.ofNullable(environment.get(name))));
    }

    static Endpoint endpoint(Repository repository) {
        return Endpoint.of(repository, new Placeholders(name -> Optional.empty()));
    }

    static ModuleId id(String name) {
        return new ModuleId(name, UUID);
    }

    static Dependency needs(String name, String range) {
        return new Dependency(name, VersionRange.parse(range), false);
    }

    static Dependency canUse(String name, String range) {
        return new Dependency(name, VersionRange.parse(range), true);
    }

    static CatalogEntry offering(CatalogEntry entry, Map<String, OfferedImage> images) {
        return new CatalogEntry(
                entry.repositoryId(),
                entry.name(),
                entry.version(),
                entry.instanceId(),
                entry.description(),
                entry.author(),
                entry.blueprints(),
                entry.icon(),
                entry.dependencies(),
                entry.file(),
                entry.size(),
                entry.checksum(),
                images);
    }

    static CatalogEntry entry(String name, String version, Dependency... dependencies) {
        return new CatalogEntry(
                "demo",
                name,
                new Semver(version),
                Optional.empty(),
                "",
                "",
                List.of(),
                Optional.empty(),
                List.of(dependencies),
                URI.create("http://127.0.0.1/" + name + ".tar.gz"),
                OptionalLong.of(1_000),
                Optional.of("0".repeat(64)));
    }

    static InstalledModules.Installed installed(String name, String version, Dependency... dependencies) {
        return installed(name, version, Permissions.DEFAULT, dependencies);
    }

    static InstalledModules.Installed installed(
            String name, String version, Permissions permissions, Dependency... dependencies) {
        return new InstalledModules.Installed(
                id(name), new Semver(version), permissions, List.of(dependencies), false, 0, List.of());
    }

    static ProblemException problemOf(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(ProblemException.class, call);
    }
}
