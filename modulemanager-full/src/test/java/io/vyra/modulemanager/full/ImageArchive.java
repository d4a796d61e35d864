package io.vyra.modulemanager.full;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An image of two layers in an archive as {@code docker save} writes it. */
final class ImageArchive {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ImageArchive() {}

    /**
     * Writes it to {@code image.tar} in this folder.
     *
     * @param lower a shell's script that makes the files of the lower layer in the folder it runs in
     * @param upper the same of the upper layer
     */
    static Path write(Path folder, String architecture, String environment, String lower, String upper)
            throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), """
                {"config":{"Labels":{"architecture":"any"},"Env":["PATH=/bin","%s"]},"architecture":"%s","os":"linux"}
                """.formatted(environment, architecture));
        Files.writeString(folder.resolve("manifest.json"), """
                [{"Config":"config.json","RepoTags":["base:1"],"Layers":["lower.tar","upper.tar.gz"]}]
                """);
        Command.run(folder, Map.of(), LIMIT, List.of("sh", "-ec", """
                        mkdir lower upper
                        (cd lower; %s)
                        (cd upper; %s)
                        tar -C lower -cf lower.tar .
                        tar -C upper -czf upper.tar.gz .
                        tar -cf image.tar manifest.json config.json lower.tar upper.tar.gz
                        """.formatted(lower, upper)))
                .successful();
        return folder.resolve("image.tar");
    }
}
