package io.vyra.modulemanager.container.image;

import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Holds an image against the space that the engine's disk has left, before the engine fills it. Stateless. */
final class ImageSpace {
    private static final Logger LOG = Logger.getLogger(ImageSpace.class);
    /**
     * An engine unpacks an archive beside the layers it makes of it. The layers of a base image are there already, but the engine writes
     * them out when it saves the base, and takes them in again with the whole archive.
     */
    private static final int COPIES = 2;

    private static final long RESERVE = 64L << 20;

    /** How many bytes may be written below a folder. */
    @FunctionalInterface
    interface FreeBytes {
        long below(Path folder) throws IOException;
    }

    private final FreeBytes free;

    ImageSpace(FreeBytes free) {
        this.free = free;
    }

    static ImageSpace real() {
        return new ImageSpace(folder -> Files.getFileStore(folder).getUsableSpace());
    }

    /**
     * Nothing happens where the engine's disk cannot be seen from here.
     *
     * @param own      bytes of the layers that are new
     * @param ofBase   bytes of those that its base image has; 0 without one
     * @throws ProblemException {@code DISK_FULL}
     */
    void require(String what, long own, long ofBase, EngineFacts facts) {
        Optional<Path> root = facts.dataRoot().filter(Files::isDirectory);
        if (root.isEmpty()) {
            return;
        }
        long needed = COPIES * (own + ofBase) + RESERVE;
        try {
            long left = free.below(root.get());
            if (left < needed) {
                throw new ProblemException(
                        ProblemType.DISK_FULL,
                        what + " needs " + needed + " bytes in " + root.get()
                                + ", where the container engine keeps images, but " + left
                                + " are free. Remove what is not used there, or modules that are not needed.");
            }
        } catch (IOException e) {
            LOG.debugf("free space of the engine unknown folder=%s cause=%s", root.get(), e.toString());
        }
    }
}
