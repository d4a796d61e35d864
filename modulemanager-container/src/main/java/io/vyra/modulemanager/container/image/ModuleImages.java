package io.vyra.modulemanager.container.image;

import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.ImageFacts;
import io.vyra.modulemanager.container.settings.ReadyImage;
import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The images of modules in an engine. The package's archive stays on the disk with its version, so the engine is only a cache: an image that
 * somebody deleted is made again. Thread-safe.
 */
public final class ModuleImages {
    private static final Logger LOG = Logger.getLogger(ModuleImages.class);
    /** With a host, so that no engine puts one of its own before it. */
    private static final String ROOT = "localhost/vyra-module/";
    /** Labels in which base images say what they are. */
    private static final List<String> VERSION_LABELS = List.of("org.opencontainers.image.version", "version");

    /** Begins the tag of an image in whose place another one of the same version came. No version begins so. */
    private static final String REPLACED = "replaced-";

    private static final int DIGITS = 12;

    private final Engine engine;
    private final String prefix;
    private final Rules rules;
    private final ImageSpace space;
    private final Set<String> fresh = ConcurrentHashMap.newKeySet();

    /**
     * @param pull         whether images may be fetched from registries
     * @param pullPatience how long that may take
     * @param mostBytes    largest image, unpacked
     * @param scratch      folder for what is written for a moment
     */
    public record Rules(boolean pull, Duration pullPatience, long mostBytes, Path scratch) {}

    /** @param manager tells the images of this manager from those of others on the same engine */
    public ModuleImages(Engine engine, String manager, Rules rules) {
        this(engine, manager, rules, ImageSpace.real());
    }

    ModuleImages(Engine engine, String manager, Rules rules, ImageSpace space) {
        this.engine = engine;
        this.prefix = ROOT + manager + "/";
        this.rules = rules;
        this.space = space;
    }

    /** Under which name the engine has the image of a version; {@code +} of a version is no character of a tag. */
    String name(ModuleId module, String version) {
        return prefix + module.instanceId() + ":" + version.replace('+', '_');
    }

    /**
     * Sees to it that the engine has the image of this very package.
     *
     * @param tree the version's tree, whose archive may be another one than at an earlier try
     * @throws ProblemException when the archive is not in order, its base image is another one, the disk is too full or the engine refuses
     */
    public void prepare(ModuleId module, String version, Image image, Path tree) {
        switch (image) {
            case Image.Archive(String file, Optional<String> sha256) -> {
                if (sha256.isEmpty()) {
                    LOG.infof("Image without a checksum module=%s version=%s archive=%s", module, version, file);
                }
                prepare(module, version, file, sha256, tree);
            }
            // It was held against the index when it was fetched.
            case Image.Offered _ -> prepare(module, version, Image.Offered.FILE, Optional.empty(), tree);
            case Image.Reference(String name) -> fetch(module, name);
        }
    }

    private void prepare(ModuleId module, String version, String file, Optional<String> sha256, Path tree) {
        fresh.add(name(module, version));
        ImageArchive archive = archive(module, version, file, tree);
        ArchiveContents contents = archive.read(sha256);
        Optional<ImageFacts> there = engine.image(name(module, version));
        boolean isThere = there.filter(found -> found.id().equals("sha256:" + contents.configId()))
                .isPresent();
        if (!isThere) {
            there.ifPresent(found -> setAside(module, version, found));
            load(module, version, archive, contents);
        }
    }

    /**
     * An image that is about to lose its name gets another one. A container may still use it, so it cannot be removed yet; without any name
     * nobody would know later whose it was.
     */
    private void setAside(ModuleId module, String version, ImageFacts found) {
        int begin = found.id().indexOf(':') + 1;
        String digits = found.id().substring(begin, Math.min(found.id().length(), begin + DIGITS));
        engine.tag(found.id(), name(module, REPLACED + digits));
        LOG.infof("Image replaced module=%s version=%s image=%s", module, version, found.id());
    }

    /**
     * The image to make a container of; loaded again when somebody deleted it. What it wants is read from the engine's image.
     *
     * @throws ProblemException as {@link #prepare} does
     */
    public ReadyImage require(ModuleId module, String version, Image image, Path tree) {
        return switch (image) {
            case Image.Archive(String file, Optional<String> sha256) -> require(module, version, file, sha256, tree);
            case Image.Offered _ -> require(module, version, Image.Offered.FILE, Optional.empty(), tree);
            case Image.Reference(String name) -> ready(name, fetch(module, name));
        };
    }

    private ReadyImage require(ModuleId module, String version, String file, Optional<String> sha256, Path tree) {
        String name = name(module, version);
        Optional<ImageFacts> there = engine.image(name);
        if (there.isPresent()) {
            return ready(name, there.get());
        }
        ImageArchive archive = archive(module, version, file, tree);
        return ready(name, load(module, version, archive, archive.read(sha256)));
    }

    private static ReadyImage ready(String name, ImageFacts facts) {
        return new ReadyImage(name, facts.volumes());
    }

    private ImageArchive archive(ModuleId module, String version, String file, Path tree) {
        return new ImageArchive(
                tree.resolve(file), "The image " + file + " of " + module.name() + " " + version, rules.mostBytes());
    }

