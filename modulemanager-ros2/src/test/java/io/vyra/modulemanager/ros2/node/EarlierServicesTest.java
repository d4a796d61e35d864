package io.vyra.modulemanager.ros2.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.Asker;
import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.graph.RosContext;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlierServicesTest {
    private static final ModuleId MANAGER = new ModuleId("v2_modulemanager", "a".repeat(32));

    @Test
    void shouldAnswerAModuleWhateverGoesWrong() throws Exception {
        ModuleManager broken = (ModuleManager) Proxy.newProxyInstance(
                ModuleManager.class.getClassLoader(), new Class<?>[] {ModuleManager.class}, (_, _, _) -> {
                    throw new IllegalStateException("secret internals");
                });
        BridgeMeter meter = new BridgeMeter();
        int domain = Domains.free();

        try (RosPort manager = Settings.local(domain, Map.of()).provider().open("/" + MANAGER, "modulemanager");
                RosContext module =
                        RosContext.open(Settings.local(domain, Map.of()).context())) {
            new EarlierServices(new Commands(broken, Role.VIEWER), new Answering(meter), meter).attach(manager);
            Map<String, Object> answer = new Asker(module.createNode("/", "arm"), MANAGER)
                    .call("register_module", "RegisterModule", Map.of("module_name", "arm"));

            // INTERNAL_ERROR of RegisterModule.
            assertThat(answer).containsEntry("status", 5L);
            assertThat((String) answer.get("error_message"))
                    .contains("trace_id")
                    .doesNotContain("secret");
        }
    }
}
