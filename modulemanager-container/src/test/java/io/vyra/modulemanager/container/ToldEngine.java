package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.Engine;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Lets others in before and after each command that changes something in an engine. */
final class ToldEngine implements InvocationHandler {
    private static final Set<String> COMMANDS =
            Set.of("create", "start", "signal", "pause", "unpause", "remove", "load", "tag", "removeImage");

    /** May throw what the engine's client could. */
    interface Listener {
        /** Before the engine hears of it. */
        void before(String command);

        /** What the engine is given to take in; may be listened to. */
        default InputStream given(InputStream archive) {
            return archive;
        }

        /** After the engine has obeyed; what is thrown takes the place of its answer. */
        void after(String command);
    }

    private final Engine engine;
    private final Listener listener;

    private ToldEngine(Engine engine, Listener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    static Engine around(Engine engine, Listener listener) {
        return (Engine) Proxy.newProxyInstance(
                ToldEngine.class.getClassLoader(), new Class<?>[] {Engine.class}, new ToldEngine(engine, listener));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        boolean isCommand = COMMANDS.contains(method.getName());
        if (isCommand) {
            listener.before(method.getName());
        }
        Object answer;
        try {
            answer = isCommand && arguments[0] instanceof InputStream archive
                    ? method.invoke(engine, listener.given(archive))
                    : method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (isCommand) {
            listener.after(method.getName());
        }
        return answer;
    }
}
