package io.vyra.modulemanager.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Traefik that takes its routes from the labels of an engine's containers, in a network of the test's own. */
final class Gateway implements AutoCloseable {
    private static final Path PROGRAM =
            Path.of(System.getProperty("checkout"), "modulemanager-container/target/traefik/traefik");

    private final Process process;

    /**
     * @param port   at which it listens in that network, on all addresses
     * @param folder for its log
     */
    Gateway(NetworkNamespace network, TestEngine engine, int port, Path folder) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IOException(
                    "There is no Traefik at " + PROGRAM
                            + "; modulemanager-container/src/test/traefik/install.sh builds it, and ./mm test --all does so by itself");
        }
        process = network.start(
                "sh",
                "-c",
                "exec \"$@\" >\"$0\" 2>&1",
                folder.resolve("traefik.log").toString(),
                PROGRAM.toString(),
                "--providers.docker.endpoint=" + engine.address(),
                "--providers.docker.exposedbydefault=false",
                "--entrypoints.web.address=:" + port,
                "--global.checknewversion=false",
                "--global.sendanonymoususage=false",
                "--log.level=INFO");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
