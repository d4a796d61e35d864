package io.vyra.ros2.idl;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packages in a folder of the user's: {@code package/msg/Name.msg} and so on, as in {@code /opt/ros/<distribution>/share} and in a
 * workspace's {@code src}. Listed once, when it is added; read when asked for.
 */
final class FolderDefinitions implements DefinitionSource {
    /** A definition larger than that is none. In bytes. */
    static final int LARGEST_FILE = 1 << 20;

    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 20_000;

    private final Map<TypeName, Path> files = new HashMap<>();

    FolderDefinitions(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DefinitionException(folder.toString(), 0, "there is no such folder of interface packages");
        }
        try (Stream<Path> paths = Files.walk(folder, DEEPEST)) {
            List<Path> found = paths.filter(path -> path.getNameCount() > folder.getNameCount() + 2)
                    .filter(FolderDefinitions::isDefinition)
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (found.size() > MOST_FILES) {
                throw new DefinitionException(
                        folder.toString(),
                        0,
                        "there are more than " + MOST_FILES
                                + " definitions; name the folders of the packages that are needed");
            }
            found.forEach(this::add);
        } catch (IOException e) {
            throw new DefinitionException(folder.toString(), 0, "the folder cannot be read: " + e.getMessage());
        }
    }

    private static boolean isDefinition(Path path) {
        Path parent = path.getParent();
        if (parent == null || parent.getFileName() == null) {
            return false;
        }
        String kind = parent.getFileName().toString();
        return (kind.equals("msg") || kind.equals("srv") || kind.equals("action"))
                && path.getFileName().toString().endsWith("." + kind)
                && Files.isRegularFile(path);
    }

    private void add(Path path) {
        String file = path.getFileName().toString();
        String kind = path.getParent().getFileName().toString();
        String packageName = path.getName(path.getNameCount() - 3).toString();
        try {
            TypeName name = new TypeName(
                    packageName, TypeName.Kind.of(kind), file.substring(0, file.length() - kind.length() - 1));
            if (name.name().contains("_")) {
                throw new IllegalArgumentException("An interface's name has no underscore: " + name.name());
            }
            Path other = files.putIfAbsent(name, path);
            if (other != null) {
                throw new DefinitionException(path.toString(), 0, name + " is there twice, also as " + other);
            }
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(path.toString(), 0, e.getMessage());
        }
    }

    @Override
    public Set<TypeName> names() {
        return Set.copyOf(files.keySet());
    }

    @Override
    public Optional<DefinitionText> find(TypeName name) {
        return Optional.ofNullable(files.get(name)).map(path -> new DefinitionText(path.toString(), read(path)));
    }

    private static String read(Path path) {
        try (var stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new DefinitionException(
                        path.toString(), 0, "a definition has at most " + LARGEST_FILE + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DefinitionException(path.toString(), 0, "the file is not UTF-8");
        } catch (IOException e) {
            throw new DefinitionException(path.toString(), 0, "the file cannot be read: " + e.getMessage());
        }
    }
}