    private ImageFacts fetch(ModuleId module, String name) {
        Optional<ImageFacts> there = engine.image(name);
        if (there.isPresent()) {
            return there.get();
        }
        if (!rules.pull()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_PLATFORM,
                    module.name() + " runs in the image " + name
                            + ", which the container engine does not have, and fetching images from registries is switched"
                            + " off (vyra.container.pull). Load the image, or switch it on.");
        }
        try {
            engine.pull(name, rules.pullPatience());
            ImageFacts pulled = engine.image(name)
                    .orElseThrow(() -> new EngineException(
                            EngineException.Reason.NOT_FOUND, "the engine has none of this name afterwards"));
            LOG.infof("Image pulled module=%s image=%s", module, name);
            return pulled;
        } catch (EngineException e) {
            requireThere(e);
            throw new ProblemException(
                    ProblemType.REPOSITORY_UNREACHABLE,
                    "The image " + name + " of " + module.name() + " was not fetched: " + e.getMessage() + ".",
                    e);
        }
    }

    private ImageFacts load(ModuleId module, String version, ImageArchive archive, ArchiveContents contents) {
        String name = name(module, version);
        Optional<ImageFacts> base = contents.base().map(info -> requireBase(module, version, info, contents));
        space.require(
                "The image of " + module.name() + " " + version,
                contents.bytes(),
                base.map(ImageFacts::bytes).orElse(0L),
                engine.facts());
        ArchiveRebuild rebuild = new ArchiveRebuild(archive, contents, name);
        String what = "The image of " + module.name() + " " + version;
        try (InputStream saved = base.isPresent() ? engine.save(base.get().id()) : InputStream.nullInputStream();
                WrittenStream whole =
                        WrittenStream.of(out -> rebuild.writeTo(out, base.map(any -> saved), scratch()))) {
            handOver(whole, what);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    what + " could not be handed to the container engine: " + e.getMessage() + ".",
                    e);
        }
        ImageFacts made = engine.image(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        "The container engine took the image of " + module.name() + " " + version
                                + " without making an image of it. See the engine's own log."));
        LOG.infof(
                "Image loaded module=%s version=%s layers=%d base=%s",
                module,
                version,
                contents.diffIds().size(),
                contents.base().map(BaseInfo::reference).orElse("-"));
        return made;
    }

    /** An engine that does not get all of it complains, too; then the cause is what matters. */
    private void handOver(WrittenStream whole, String what) throws IOException {
        try {
            engine.load(whole);
        } catch (EngineException e) {
            if (whole.failure().isPresent()) {
                throw new IOException(whole.failure().get().getMessage(), e);
            }
            requireThere(e);
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    "The container engine did not take it. " + what + ": " + e.getMessage() + ".",
                    e);
        }
    }

    /** An engine that is gone says nothing about an image. */
    private static void requireThere(EngineException failure) {
        if (failure.isUnreachable()) {
            throw failure;
        }
    }

    private Path scratch() throws IOException {
        return Files.createDirectories(rules.scratch());
    }

    /** The version, the number of layers, and each layer: anything else would make another image than its author built. */
    private ImageFacts requireBase(ModuleId module, String version, BaseInfo base, ArchiveContents contents) {
        String what = "The image of " + module.name() + " " + version + " builds on " + base.reference();
        ImageFacts found = engine.image(base.reference())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNSATISFIABLE_DEPENDENCY,
                        what + ", which the container engine does not have. Load that image first."));
        Optional<String> label =
                VERSION_LABELS.stream().filter(found.labels()::containsKey).findFirst();
        // A label may be inherited from the base's own base, whose version it then is; a tag that says the version is
        // the
        // better witness. Either way the layers decide below.
        boolean isOther = label.map(found.labels()::get)
                        .filter(here -> !here.equals(base.version()))
                        .isPresent()
                && !base.version().equals(base.tag());
        if (!base.version().isEmpty() && isOther) {
            throw new ProblemException(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    what + " in version " + base.version() + ", but the one that is here is version "
                            + found.labels().get(label.get()) + " (its label " + label.get()
                            + "). Load the base image in that version.");
        }
        if (found.layers().size() != base.layerCount()) {
            throw new ProblemException(
                    ProblemType.UNSATISFIABLE_DEPENDENCY,
                    what + " with " + base.layerCount() + " layers, but the one that is here has "
                            + found.layers().size()
                            + ". It is another build of it; load the one the module was made with.");
        }
        for (int i = 0; i < base.layerCount(); i++) {
            if (!found.layers().get(i).equals(contents.diffIds().get(i))) {
                throw new ProblemException(
                        ProblemType.UNSATISFIABLE_DEPENDENCY,
                        what + ", but layer " + (i + 1) + " of the one that is here is "
                                + found.layers().get(i) + " and not "
                                + contents.diffIds().get(i)
                                + ". It is another build of it; load the one the module was made with.");
            }
        }
        return found;
    }

    /** From now on {@link #retain} decides about it like about any other. */
    public void abandon(ModuleId module, String version) {
        fresh.remove(name(module, version));
    }

    /**
     * Removes the images of all versions but these, and those in whose place another one came; what a container still uses goes at a later
     * call. One that was made ready a moment ago stays until its version is known.
     */
    public void retain(Map<ModuleId, Set<String>> versions) {
        Set<String> wanted = new HashSet<>();
        versions.forEach((module, kept) -> kept.forEach(version -> wanted.add(name(module, version))));
        fresh.removeAll(wanted);
        for (String name : engine.imageNames(prefix)) {
            if (!wanted.contains(name) && !fresh.contains(name) && engine.removeImage(name)) {
                LOG.infof("Image deleted image=%s cause=retention", name);
            }
        }
    }
}
