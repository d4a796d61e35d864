package io.vyra.modulemanager.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vyra.modulemanager.face.FaceConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;

/** What every face keeps, over REST. */
@QuarkusTest
@TestProfile(RestFaceTest.WithCore.class)
class RestFaceTest extends FaceConformance {
    /** The real core, in a folder whose name is short: sockets lie in it. */
    public static class WithCore implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "vyra.data",
                        Files.createTempDirectory("rest-face").resolve("data").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(RealCore.class);
        }
    }

    private final RealCore core;
    private final RestFace face;

    RestFaceTest(RealCore core, ApiClient client) {
        this.core = core;
        this.face = new RestFace(client);
    }

    @Override
    protected Subject subject() {
        return new Subject(core.robot, core.stumbling, face);
    }
}
