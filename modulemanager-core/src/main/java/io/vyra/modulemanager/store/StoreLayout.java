package io.vyra.modulemanager.store;

import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * Where things lie under the data folder. All of it is one file system, so that renames are atomic.
 *
 * <pre>
 * modules/{id}/versions/{version}/   package trees
 * modules/{id}/current               link to versions/{version}
 * modules/{id}/storage/              the module's data, kept over updates
 * modules/{id}/snapshots/{operation}/ copies of storage that an operation may return to
 * modules/{id}/logs/
 * kept/{id}/                         storage of a removed module
 * staging/{operation}/               what is not committed yet
 * trash/                             what is to be deleted
 * </pre>
 */
record StoreLayout(Path data) {
    /** Names with this prefix are unfinished and belong to no one after a crash. */
    static final String PARTIAL_PREFIX = ".partial-";

    static final String CURRENT = "current";
    static final String STORAGE = "storage";
    static final String VERSIONS = "versions";
    static final String SNAPSHOTS = "snapshots";
    static final String LOGS = "logs";
    /** What {@code storage} in a version's tree points to. */
    static final Path STORAGE_LINK = Path.of("..", "..", STORAGE);

    private static final Pattern OPERATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    Path modules() {
        return data.resolve("modules");
    }

    Path staging() {
        return data.resolve("staging");
    }

    Path trash() {
        return data.resolve("trash");
    }

    Path kept() {
        return data.resolve("kept");
    }

    Path kept(ModuleId id) {
        return kept().resolve(id.toString());
    }

    Path module(ModuleId id) {
        return modules().resolve(id.toString());
    }

    Path versions(ModuleId id) {
        return module(id).resolve(VERSIONS);
    }

    /** @throws IllegalArgumentException when the text is no semantic version, and so might be no safe file name */
    Path tree(ModuleId id, String version) {
        if (!isVersion(version)) {
            throw new IllegalArgumentException("version must be a semantic version but is '" + version + "'");
        }
        return versions(id).resolve(version);
    }

    static boolean isVersion(String text) {
        return text.length() <= 128 && text.indexOf('/') < 0 && Semver.parse(text) != null;
    }

    Path current(ModuleId id) {
        return module(id).resolve(CURRENT);
    }

    Path storage(ModuleId id) {
        return module(id).resolve(STORAGE);
    }

    Path logs(ModuleId id) {
        return module(id).resolve(LOGS);
    }

    Path snapshot(ModuleId id, String operationId) {
        return module(id).resolve(SNAPSHOTS).resolve(operation(operationId));
    }

    Path staging(String operationId) {
        return staging().resolve(operation(operationId));
    }

    static String operation(String operationId) {
        if (!OPERATION.matcher(operationId).matches()) {
            throw new IllegalArgumentException(
                    "operation id must match " + OPERATION + " but is '" + operationId + "'");
        }
        return operationId;
    }
}
