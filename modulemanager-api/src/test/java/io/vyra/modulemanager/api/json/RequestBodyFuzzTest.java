package io.vyra.modulemanager.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a client sends as a JSON body is read or refused, for every body that there is. */
class RequestBodyFuzzTest {
    private static final List<Class<?>> TYPES = RequestBodies.types();

    @FuzzTest(maxDuration = "30s")
    void shouldReadOrRefuseAnyBytes(byte[] body) {
        for (Class<?> type : TYPES) {
            try {
                assertThat((Object) StrictJson.read(body, type)).isInstanceOf(type);
            } catch (ProblemException e) {
                assertThat(e.type()).isIn(ProblemType.MALFORMED_REQUEST, ProblemType.INVALID_REQUEST);
                assertThat(e.problem().detail()).isNotBlank();
            }
        }
    }

    @Test
    void shouldKnowTheBodies() {
        assertThat(TYPES)
                .extracting(Class::getSimpleName)
                .contains("InstallBody", "ChangeBody", "Create", "Write", "PlanRequest", "LoginRequest", "UserPatch");
    }
}
