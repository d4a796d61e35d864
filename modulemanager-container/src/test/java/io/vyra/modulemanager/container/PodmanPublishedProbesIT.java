package io.vyra.modulemanager.container;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PodmanPublishedProbesIT extends PublishedProbes {
    @Override
    TestEngine begin(NetworkNamespace in) throws IOException {
        return TestEngine.podmanIn(in);
    }
}
