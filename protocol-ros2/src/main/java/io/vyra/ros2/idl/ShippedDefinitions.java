package io.vyra.ros2.idl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The common interface packages, which this library brings along. Immutable. */
final class ShippedDefinitions implements DefinitionSource {
    /** The list of their names is read once. */
    static final ShippedDefinitions ALL = new ShippedDefinitions();

    private static final String FOLDER = "interfaces/";

    private final Set<TypeName> names;

    private ShippedDefinitions() {
        names = read("index")
                .orElseThrow(() -> new IllegalStateException("The list of interfaces is missing in this library"))
                .lines()
                .map(line -> TypeName.parse(line.substring(0, line.lastIndexOf('.'))))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<TypeName> names() {
        return names;
    }

    @Override
    public Optional<DefinitionText> find(TypeName name) {
        String path = name + "." + name.kind().text();
        return names.contains(name) ? read(path).map(text -> new DefinitionText(path, text)) : Optional.empty();
    }

    private static Optional<String> read(String path) {
        try (InputStream stream = ShippedDefinitions.class.getResourceAsStream(FOLDER + path)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
