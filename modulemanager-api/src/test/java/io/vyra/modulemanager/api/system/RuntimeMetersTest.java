package io.vyra.modulemanager.api.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RuntimeMetersTest {
    @Test
    void shouldTellOfTheJvmAndItsProcessSoonAfterTheServiceListens() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(names())
                        .contains(
                                "jvm_classes_loaded_classes",
                                "jvm_memory_used_bytes",
                                "jvm_memory_max_bytes",
                                "jvm_buffer_memory_used_bytes",
                                "jvm_memory_usage_after_gc",
                                "jvm_gc_overhead",
                                "jvm_gc_live_data_size_bytes",
                                "jvm_threads_live_threads",
                                "jvm_info",
                                "process_uptime_seconds",
                                "process_cpu_usage",
                                "process_files_open_files",
                                "system_cpu_count",
                                "system_load_average_1m"));
    }

    private static Stream<String> names() {
        return RestAssured.given()
                .header("Authorization", "Bearer metrics-token-for-tests")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2]);
    }
}
