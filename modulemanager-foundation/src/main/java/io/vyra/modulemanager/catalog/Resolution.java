package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** What the {@link Resolver} found. */
sealed interface Resolution {

    /**
     * @param choices  dependencies first, the module asked for last
     * @param warnings optional dependencies that stay out, and newer versions that do not fit
     */
    record Found(List<Choice> choices, List<String> warnings) implements Resolution {
        public Found {
            choices = List.copyOf(choices);
            warnings = List.copyOf(warnings);
        }
    }

    /** No choice satisfies everything; the problem names who needs what. */
    record Impossible(Problem problem) implements Resolution {}

    /** What is to become of one module name. */
    sealed interface Choice {
        String name();

        Semver version();

        List<Dependency> dependencies();

        /** An installed instance stays as it is. */
        record Keep(Installed installed) implements Choice {
            @Override
            public String name() {
                return installed.id().name();
            }

            @Override
            public Semver version() {
                return installed.version();
            }

            @Override
            public List<Dependency> dependencies() {
                return installed.dependencies();
            }
        }

        /**
         * A version is brought in.
         *
         * @param replaces   the installed instance to update; empty for a new one
         * @param requiredBy name of the module that needs it; empty for the one asked for
         */
        record Bring(CatalogEntry entry, Optional<Installed> replaces, Optional<String> requiredBy) implements Choice {
            @Override
            public String name() {
                return entry.name();
            }

            @Override
            public Semver version() {
                return entry.version();
            }

            @Override
            public List<Dependency> dependencies() {
                return entry.dependencies();
            }
        }
    }
}
