package io.vyra.modulemanager.api.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which methods the resources take at an address, for the {@code Allow} header (RFC 9110, section 10.2.1). Thread-safe. */
@Singleton
public class AllowedMethods {
    private final BeanManager beans;
    private volatile List<Endpoint> endpoints;

    public AllowedMethods(BeanManager beans) {
        this.beans = beans;
    }

    private record Endpoint(String method, Pattern path) {}

    SortedSet<String> allowedAt(String path) {
        SortedSet<String> allowed = new TreeSet<>();
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.path().matcher(path).matches()) {
                allowed.add(endpoint.method());
            }
        }
        return allowed;
    }

    private List<Endpoint> endpoints() {
        if (endpoints == null) {
            endpoints = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                    .map(bean -> (Class<?>) bean.getBeanClass())
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .distinct()
                    .flatMap(type -> of(type).stream())
                    .toList();
        }
        return endpoints;
    }

    private static List<Endpoint> of(Class<?> resource) {
        List<Endpoint> found = new ArrayList<>();
        String base = resource.getAnnotation(Path.class).value();
        for (Method method : resource.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path path = method.getAnnotation(Path.class);
                    found.add(new Endpoint(http.value(), pattern(path == null ? base : base + "/" + path.value())));
                }
            }
        }
        return found;
    }

    /** {@code {id}} stands for one segment, <code>{command: start|stop}</code> for what the expression says. */
    private static Pattern pattern(String template) {
        return Pattern.compile(
                template.replaceAll("\\{\\w+:\\s*([^}]+)}", "($1)").replaceAll("\\{\\w+}", "[^/]+") + "/?");
    }
}
