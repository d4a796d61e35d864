package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.vyra.modulemanager.api.assembly.CoreBeans;
import io.vyra.modulemanager.container.assembly.ContainerBeans;
import io.vyra.modulemanager.ros2.assembly.Ros2Beans;
import io.vyra.modulemanager.zenoh.assembly.ZenohBeans;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The faces do not know each other, nor the core them: in which order all of it ends is in numbers that only the distribution sees together. */
class ShutdownOrderTest {
    /** An observer without a number (Jakarta CDI 4.1, section 2.8.5). */
    private static final int UNORDERED = Interceptor.Priority.APPLICATION + 500;

    private record Observer(String name, int priority) {}

    @Test
    void shouldEndModulesBeforeTheFacesTheyAreAskedThroughAndTheCoreAfterThem() {
        List<String> order = Stream.of(CoreBeans.class, ZenohBeans.class, Ros2Beans.class, ContainerBeans.class)
                .flatMap(beans -> Arrays.stream(beans.getDeclaredMethods()))
                .flatMap(method -> observer(method).stream())
                .sorted(Comparator.comparing(Observer::priority))
                .map(Observer::name)
                .toList();

        assertThat(order)
                .containsExactly(
                        "CoreBeans.stopModules",
                        "ZenohBeans.stop",
                        "Ros2Beans.stop",
                        "CoreBeans.close",
                        "ContainerBeans.stop");
    }

    private static Optional<Observer> observer(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getType().equals(ShutdownEvent.class)
                        && parameter.isAnnotationPresent(Observes.class))
                .findFirst()
                .map(event -> new Observer(
                        method.getDeclaringClass().getSimpleName() + "." + method.getName(), priority(event)));
    }

    private static int priority(Parameter event) {
        Priority priority = event.getAnnotation(Priority.class);
        return priority == null ? UNORDERED : priority.value();
    }
}
