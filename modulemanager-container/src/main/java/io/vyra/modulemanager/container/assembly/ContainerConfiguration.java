package io.vyra.modulemanager.container.assembly;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vyra.modulemanager.container.settings.Allowance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be configured of containers. Every key is also an environment variable, for example {@code VYRA_CONTAINER_HOST}. */
@ConfigMapping(prefix = "vyra.container")
public interface ContainerConfiguration {

    /** Whether modules may run in containers. Without any such module an engine is neither needed nor asked. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where the engine is: {@code unix:///path} or {@code tcp://host:port}. When absent, {@code DOCKER_HOST} or {@code CONTAINER_HOST}, or
     * the first socket found where Docker and Podman usually have theirs.
     */
    Optional<String> host();

    /** Folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for an engine at {@code tcp://}. */
    Optional<Path> tlsFolder();

    /** Whether an engine at {@code tcp://} that is not this machine may be used without TLS; whoever reaches it has that machine. */
    @WithDefault("false")
    boolean insecure();

    /** Network of modules that do not say: {@code host}, {@code bridge}, {@code none} or the name of one of the engine's. */
    @WithDefault("bridge")
    String network();

    /** Address of this machine on which ports of modules are published. */
    @WithDefault("127.0.0.1")
    String publishOn();

    /** Under which address containers that do not share the machine's network reach the manager. When absent, {@code vyra.manager-url} unless that is a loopback address, which no such container reaches. */
    Optional<String> managerUrl();

    /**
     * Under which addresses, with commas between them, containers that do not share the machine's network reach the bus
     * ({@code ZENOH_CONNECT}). When absent, those of the bus that are no loopback addresses.
     */
    Optional<String> zenohConnect();

    /** Where the engine sees the manager's data folder, for a manager that runs in a container itself. */
    Optional<Path> dataOnEngine();

    /** Whether images that modules refer to may be fetched from registries. */
    @WithDefault("false")
    boolean pull();

    /** How long that may take. */
    @WithDefault("10m")
    Duration pullTimeout();

    /** Largest image of a package, unpacked. */
    @WithDefault("32G")
    MemorySize maxImage();

    /** Most processes and threads of one container. */
    @WithDefault("4096")
    long maxProcesses();

    /** How much of each log the engine keeps for a manager that is not there: size of a file. */
    @WithDefault("10M")
    MemorySize engineLogSize();

    /** And how many such files. */
    @WithDefault("2")
    int engineLogFiles();

    /** Whether containers carry the labels by which a Traefik gateway finds them. */
    @WithDefault("false")
    boolean gateway();

    /** What modules of a name are allowed that is otherwise refused: {@code vyra.container.allow."name"=host-paths,privileged}. */
    Map<String, Set<Allowance>> allow();
}
