package io.vyra.modulemanager.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.api.auth.AuthResource;
import io.vyra.modulemanager.api.module.PlanResource;
import io.vyra.modulemanager.api.user.UserResource;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random damage to every kind of body: always a value or one of two problems, never anything else. */
class StrictJsonTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> SEEDS = List.of(
            "{\"username\":\"anna\",\"password\":\"correct horse\",\"role\":\"viewer\",\"must_change_password\":true}",
            "{\"name\":\"v2_a\",\"version\":\"^1.2\",\"start\":false,\"module\":\"x\"}",
            "{\"a\":{\"b\":[1,2.5e3,-0,null,true,\"\\u00e9\\ud83d\\ude00\"]}}",
            "[[[[[[]]]]]]",
            "{\"old_password\":\"\",\"new_password\":\"\\\\\"}");

    @ParameterizedTest
    @ValueSource(
            classes = {
                AuthResource.LoginRequest.class,
                AuthResource.PasswordChange.class,
                UserResource.UserCreate.class,
                UserResource.UserPatch.class,
                PlanResource.PlanRequest.class,
                JsonNode.class
            })
    void shouldSurviveDamagedBodies(Class<?> type) {
        SplittableRandom random = new SplittableRandom(type.getName().hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = damaged(random);
            try {
                assertThat((Object) StrictJson.read(body, type)).isNotNull();
            } catch (ProblemException e) {
                assertThat(e.type()).isIn(ProblemType.MALFORMED_REQUEST, ProblemType.INVALID_REQUEST);
            } catch (RuntimeException e) {
                fail("body " + new String(body, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    private static byte[] damaged(SplittableRandom random) {
        byte[] body = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
        int edits = random.nextInt(1, 6);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(3)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = (byte) "{}[]\",:\\0e-".charAt(random.nextInt(11));
                default -> body = java.util.Arrays.copyOf(body, at + 1);
            }
        }
        return body;
    }
}
