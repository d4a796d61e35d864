package io.vyra.modulemanager.authoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ContainerSpec.Image.Offered;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Image archives that lie beside a package in its repository, as {@code {name}_{version}.{variant}.image.tar.gz}. Stateless; not for
 * two processes on one folder.
 */
final class ImagesBeside {
    private static final String SUFFIX = ".image.tar.gz";

    private ImagesBeside() {}

    /** Whether a file of this name is an image and no package. */
    static boolean isImage(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /**
     * Copies an image to its place beside a package that is in the repository.
     *
     * @return the image in the repository
     * @throws ProblemException when the variant has no usable name, there is no such file, or another image is there
     */
    static Path add(BuiltPackage added, String variant, Path image) throws IOException {
        if (!Offered.isVariant(variant)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The variant '" + variant + "' of " + image
                            + " must match [a-z][a-z0-9-]* and have at most 64 characters, for example production");
        }
        if (!Files.isRegularFile(image)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no image file " + image);
        }
        Path place = added.file().resolveSibling(stem(added.manifest()) + variant + SUFFIX);
        RepositoryIndexer.publish(place, image);
        return place;
    }

    /**
     * Describes the images of a package in its element of the index, by variant.
     *
     * @throws ProblemException when one has the name of another module, version or no variant
     */
    static void describe(Path repository, BuiltPackage found, ObjectNode images) throws IOException {
        for (Path image : beside(found.file())) {
            String name = image.getFileName().toString();
            String stem = stem(found.manifest());
            String variant =
                    name.startsWith(stem) ? name.substring(stem.length(), name.length() - SUFFIX.length()) : "";
            if (!Offered.isVariant(variant)) {
                throw new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        image + " lies beside " + found.file() + " and so must be named " + stem + "VARIANT" + SUFFIX
                                + "; put it there with: ./mm repo add DIR PACKAGE --image VARIANT=FILE");
            }
            images.putObject(variant)
                    .put("filename", repository.relativize(image).toString())
                    .put("size", Files.size(image))
                    .put("checksum", PackageInspector.sha256(image));
        }
    }

    private static List<Path> beside(Path packageFile) throws IOException {
        try (Stream<Path> files = Files.list(packageFile.getParent())) {
            return files.filter(Files::isRegularFile)
                    .filter(ImagesBeside::isImage)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    private static String stem(Manifest manifest) {
        return manifest.name() + "_" + manifest.version() + ".";
    }
}
