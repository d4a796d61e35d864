package io.vyra.modulemanager.face;

import io.vyra.modulemanager.ModuleManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;

/** The real manager, but looking at one module that does not exist fails as the test says: a core fails so only once in a while. */
public final class StumblingManager {
    /** The module that is looked at. */
    static final String STONE = "stumbling_stone";

    private final ModuleManager manager;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    public StumblingManager(ModuleManager real) {
        this.manager = (ModuleManager) Proxy.newProxyInstance(
                ModuleManager.class.getClassLoader(), new Class<?>[] {ModuleManager.class}, (_, method, arguments) -> {
                    if (method.getName().equals("module") && arguments[0].equals(STONE)) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public ModuleManager manager() {
        return manager;
    }

    void failWith(RuntimeException next) {
        failure.set(next);
    }
}
