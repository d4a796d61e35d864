package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A builder that has the layers of a build before, but nothing of its cache mounts, as one that took the layers from a registry. Only root
 * has an engine of the test's own, whose mounts may be emptied.
 */
@Tag("slow")
@Timeout(3600)
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class MountlessBuildIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final String IMAGE = "v2_modulemanager:mountless";

    @Test
    void shouldFetchNothingAfterAChangeOfCode() throws Exception {
        try (ContainerEngine engine = ContainerEngine.start(CHECKOUT)) {
            engine.base("builder");
            engine.base("runtime");
            Path context = engine.copySources();
            List<String> options =
                    new ArrayList<>(List.of("-t", IMAGE, "--build-arg", "VYRA_SLIM=true", "--build-arg", "AOT=false"));
            engine.build(context, options).successful();
            String before = id(engine);

            engine.run("builder", "prune", "--force", "--filter", "type=exec.cachemount");
            // More than the code of methods, so that Maven and Quarkus run; in a library, in what is built on it, and
            // in the page.
            Files.writeString(
                    context.resolve("protocol-zenoh/src/main/java/io/vyra/zenoh/Changed.java"),
                    "package io.vyra.zenoh;\n\n/** New. */\npublic final class Changed {}\n");
            Files.writeString(
                    context.resolve("modulemanager-core/src/main/java/io/vyra/modulemanager/manager/Changed.java"),
                    "package io.vyra.modulemanager.manager;\n\n/** New. */\npublic final class Changed {}\n");
            Path page = context.resolve("frontend/src/main.ts");
            Files.writeString(page, Files.readString(page) + "\nconsole.info('changed')\n");
            options.add("--network=none");
            engine.build(context, options).successful();

            assertThat(id(engine)).isNotEqualTo(before);
        }
    }

    private static String id(ContainerEngine engine) throws Exception {
        return engine.run("inspect", "--format={{.Id}}", IMAGE);
    }
}
