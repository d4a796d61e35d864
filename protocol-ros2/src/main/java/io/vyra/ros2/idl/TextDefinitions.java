package io.vyra.ros2.idl;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Definitions that a program brings along. */
final class TextDefinitions implements DefinitionSource {
    private final Map<TypeName, String> texts;

    TextDefinitions(Map<TypeName, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    @Override
    public Set<TypeName> names() {
        return texts.keySet();
    }

    @Override
    public Optional<DefinitionText> find(TypeName name) {
        return Optional.ofNullable(texts.get(name))
                .map(text -> new DefinitionText(name + "." + name.kind().text(), text));
    }
}
