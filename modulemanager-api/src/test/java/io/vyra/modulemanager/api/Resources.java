package io.vyra.modulemanager.api;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The resource methods there are, as {@code METHOD /path}. */
final class Resources {
    private Resources() {}

    static List<String> all() {
        List<String> found = new ArrayList<>();
        CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> (Class<?>) bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .distinct()
                .forEach(type -> Arrays.stream(type.getMethods())
                        .forEach(method -> Arrays.stream(method.getAnnotations())
                                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                                .filter(java.util.Objects::nonNull)
                                .forEach(http -> {
                                    Path path = method.getAnnotation(Path.class);
                                    String base = type.getAnnotation(Path.class).value();
                                    expand(http.value() + " " + base + (path == null ? "" : "/" + path.value()), found);
                                })));
        return found;
    }

    /** {@code {command: start|stop}} stands for several endpoints of the contract. */
    private static void expand(String template, List<String> found) {
        int colon = template.indexOf(": ");
        if (colon < 0) {
            found.add(template);
            return;
        }
        int open = template.lastIndexOf('{', colon);
        int close = template.indexOf('}', colon);
        for (String choice : template.substring(colon + 2, close).split("\\|")) {
            found.add(template.substring(0, open) + choice + template.substring(close + 1));
        }
    }
}
