package io.vyra.modulemanager.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;

/** Whatever a server sends as an index is read or refused; a file it names never leaves the repository. */
class IndexReaderFuzzTest {
    private static final Endpoint ENDPOINT =
            CatalogFixtures.endpoint(CatalogFixtures.repository("demo", "http://127.0.0.1:8100/base"));

    @FuzzTest(maxDuration = "30s")
    void shouldReadOrRefuseAnyBytes(byte[] content) {
        RepositoryIndex index;
        try {
            index = new IndexReader().read(content, ENDPOINT);
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(ProblemType.INVALID_INDEX);
            return;
        }
        for (CatalogEntry entry : index.entries()) {
            assertThat(entry.file().normalize().toString()).startsWith("http://127.0.0.1:8100/base/");
        }
    }
}
