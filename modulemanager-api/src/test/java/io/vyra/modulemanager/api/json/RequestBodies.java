package io.vyra.modulemanager.api.json;

import io.vyra.modulemanager.api.module.ModuleResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every type that a resource takes as a JSON body, found by looking at the resources. */
final class RequestBodies {
    private RequestBodies() {}

    static List<Class<?>> types() {
        try {
            Path classes = Path.of(ModuleResource.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(classes)) {
                return files.filter(file -> file.toString().endsWith("Resource.class"))
                        .map(file -> load(classes.relativize(file).toString()))
                        .flatMap(resource -> Arrays.stream(resource.getMethods()))
                        .filter(RequestBodies::takesJson)
                        .flatMap(method -> Arrays.stream(method.getParameters()))
                        .filter(parameter -> parameter.getAnnotations().length == 0)
                        .<Class<?>>map(Parameter::getType)
                        .distinct()
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(
                    file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean takesJson(Method method) {
        Consumes consumes = method.getAnnotation(Consumes.class);
        return consumes != null && List.of(consumes.value()).contains(MediaType.APPLICATION_JSON);
    }
}
