package io.vyra.modulemanager.module;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a module wants of the container it runs in: the part of {@code .module/module_runtime.yaml} that a plain process does without.
 *
 * @param image        what the container is made of
 * @param entrypoint   replaces the image's; empty: the image's own
 * @param network      {@code host}, {@code bridge}, {@code none} or a network of the engine; empty: the manager's default
 * @param storage      where the module's storage appears, absolute
 * @param readOnlyRoot whether everything but storage and {@code /tmp} is read-only
 * @param capabilities Linux capabilities it keeps, without {@code CAP_}; all others are dropped
 * @param init         whether the engine's init is its first process, which reaps and passes signals on
 * @param wishes       what only an administrator may grant
 * @param order        what comes first in an update, as far as it is the author's to say
 */
public record ContainerSpec(
        Image image,
        List<String> entrypoint,
        Optional<String> network,
        String storage,
        boolean readOnlyRoot,
        List<String> capabilities,
        boolean init,
        Wishes wishes,
        UpdateOrder order) {
    public static final String DEFAULT_STORAGE = "/storage";

    public ContainerSpec {
        Objects.requireNonNull(image, "image");
        entrypoint = List.copyOf(entrypoint);
        capabilities = List.copyOf(capabilities);
        if (!storage.startsWith("/") || storage.equals("/")) {
            throw new IllegalArgumentException("storage must be an absolute path below / but is '" + storage + "'");
        }
    }

    /** One that stops before its next version is started. */
    public ContainerSpec(
            Image image,
            List<String> entrypoint,
            Optional<String> network,
            String storage,
            boolean readOnlyRoot,
            List<String> capabilities,
            boolean init,
            Wishes wishes) {
        this(image, entrypoint, network, storage, readOnlyRoot, capabilities, init, wishes, UpdateOrder.STOP_FIRST);
    }

    public ContainerSpec with(UpdateOrder other) {
        return new ContainerSpec(image, entrypoint, network, storage, readOnlyRoot, capabilities, init, wishes, other);
    }

    /** What a container is made of. */
    public sealed interface Image {

        /**
         * A file of the package: the archive that {@code docker save} makes, or a delta archive on a base image.
         *
         * @param file   relative to the module's tree
         * @param sha256 of the file, 64 lower-case hexadecimal digits
         */
        record Archive(String file, Optional<String> sha256) implements Image {}

        /** An image that the engine has, or gets from a registry; with {@code @sha256:…} it can never be another one. */
        record Reference(String name) implements Image {}

        /**
         * An archive that the repository offers beside the package, named in its index. It is fetched with the package and put into the
         * module's tree as {@link #FILE}.
         *
         * @param variant which of the images, for example {@code production}
         */
        record Offered(String variant) implements Image {
            public static final String FILE = ".module/image.tar.gz";
            static final String VARIANT = "[a-z][a-z0-9-]{0,63}";

            public static boolean isVariant(String name) {
                return name.matches(VARIANT);
            }
        }
    }

    /**
     * What a container is refused unless an administrator allowed it for the module.
     *
     * @param privileged all capabilities and devices of the machine
     * @param hostPid    sees and may signal every process of the machine
     * @param mounts     folders and files of the machine outside the module's storage
     */
    public record Wishes(boolean privileged, boolean hostPid, List<Mount> mounts) {
        public static final Wishes NONE = new Wishes(false, false, List.of());

        public Wishes {
            mounts = List.copyOf(mounts);
        }
    }

    /**
     * @param source absolute path on the machine
     * @param target absolute path in the container
     */
    public record Mount(String source, String target, boolean readOnly) {}
}
