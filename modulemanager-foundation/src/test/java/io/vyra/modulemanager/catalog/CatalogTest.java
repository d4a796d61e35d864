package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.clients;
import static io.vyra.modulemanager.catalog.CatalogFixtures.repository;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.state.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semver4j.Semver;

class CatalogTest {
    @TempDir
    Path folder;

    private Database database;
    private RepositoryStore store;
    private Catalog catalog;
    private final RepositoryClients clients = clients();

    @BeforeEach
    void open() throws IOException {
        database = Database.open(folder.resolve("state"));
        store = new RepositoryStore(database);
        offer("first", 1, "v2_a 1.9.0", "v2_a 1.10.0");
        offer("second", 2, "v2_a 1.10.0", "v2_a 2.0.0-beta.1", "camera 0.1.0");
        RepositoryRefresher refresher =
                new RepositoryRefresher(store, clients, folder.resolve("cache"), Clock.systemUTC());
        refresher.refreshAll();
        catalog = new Catalog(store, refresher);
    }

    private void offer(String id, int priority, String... versions) throws IOException {
        Path data = Files.createDirectories(folder.resolve(id));
        StringBuilder modules = new StringBuilder();
        for (String version : versions) {
            String[] parts = version.split(" ", 2);
            modules.append(modules.isEmpty() ? "" : ",")
                    .append("{\"name\":\"%s\",\"version\":\"%s\",\"filename\":\"f\",\"description\":\"from %s\"}"
                            .formatted(parts[0], parts[1], id));
        }
        Files.writeString(data.resolve("index.json"), "{\"modules\":[" + modules + "]}");
        store.add(repository(id, data.toUri().toString(), priority));
    }

    @AfterEach
    void close() {
        clients.close();
        database.close();
    }

    @Test
    void shouldOrderVersionsByMeaningNotByText() {
        assertThat(catalog.versionsOf("v2_a"))
                .extracting(entry -> entry.version().toString())
                .containsExactly("2.0.0-beta.1", "1.10.0", "1.9.0");
    }

    @Test
    void shouldPreferTheRepositoryWithTheLowerPriorityNumber() {
        assertThat(catalog.versionsOf("v2_a").get(1).repositoryId()).isEqualTo("first");

        store.replace(repository("second", store.get("second").url(), 0));

        assertThat(catalog.versionsOf("v2_a").get(1).repositoryId()).isEqualTo("second");
    }

    @Test
    void shouldKnowWhatIsNewerAndStable() {
        assertThat(catalog.newerThan("v2_a", new Semver("1.9.0")))
                .map(entry -> entry.version().toString())
                .contains("1.10.0");
        assertThat(catalog.newerThan("v2_a", new Semver("1.10.0"))).isEmpty();
        assertThat(catalog.newerThan("unknown", new Semver("1.0.0"))).isEmpty();
    }

    @Test
    void shouldSearchNamesAndDescriptionsInAnyCase() {
        assertThat(catalog.search(Optional.of("CAM"), Optional.empty())).hasSize(1);
        assertThat(catalog.search(Optional.of("from second"), Optional.empty())).hasSize(3);
        assertThat(catalog.search(Optional.empty(), Optional.empty())).hasSize(4);
        assertThat(catalog.search(Optional.empty(), Optional.of("second"))).hasSize(3);
    }

    @Test
    void shouldNotOfferWhatADisabledOrRemovedRepositoryHas() {
        Repository second = store.get("second");
        store.replace(new Repository("second", "s", second.url(), 2, false, "", Optional.empty(), Optional.empty()));
        assertThat(catalog.versionsOf("camera")).isEmpty();

        store.remove("first");

        assertThat(catalog.search(Optional.empty(), Optional.empty())).isEmpty();
    }
}
