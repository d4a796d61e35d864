package io.vyra.modulemanager.container;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class DockerPublishedProbesIT extends PublishedProbes {
    @Override
    TestEngine begin(NetworkNamespace in) throws IOException {
        return TestEngine.dockerIn(in);
    }
}
