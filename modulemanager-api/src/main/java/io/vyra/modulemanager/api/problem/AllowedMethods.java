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
    private static final String PARAMETER = "\\{[^}]+}";

    /** Served below the REST layer. */
    private static final Endpoint EVENTS = new Endpoint(HttpMethod.GET, Pattern.compile("/api/v1/events"), 0);

    /** Beside the method that publishes, so that it counts as much. */
    private static final Endpoint TOPICS =
            new Endpoint(HttpMethod.GET, Pattern.compile("/api/v1/ros/topics/[^/]+"), "/api/v1/ros".length());

    private final BeanManager beans;
    private volatile List<Endpoint> endpoints;

    public AllowedMethods(BeanManager beans) {
        this.beans = beans;
    }

    /**
     * @param literals characters of the resource's path outside of its parameters
     */
    private record Endpoint(String method, Pattern path, int literals) {}

    /** Empty when there is nothing at this address. */
    public SortedSet<String> allowedAt(String path) {
        List<Endpoint> there = endpoints().stream()
                .filter(endpoint -> endpoint.path().matcher(path).matches())
                .toList();
        // Of two resources that match the more literal one is asked alone (Jakarta REST 3.1, section 3.7.2).
        int most = there.stream().mapToInt(Endpoint::literals).max().orElse(0);
        SortedSet<String> allowed = new TreeSet<>();
        for (Endpoint endpoint : there) {
            if (endpoint.literals() == most) {
                allowed.add(endpoint.method());
            }
        }
        if (!allowed.isEmpty()) {
            allowed.add(HttpMethod.OPTIONS);
        }
        return allowed;
    }

    private List<Endpoint> endpoints() {
        if (endpoints == null) {
            List<Endpoint> found = new ArrayList<>(List.of(EVENTS, TOPICS));
            beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                    .map(bean -> (Class<?>) bean.getBeanClass())
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .distinct()
                    .forEach(type -> found.addAll(of(type)));
            endpoints = List.copyOf(found);
        }
        return endpoints;
    }

    private static List<Endpoint> of(Class<?> resource) {
        List<Endpoint> found = new ArrayList<>();
        String base = resource.getAnnotation(Path.class).value();
        int literals = base.replaceAll(PARAMETER, "").length();
        for (Method method : resource.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path path = method.getAnnotation(Path.class);
                    Pattern whole = pattern(path == null ? base : base + "/" + path.value());
                    found.add(new Endpoint(http.value(), whole, literals));
                    if (http.value().equals(HttpMethod.GET)) {
                        found.add(new Endpoint(HttpMethod.HEAD, whole, literals));
                    }
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
