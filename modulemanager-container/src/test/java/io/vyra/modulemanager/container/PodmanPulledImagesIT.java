package io.vyra.modulemanager.container;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PodmanPulledImagesIT extends PulledImages {
    @Override
    TestEngine begin() throws IOException {
        return TestEngine.podman();
    }
}
