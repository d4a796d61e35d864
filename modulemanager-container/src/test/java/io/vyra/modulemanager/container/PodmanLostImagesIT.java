package io.vyra.modulemanager.container;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PodmanLostImagesIT extends LostImages {
    @Override
    TestEngine engine() throws IOException {
        return TestEngine.podman();
    }
}
