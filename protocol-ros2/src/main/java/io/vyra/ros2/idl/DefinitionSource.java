package io.vyra.ros2.idl;

import java.util.Optional;
import java.util.Set;

/** Where definition files come from. Thread-safe. */
interface DefinitionSource {
    /** Names of all messages, services and actions there, without their parts. */
    Set<TypeName> names();

    /** The text of a definition, when it is there. */
    Optional<DefinitionText> find(TypeName name);

    /**
     * @param source what errors name
     */
    record DefinitionText(String source, String text) {}
}
