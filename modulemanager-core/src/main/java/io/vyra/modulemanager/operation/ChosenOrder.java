package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.module.UpdateOrder;
import java.util.Map;
import java.util.Optional;

/**
 * What came first in an operation's update of a module, as the operation remembers it. Whether the new version may run beside the old one is
 * known only within the operation, once its package is unpacked.
 */
public final class ChosenOrder {
    private static final String PREFIX = "order:";

    private ChosenOrder() {}

    /** Of {@link StepContext#remember}; the value is an order's wire name. */
    public static String key(String moduleId) {
        return PREFIX + moduleId;
    }

    static boolean isStartFirst(Map<String, String> memory, String moduleId) {
        return Optional.ofNullable(memory.get(key(moduleId)))
                .filter(UpdateOrder.START_FIRST.wire()::equals)
                .isPresent();
    }
}
