package io.vyra.modulemanager.ros2.gateway;

import java.util.List;
import java.util.Map;

/** About how much memory a message takes, in the form of {@link io.vyra.ros2.idl.Values}. */
final class MessageSize {
    /** An object with its header and what refers to it. */
    private static final long OBJECT = 24;
    /** A field of a message: its entry in the map; its name is the type's. */
    private static final long FIELD = 48;

    private MessageSize() {}

    /** In bytes. */
    static long of(Object value) {
        return switch (value) {
            case byte[] bytes -> OBJECT + bytes.length;
            case String text -> 2 * OBJECT + 2L * text.length();
            case List<?> list -> {
                long size = 2 * OBJECT;
                for (Object item : list) {
                    size += of(item);
                }
                yield size;
            }
            case Map<?, ?> map -> {
                long size = 2 * OBJECT;
                for (Object field : map.values()) {
                    size += FIELD + of(field);
                }
                yield size;
            }
            default -> OBJECT;
        };
    }
}
